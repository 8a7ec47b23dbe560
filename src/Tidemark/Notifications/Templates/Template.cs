using System.Text;

namespace Tidemark.Notifications.Templates;

/// <summary>The template or the values for it cannot be used.</summary>
public sealed class TemplateException(string message) : Exception(message);

/// <summary>
/// Text with named places: `{{symbol}} is above {{threshold}}`. A value is put in once and never read again as a template; a place without
/// a value is an error, and so is a place the template may not name. `\{{` writes two braces.
/// </summary>
public sealed class Template
{
    const int Longest = 4_000, MostPlaces = 50;
    readonly List<(bool IsPlace, string Text)> _parts = [];

    Template()
    {
    }

    public IReadOnlyCollection<string> Places => _parts.Where(static part => part.IsPlace).Select(static part => part.Text).ToHashSet(StringComparer.Ordinal);

    /// <summary>Reads a template. With a list of known names, every other one is refused here and not when it is sent.</summary>
    public static Template Parse(string text, IReadOnlyCollection<string>? known = null)
    {
        if (text.Length > Longest)
        {
            throw new TemplateException($"A template has at most {Longest} characters.");
        }
        var template = new Template();
        var plain = new StringBuilder();
        for (var at = 0; at < text.Length;)
        {
            if (text.AsSpan(at).StartsWith(@"\{{"))
            {
                plain.Append("{{");
                at += 3;
            }
            else if (text.AsSpan(at).StartsWith("{{"))
            {
                var end = text.IndexOf("}}", at, StringComparison.Ordinal);
                if (end < 0)
                {
                    throw new TemplateException($"The place that opens at character {at + 1} is not closed.");
                }
                template.Keep(plain);
                template.KeepPlace(text[(at + 2)..end].Trim(), known);
                at = end + 2;
            }
            else
            {
                plain.Append(text[at++]);
            }
        }
        template.Keep(plain);
        return template;
    }

    public string Fill(IReadOnlyDictionary<string, string> values)
    {
        var filled = new StringBuilder();
        foreach (var (isPlace, text) in _parts)
        {
            filled.Append(!isPlace ? text : values.TryGetValue(text, out var value) ? value : throw new TemplateException($"The template names {{{{{text}}}}}, for which there is no value."));
        }
        return filled.ToString();
    }

    void Keep(StringBuilder plain)
    {
        if (plain.Length > 0)
        {
            _parts.Add((false, plain.ToString()));
            plain.Clear();
        }
    }

    void KeepPlace(string name, IReadOnlyCollection<string>? known)
    {
        if (name.Length is 0 or > 40 || !char.IsAsciiLetter(name[0]) || !name.All(char.IsAsciiLetterOrDigit))
        {
            throw new TemplateException("A place is named by letters and digits, like {{symbol}}.");
        }
        if (known is not null && !known.Contains(name))
        {
            throw new TemplateException($"There is no {{{{{name}}}}}. There are: {string.Join(", ", known.Order(StringComparer.Ordinal))}.");
        }
        if (_parts.Count > MostPlaces * 2)
        {
            throw new TemplateException($"A template has at most {MostPlaces} places.");
        }
        _parts.Add((true, name));
    }
}
