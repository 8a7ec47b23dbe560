namespace Tidemark.Platform.Settings;

/// <summary>Reads a `.env` file: NAME=value lines, `#` comments, optional quotes and `export`.</summary>
public static class DotEnv
{
    public static IReadOnlyDictionary<string, string?> Read(string path) =>
        File.Exists(path) ? Parse(File.ReadLines(path)) : new Dictionary<string, string?>();

    public static IReadOnlyDictionary<string, string?> Parse(IEnumerable<string> lines)
    {
        var values = new Dictionary<string, string?>(StringComparer.OrdinalIgnoreCase);
        foreach (var raw in lines)
        {
            var line = raw.Trim();
            if (line.StartsWith("export ", StringComparison.Ordinal))
            {
                line = line["export ".Length..].TrimStart();
            }
            var equals = line.IndexOf('=', StringComparison.Ordinal);
            if (line.StartsWith('#') || equals < 1)
            {
                continue;
            }
            values[line[..equals].TrimEnd()] = Value(line[(equals + 1)..].Trim());
        }
        return values;
    }

    static string Value(string text)
    {
        if (text.Length > 0 && text[0] is '"' or '\'')
        {
            var end = text.IndexOf(text[0], 1);
            return end > 0 ? text[1..end] : text[1..];
        }
        var comment = text.IndexOf(" #", StringComparison.Ordinal);
        return (comment >= 0 ? text[..comment] : text).TrimEnd();
    }
}
