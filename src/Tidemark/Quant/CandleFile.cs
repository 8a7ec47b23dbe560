using System.IO.Compression;
using Tidemark.Quant.Series;

namespace Tidemark.Quant;

/// <summary>A file of candles, `.csv` or `.csv.gz`.</summary>
public static class CandleFile
{
    public static CandleSeries Read(string path, int? rows = null)
    {
        using var file = File.OpenRead(path);
        using var content = path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionMode.Decompress) : (Stream)file;
        using var text = new StreamReader(content);
        return CandleCsv.Read(text, rows);
    }
}
