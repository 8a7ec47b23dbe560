using System.Net;
using System.Text;

namespace Tidemark.Notifications.Templates;

/// <summary>Plain text on its way into places that read some characters as more than text.</summary>
public static class PlainText
{
    /// <summary>For headers and titles: no line break, no control character, whoever wrote it.</summary>
    public static string OneLine(string text) => Whole(string.Concat(text.Select(static letter => IsBreak(letter) ? ' ' : letter))).Trim();

    /// <summary>Line breaks kept, all as one line feed; other control characters are spaces.</summary>
    public static string Lines(string text) =>
        Whole(string.Concat(text.ReplaceLineEndings("\n").Select(static letter => letter != '\n' && IsBreak(letter) ? ' ' : letter))).Trim();

    /// <summary>At most so many characters, no half of one, and an ellipsis where something is missing.</summary>
    public static string Cut(string text, int most)
    {
        if (text.Length <= most)
        {
            return text;
        }
        var end = most - 1;
        return text[..(char.IsHighSurrogate(text[end - 1]) ? end - 1 : end)] + "…";
    }

    /// <summary>For HTML, as in Telegram and mails.</summary>
    public static string Html(string text) => WebUtility.HtmlEncode(text);

    /// <summary>For Discord's Markdown: nothing a person wrote becomes bold, a link, a mention, a heading or a quote.</summary>
    public static string Markdown(string text)
    {
        var escaped = new StringBuilder(text.Length + 16);
        foreach (var letter in text)
        {
            if (letter is '\\' or '*' or '_' or '~' or '`' or '|' or '>' or '<' or '[' or ']' or '(' or ')' or '#' or '@' or ':' or '-')
            {
                escaped.Append('\\');
            }
            escaped.Append(letter);
        }
        return escaped.ToString();
    }

    /// <summary>Half of a surrogate pair is no character, and some receivers refuse the whole message for it.</summary>
    static string Whole(string text)
    {
        var bad = false;
        for (var i = 0; i < text.Length && !bad; i++)
        {
            bad = char.IsSurrogate(text[i]) && !(char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[++i]));
        }
        return bad ? Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text)) : text;
    }

    static bool IsBreak(char letter) => char.IsControl(letter) || letter is '\u2028' or '\u2029';
}
