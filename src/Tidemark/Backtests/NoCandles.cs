using System.Globalization;
using Tidemark.Market;
using Tidemark.Platform.Api;

namespace Tidemark.Backtests;

/// <summary>A period without candles is an error that says what there is, never an empty success.</summary>
static class NoCandles
{
    public static TidemarkException Refusal(SeriesKey key, DateTimeOffset? from, DateTimeOffset? until, DateTimeOffset? first, DateTimeOffset? closed)
    {
        var there = first is { } begins && closed is { } ends ? $" There are some from {Day(begins)} to {Day(ends)}." : "";
        return new TidemarkException(
            ErrorCode.NoCandles,
            $"{key.Symbol} has no {key.Timeframe} candles from {key.Source.Name}{(from is { } since && until is { } to ? $" between {Day(since)} and {Day(to)}" : "")}.{there}",
            new Dictionary<string, object?> { ["symbol"] = key.Symbol.ToString(), ["timeframe"] = key.Timeframe.ToString(), ["source"] = key.Source.Name, ["from"] = from, ["until"] = until, ["firstCandle"] = first, ["lastCandle"] = closed });
    }

    static string Day(DateTimeOffset at) => at.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
