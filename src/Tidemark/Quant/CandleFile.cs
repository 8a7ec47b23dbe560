using Tidemark.Quant.Series;

namespace Tidemark.Quant;

/// <summary>A file of candles, `.csv` or `.csv.gz`.</summary>
public static class CandleFile
{
    /// <summary>The candles, of which there must be one at least; their spacing is told from their times where it is not given.</summary>
    public static CandleSeries Read(string path, int? rows = null, Timeframe? spacing = null, bool isForgiving = false)
    {
        using var text = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase)
            ? new StreamReader(new MemoryStream(GzipFile.ReadAllBytes(path)))
            : new StreamReader(path);
        var candles = CandleCsv.Read(text, rows, spacing, isForgiving);
        return candles.Count > 0 ? candles : throw new FormatException($"{path} holds no candle.");
    }
}
