namespace Tidemark.Quant.Series;

/// <summary>A row of a candle file that cannot be used.</summary>
public sealed class CandleCsvException(int line, string problem) : FormatException($"Line {line}: {problem}.")
{
    /// <summary>Number of the line in the file, the header being line 1.</summary>
    public int Line { get; } = line;
}
