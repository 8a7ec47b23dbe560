using Tidemark.Quant.Patterns;
using Tidemark.Quant.Patterns.Hindsight;
using Tidemark.Quant.Series;

namespace Tidemark.Quant;

/// <summary>`quant patterns`: finds the patterns of a file of candles and writes them as tables.</summary>
public static class PatternScan
{
    /// <summary>What was found and written; times are UTC milliseconds.</summary>
    public sealed record Summary(
        string Timeframe,
        int Candles,
        long? FirstOpenTime,
        long? LastOpenTime,
        IReadOnlyDictionary<string, int> Found,
        int Facts,
        int Rewritten,
        IReadOnlyList<string> Files);

    /// <summary>Candles of a timeframe shorter than the one asked for are aggregated to it.</summary>
    public static Summary Run(string csv, Timeframe? timeframe, Timeframe? sourceTimeframe, int? rows, string folder)
    {
        if (File.Exists(folder))
        {
            throw new FormatException($"{folder} is a file; a folder for the tables is wanted.");
        }

        var file = CandleFile.Read(csv, rows, sourceTimeframe);
        var source = SourceTimeframe.Of(file.All(), sourceTimeframe, timeframe);
        var wanted = timeframe ?? source;
        var candles = source < wanted ? Aggregation.To(wanted, file.All(), source) : file;
        var log = PatternLog.Of(candles.All(), wanted);
        var rewrites = RewriteCheck.OfPatterns(candles.All(), wanted);
        return new Summary(
            wanted.ToString(),
            candles.Count,
            candles.Count > 0 ? candles.Times[0] : null,
            candles.Count > 0 ? candles.Times[^1] : null,
            Count(log),
            rewrites.Facts,
            rewrites.Rewritten,
            Write(log, folder));
    }

    static SortedDictionary<string, int> Count(PatternLog log)
    {
        var found = new SortedDictionary<string, int>(StringComparer.Ordinal);
        foreach (var pattern in log.Patterns)
        {
            found[pattern.Kind.ToString()] = found.GetValueOrDefault(pattern.Kind.ToString()) + 1;
        }

        found["EqualLevels"] = log.EqualPairs.Count;
        found["StructureBreak"] = log.Breaks.Count;
        found["SwingPoint"] = log.Swings.Count;
        return found;
    }

    static List<string> Write(PatternLog log, string folder)
    {
        Directory.CreateDirectory(folder);
        var files = new List<string>();
        foreach (var (name, write) in PatternReport.Tables)
        {
            var path = Path.Combine(folder, name);
            using var text = new StreamWriter(path);
            write(log, text);
            files.Add(path);
        }

        return files;
    }
}
