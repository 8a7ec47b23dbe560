namespace Tidemark.Platform.Api;

/// <summary>A word of an enumeration in a query, written as JSON writes it: `pro`. Numbers are no words.</summary>
public readonly record struct Word<T>(T Value)
    where T : struct, Enum
{
    public static bool TryParse(string? text, out Word<T> word)
    {
        var isWord = Enum.TryParse<T>(text, ignoreCase: true, out var value) && char.IsAsciiLetter(text![0]) && Enum.IsDefined(value);
        word = new(value);
        return isWord;
    }
}
