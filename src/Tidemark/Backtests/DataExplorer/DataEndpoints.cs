using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Tidemark.Backtests.CustomIndicators;
using Tidemark.Backtests.Sheets;
using Tidemark.Market;
using Tidemark.Market.Candles;
using Tidemark.Market.Quality;
using Tidemark.Market.Symbols;
using Tidemark.Platform.Api;
using Tidemark.Quant.Series;

namespace Tidemark.Backtests.DataExplorer;

/// <summary>Stored candles to look through and to take along.</summary>
public static class DataEndpoints
{
    const int MostRows = 100_000, MostSpan = 2_000_000;

    public static void Map(RouteGroupBuilder data)
    {
        data.MapGet("/coverage", Cover).Allow(Caller.SignedIn, "read:candles").WithSummary("How many candles of a period are there, and where some are missing");
        data.MapGet("/export", Export).Allow(Caller.SignedIn, "read:candles").WithSummary("Candles of a period as a file: CSV, JSON or XLSX").ExcludeFromDescription();
    }

    public sealed record Stretch(
        [property: FromQuery(Name = "symbol"), Description("Symbol in any spelling."), Required, StringLength(64, MinimumLength = 1)] string Symbol,
        [property: FromQuery(Name = "timeframe"), Description("Length of a candle."), MaxLength(8)] string Timeframe = "1h",
        [property: FromQuery(Name = "from"), Description("First open time, UTC; unset, that of the first candle.")] DateTimeOffset? From = null,
        [property: FromQuery(Name = "to"), Description("Open time that all candles are before, UTC; unset, the end of the last candle.")] DateTimeOffset? To = null,
        [property: FromQuery(Name = "source"), Description("Name of the source; unset, the one in use."), MaxLength(40)] string? Source = null);

    static async Task<Coverage> Cover([AsParameters] Stretch asked, Caller caller, SymbolBook symbols, SeriesCatalog catalog, QualityTable quality, RateLimits limits, CancellationToken stop)
    {
        if (!(await limits.Spend(new RateBucket("candle coverage", 600, TimeSpan.FromHours(1)), caller.Key, stop)).Allowed)
        {
            throw new TidemarkException(ErrorCode.RateLimited, "600 questions an hour for what is stored are enough.");
        }
        var (key, from, until) = await Find(asked, MostSpan, symbols, catalog, stop);
        return await Coverage.Stored(key, from, until, quality, stop) ?? throw NoCandles.Refusal(key, from, until, null, null);
    }

    static async Task<(SeriesKey Key, DateTimeOffset From, DateTimeOffset Until)> Find(Stretch asked, int most, SymbolBook symbols, SeriesCatalog catalog, CancellationToken stop)
    {
        var timeframe = CandleEndpoints.StoredTimeframe(asked.Timeframe);
        CandleEndpoints.CheckRange(asked.From, asked.To);
        var found = await symbols.Find(asked.Symbol, stop);
        var key = new SeriesKey(await symbols.SourceOf(found.Symbol, asked.Source, stop), found.Symbol, timeframe);
        if (await catalog.Find(key, stop) is not { FirstOpen: { } first, LastOpen: { } last })
        {
            throw NoCandles.Refusal(key, asked.From, asked.To, null, null);
        }
        var (from, until) = (asked.From ?? first, asked.To ?? last.AddMinutes(timeframe.Minutes));
        return (until - from).TotalMinutes / timeframe.Minutes <= most
            ? (key, from, until)
            : throw FormulaText.Refused("from", $"The period holds more than {most:N0} candles of {timeframe}; ask for a shorter one or a longer timeframe.");
    }

    static async Task Export(HttpContext http, [AsParameters] Stretch asked, [Description("csv, json or xlsx."), MaxLength(8)] string? format, Caller caller, CandleStore store, SymbolBook symbols, SeriesCatalog catalog, RateLimits limits, CancellationToken stop)
    {
        if (!(await limits.Spend(new RateBucket("candle exports", 120, TimeSpan.FromHours(1)), caller.Key, stop)).Allowed)
        {
            throw new TidemarkException(ErrorCode.RateLimited, "120 exports an hour are enough.");
        }
        var (key, from, until) = await Find(asked, MostRows, symbols, catalog, stop);
        var candles = await store.Load(key, from, until, stop);
        if (candles.Count == 0)
        {
            throw NoCandles.Refusal(key, from, until, null, null);
        }
        var rows = Enumerable.Range(0, candles.Count).Select(i => Row.Of(candles[i])).ToList();
        var name = $"{key.Symbol.Base}-{key.Symbol.Quote}-{key.Timeframe}-{key.Source.Name}-{key.Source.Provenance.ToString().ToLowerInvariant()}";
        await TableFile.Send(http, name, format, "Candles", rows, Columns, stop);
    }

    /// <summary>A candle as a line of a file.</summary>
    public sealed record Row(DateTimeOffset OpenTime, double Open, double High, double Low, double Close, double Volume)
    {
        public static Row Of(in Candle candle) => new(DateTimeOffset.FromUnixTimeMilliseconds(candle.OpenTime), candle.Open, candle.High, candle.Low, candle.Close, candle.Volume);
    }

    static readonly ExportColumn<Row>[] Columns =
    [
        new("openTime", static row => row.OpenTime), new("open", static row => row.Open), new("high", static row => row.High),
        new("low", static row => row.Low), new("close", static row => row.Close), new("volume", static row => row.Volume),
    ];
}
