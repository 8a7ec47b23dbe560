using System.IO.Compression;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using Tidemark.Quant.Series;

namespace Tidemark.Market.Import;

/// <summary>A file of recorded candles: .csv, .csv.gz, or a .zip with CSV files in it, as Binance publishes them.</summary>
public sealed partial record RecordedFile(string Path, Symbol? Symbol, Timeframe? Timeframe, bool IsBinanceDump)
{
    /// <summary>Takes symbol and timeframe from a name like BTCUSDT-1m-2024-01.zip.</summary>
    public static RecordedFile Of(string path)
    {
        var name = DumpName().Match(System.IO.Path.GetFileName(path));
        return name.Success && Market.Symbol.TryParse(name.Groups["symbol"].Value, out var symbol) && Quant.Series.Timeframe.TryParse(name.Groups["timeframe"].Value, out var timeframe)
            ? new RecordedFile(path, symbol, timeframe, IsBinanceDump: true)
            : new RecordedFile(path, null, null, IsBinanceDump: false);
    }

    public static bool IsRecorded(string path) =>
        path.EndsWith(".csv", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".csv.gz", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".zip", StringComparison.OrdinalIgnoreCase);

    /// <summary>Compares the file with the checksum published beside it: true where it fits, null where there is none.</summary>
    public async Task<bool?> FitsChecksum(CancellationToken stop)
    {
        var beside = Path + ".CHECKSUM";
        if (!File.Exists(beside))
        {
            return null;
        }
        var published = (await File.ReadAllTextAsync(beside, stop)).Trim().Split(' ', 2)[0];
        await using var file = File.OpenRead(Path);
        var own = Convert.ToHexString(await SHA256.HashDataAsync(file, stop));
        return string.Equals(published, own, StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Reads every text in the file, one after another.</summary>
    public IEnumerable<CandleRows> Read(CandleRowReader reader)
    {
        using var file = File.OpenRead(Path);
        if (Path.EndsWith(".zip", StringComparison.OrdinalIgnoreCase))
        {
            using var archive = new ZipArchive(file, ZipArchiveMode.Read);
            foreach (var entry in archive.Entries.Where(entry => entry.Name.EndsWith(".csv", StringComparison.OrdinalIgnoreCase)).OrderBy(entry => entry.FullName, StringComparer.Ordinal))
            {
                using var content = entry.Open();
                using var text = new StreamReader(content);
                yield return reader.Read(text);
            }
            yield break;
        }
        using var plain = Path.EndsWith(".gz", StringComparison.OrdinalIgnoreCase) ? new GZipStream(file, CompressionMode.Decompress) : (Stream)file;
        using var lines = new StreamReader(plain);
        yield return reader.Read(lines);
    }

    [GeneratedRegex(@"^(?<symbol>[A-Z0-9]{4,30})-(?<timeframe>\d+[mhd])-\d{4}-\d{2}(-\d{2})?\.(zip|csv|csv\.gz)$", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex DumpName();
}
