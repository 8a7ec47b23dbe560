using System.Globalization;
using System.Reflection;
using System.Runtime.InteropServices;
using System.Security.Cryptography;
using System.Text;
using Tidemark.Quant.Series;

namespace Tidemark.Quant.Backtesting;

/// <summary>Hashes that are the same for the same data, code and settings, and differ where any of them does.</summary>
static class Fingerprint
{
    static readonly string Code = CodeVersion();

    public static string Of(Job job, TrialPeriod period)
    {
        var text = new StringBuilder();
        text.Append(CultureInfo.InvariantCulture, $"code {Code}\ndata {job.Input.DataFingerprint}\nfrom {Math.Max(job.Input.TradeFrom, period.From)} until {period.Until}\n");
        text.Append(CultureInfo.InvariantCulture, $"strategy {job.Strategy.Name}\n{job.Strategy.Source}\n{job.Arguments}\n");
        foreach (var column in job.Columns)
        {
            text.Append(column.Key).Append('\n');
        }

        text.Append(job.Settings);
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }

    public static string Of(BacktestInput input)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Add(hash, input.Timeframe.ToString());
        foreach (var symbol in input.Symbols)
        {
            Add(hash, symbol.Name);
            Add(hash, symbol.Rules?.ToString() ?? "");
            Add(hash, symbol.Candles);
            Add(hash, symbol.Minutes);
            if (symbol.Minutes.Count > 0)
            {
                // They decide whether finer candles show the whole of a bar.
                hash.AppendData(MemoryMarshal.AsBytes(symbol.Candles.Minutes));
                hash.AppendData(MemoryMarshal.AsBytes(symbol.Minutes.Minutes));
            }

            Add(hash, string.Join(';', symbol.Funding.Select(point => string.Create(CultureInfo.InvariantCulture, $"{point.Time}:{point.Rate:R}"))));
        }

        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }

    static void Add(IncrementalHash hash, CandleSlice candles)
    {
        Add(hash, candles.Count.ToString(CultureInfo.InvariantCulture));
        hash.AppendData(MemoryMarshal.AsBytes(candles.Times));
        hash.AppendData(MemoryMarshal.AsBytes(candles.Opens));
        hash.AppendData(MemoryMarshal.AsBytes(candles.Highs));
        hash.AppendData(MemoryMarshal.AsBytes(candles.Lows));
        hash.AppendData(MemoryMarshal.AsBytes(candles.Closes));
        hash.AppendData(MemoryMarshal.AsBytes(candles.Volumes));
    }

    // The length goes first, so that no two texts run into one another.
    static void Add(IncrementalHash hash, string text) =>
        hash.AppendData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{text.Length}:{text}")));

    static string CodeVersion()
    {
        var assembly = typeof(Fingerprint).Assembly;
        var version = assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion;
        return $"{version} {assembly.ManifestModule.ModuleVersionId}";
    }
}
