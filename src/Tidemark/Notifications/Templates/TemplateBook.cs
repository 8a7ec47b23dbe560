namespace Tidemark.Notifications.Templates;

/// <summary>A message in one language: a line, and what else there is to say.</summary>
public sealed record MessageText(string Title, string Body);

/// <summary>A kind of message by name, in the languages it is written in; English is always there.</summary>
public sealed record MessageTemplate(string Name, MessageText English)
{
    public MessageText? German { get; init; }
}

/// <summary>Every message the program sends. Modules bring their own; a template that cannot be read stops the start.</summary>
public sealed class TemplateBook
{
    public const int LongestTitle = 200, LongestBody = 2_000;
    readonly Dictionary<(string Name, string Language), (Template Title, Template Body)> _templates = [];

    public TemplateBook(IEnumerable<MessageTemplate> templates)
    {
        foreach (var template in templates)
        {
            Add(template.Name, "en", template.English);
            if (template.German is { } german)
            {
                Add(template.Name, "de", german);
            }
        }
    }

    /// <summary>The words in a person's language, or in English where they are not written in it.</summary>
    public MessageText Write(string name, string language, IReadOnlyDictionary<string, string> values)
    {
        if (!_templates.TryGetValue((name, language), out var template) && !_templates.TryGetValue((name, "en"), out template))
        {
            throw new TemplateException($"There is no message {name}.");
        }
        return Tidy(template.Title.Fill(values), template.Body.Fill(values));
    }

    /// <summary>A title is one line; control characters other than a line break mean nothing in any channel.</summary>
    public static MessageText Tidy(string title, string body)
    {
        var line = PlainText.OneLine(title);
        return new MessageText(PlainText.Cut(line.Length > 0 ? line : "Tidemark", LongestTitle), PlainText.Cut(PlainText.Lines(body), LongestBody));
    }

    void Add(string name, string language, MessageText text)
    {
        if (!_templates.TryAdd((name, language), (Template.Parse(text.Title), Template.Parse(text.Body))))
        {
            throw new TemplateException($"There are two messages {name}.");
        }
    }
}
