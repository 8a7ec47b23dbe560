using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Tidemark.Market.Live;
using Tidemark.Market.Symbols;
using Tidemark.Platform.Api;
using Tidemark.Quant.Series;

namespace Tidemark.Market.Candles;

/// <summary>Candles as charts and programs read them; every answer says where they come from.</summary>
public static class CandleEndpoints
{
    static readonly DateTimeOffset Earliest = new(2009, 1, 3, 0, 0, 0, TimeSpan.Zero), Latest = new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero);
    const int MostHistorical = 10_000;
    const int HistoricalByDefault = 30;

    public static void Map(RouteGroupBuilder candles)
    {
        candles.MapGet("/{symbol}/{tf}", Read).Allow(Caller.Anyone, "read:candles").WithSummary("Closed candles of a symbol, oldest first");
        candles.MapGet("/{asset}/{quote}/{tf}", ReadPair).Allow(Caller.Anyone, "read:candles").WithSummary("The same for a symbol written with its slash").ExcludeFromDescription();
    }

    public static void MapData(RouteGroupBuilder data) =>
        data.MapGet("/historical", ReadHistorical).Allow(Caller.Anyone, "read:candles").WithSummary("Candles of a stretch of history");

    public sealed record CandleRequest(
        [property: FromQuery(Name = "limit"), Description("Most candles to answer with, 1 to 5000."), Range(1, 5_000)] int Limit = 500,
        [property: FromQuery(Name = "from"), Description("First open time wanted, UTC; the answer then begins there. Without it, the newest candles are meant.")] DateTimeOffset? From = null,
        [property: FromQuery(Name = "to"), Description("Open time that all candles are before, UTC.")] DateTimeOffset? To = null,
        [property: FromQuery(Name = "source"), Description("Name of the source; unset, the one in use."), MaxLength(40)] string? Source = null);

    public sealed record CandleAnswer(
        [property: Description("The symbol of these candles.")] string Symbol,
        [property: Description("Length of a candle: 1m, 5m, 15m, 30m, 1h, 2h, 4h or 1d.")] string Timeframe,
        [property: Description("Where the prices come from.")] string Source,
        [property: Description("live: from an exchange as it happened; recorded: imported from files; synthetic: made by the simulator.")] Provenance Provenance,
        [property: Description("Whether a dollar coin stands in for the dollar that was asked for.")] bool QuoteSubstituted,
        [property: Description("Number of candles.")] int Count,
        [property: Description("Close time of the last candle, UTC.")] DateTimeOffset? ClosedAt,
        [property: Description("[open time in UTC milliseconds, open, high, low, close in the quote currency, volume in the base currency], oldest first.")] IReadOnlyList<double[]> Candles,
        [property: Description("The candle that forms now, in the same order of values: not final, not stored. Null where it is not known or older candles were asked for.")] double[]? Forming);

    public sealed record HistoryRequest(
        [property: FromQuery(Name = "symbol"), Description("Symbol, as BTC/USDT or BTC-USD."), Required, StringLength(64, MinimumLength = 1)] string Symbol,
        [property: FromQuery(Name = "from"), Description("First open time wanted, UTC; 30 candles before the end where unset.")] DateTimeOffset? From = null,
        [property: FromQuery(Name = "to"), Description("Open time that all candles are before, UTC; unset, now.")] DateTimeOffset? To = null,
        [property: FromQuery(Name = "interval"), Description("Length of a candle."), MaxLength(8)] string Interval = "1d",
        [property: FromQuery(Name = "source"), Description("Name of the source; unset, the one in use."), MaxLength(40)] string? Source = null);

    public sealed record History(
        [property: Description("The symbol as it was asked for.")] string Symbol,
        [property: Description("Length of a candle.")] string Interval,
        [property: Description("Where the prices come from.")] string Source,
        IReadOnlyList<HistoricalCandle> Data,
        [property: Description("Number of candles in data.")] int DataPoints,
        [property: Description("The symbol whose candles these are.")] string Instrument,
        [property: Description("live: from an exchange as it happened; recorded: imported from files; synthetic: made by the simulator.")] Provenance Provenance,
        [property: Description("Whether a dollar coin stands in for the dollar that was asked for.")] bool QuoteSubstituted);

    public sealed record HistoricalCandle(
        [property: Description("Open time, UTC.")] DateTimeOffset Timestamp,
        [property: Description("In the quote currency.")] double Open,
        [property: Description("In the quote currency.")] double High,
        [property: Description("In the quote currency.")] double Low,
        [property: Description("In the quote currency.")] double Close,
        [property: Description("In the base currency.")] double Volume);

    static Task<CandleAnswer> ReadPair(string asset, string quote, string tf, [AsParameters] CandleRequest request, CandleStore store, SymbolBook symbols, SeriesCatalog catalog, LiveMarket live, CancellationToken stop) =>
        Read($"{asset}/{quote}", tf, request, store, symbols, catalog, live, stop);

    static async Task<CandleAnswer> Read(
        [Description("Symbol, as BTC-USDT, BTCUSDT or BTC%2FUSDT.")] string symbol,
        [Description("Length of a candle: 1m, 5m, 15m, 30m, 1h, 2h, 4h or 1d.")] string tf,
        [AsParameters] CandleRequest request,
        CandleStore store,
        SymbolBook symbols,
        SeriesCatalog catalog,
        LiveMarket live,
        CancellationToken stop)
    {
        var timeframe = StoredTimeframe(tf);
        var found = await symbols.Find(symbol, stop);
        var key = new SeriesKey(await symbols.SourceOf(found.Symbol, request.Source, stop), found.Symbol, timeframe);
        var candles = await Wanted(key, request, store, catalog, stop);
        return new CandleAnswer(
            found.Symbol.ToString(), timeframe.ToString(), key.Source.Name, key.Source.Provenance, found.QuoteSubstituted, candles.Count,
            candles.Count == 0 ? null : DateTimeOffset.FromUnixTimeMilliseconds(timeframe.CloseOf(candles.Times[^1])), Rows(candles),
            request is { From: null, To: null } ? Forming(key, candles, live) : null);
    }

    /// <summary>The open candle, where it follows on the last closed one.</summary>
    static double[]? Forming(SeriesKey key, CandleSlice closed, LiveMarket live) =>
        live.Find(key.Symbol) is { } heard && heard.Source == key.Source && heard.Forming(key.Timeframe) is { } candle && (closed.Count == 0 || candle.OpenTime > closed.Times[^1])
            ? Row(candle)
            : null;

    static async Task<CandleSlice> Wanted(SeriesKey key, CandleRequest request, CandleStore store, SeriesCatalog catalog, CancellationToken stop)
    {
        if (request is { From: null, To: null })
        {
            return await store.Newest(key, request.Limit, stop);
        }
        CheckRange(request.From, request.To);
        if (await catalog.Find(key, stop) is not { FirstOpen: { } first, LastOpen: { } last })
        {
            return new CandleSeries(0).All();
        }
        var end = Earlier(request.To ?? DateTimeOffset.MaxValue, last.AddMinutes(key.Timeframe.Minutes));
        var start = Later(request.From ?? DateTimeOffset.MinValue, first);
        return request.From is null ? await LastOf(key, start, end, request.Limit, store, stop) : await FirstOf(key, start, end, request.Limit, store, stop);
    }

    /// <summary>The first candles of a range; looks further where gaps leave fewer than wanted.</summary>
    static async Task<CandleSlice> FirstOf(SeriesKey key, DateTimeOffset from, DateTimeOffset until, int limit, CandleStore store, CancellationToken stop)
    {
        for (var reach = limit; ; reach *= 4)
        {
            var end = Earlier(from.AddMinutes((double)reach * key.Timeframe.Minutes), until);
            var candles = await store.Load(key, from, Later(end, from), stop);
            if (candles.Count >= limit || end >= until)
            {
                return candles.Slice(0, Math.Min(limit, candles.Count));
            }
        }
    }

    static async Task<CandleSlice> LastOf(SeriesKey key, DateTimeOffset from, DateTimeOffset until, int limit, CandleStore store, CancellationToken stop)
    {
        for (var reach = limit; ; reach *= 4)
        {
            var start = Later(until.AddMinutes(-(double)reach * key.Timeframe.Minutes), from);
            var candles = await store.Load(key, start, Later(until, start), stop);
            if (candles.Count >= limit || start <= from)
            {
                var taken = Math.Min(limit, candles.Count);
                return candles.Slice(candles.Count - taken, taken);
            }
        }
    }

    static async Task<History> ReadHistorical([AsParameters] HistoryRequest request, CandleStore store, SymbolBook symbols, TimeProvider clock, CancellationToken stop)
    {
        var timeframe = StoredTimeframe(request.Interval);
        var found = await symbols.Find(request.Symbol, stop);
        var key = new SeriesKey(await symbols.SourceOf(found.Symbol, request.Source, stop), found.Symbol, timeframe);
        CheckRange(request.From, request.To);
        var until = request.To ?? clock.GetUtcNow();
        var from = request.From ?? until.AddMinutes(-HistoricalByDefault * (double)timeframe.Minutes);
        CheckRange(from, until);
        if ((until - from).TotalMinutes / timeframe.Minutes > MostHistorical)
        {
            throw Refused("from", $"The range holds more than {MostHistorical:N0} candles of {timeframe}; ask for less at a time or for a longer interval.");
        }
        var candles = await store.Load(key, from, until, stop);
        return new History(
            request.Symbol, timeframe.ToString(), key.Source.Name.ToUpperInvariant(), Points(candles), candles.Count,
            found.Symbol.ToString(), key.Source.Provenance, found.QuoteSubstituted);
    }

    internal static Timeframe StoredTimeframe(string text) =>
        Timeframe.TryParse(text, out var timeframe) && Timeframe.Standard.Contains(timeframe) ? timeframe : throw new TidemarkException(ErrorCode.InvalidTimeframe);

    internal static void CheckRange(DateTimeOffset? from, DateTimeOffset? to)
    {
        CheckTime("from", from);
        CheckTime("to", to);
        if (from > to)
        {
            throw Refused("to", "The end must not be before the beginning.");
        }
    }

    static void CheckTime(string field, DateTimeOffset? time)
    {
        if (time < Earliest || time > Latest)
        {
            throw Refused(field, $"Must be a time from {Earliest:yyyy-MM-dd} to {Latest:yyyy-MM-dd}.");
        }
    }

    static TidemarkException Refused(string field, string fault) =>
        new(ErrorCode.ValidationFailed, fault, new Dictionary<string, object?> { ["fields"] = new Dictionary<string, object?> { [field] = new[] { fault } } });

    internal static double[][] Rows(CandleSlice candles)
    {
        var rows = new double[candles.Count][];
        for (var i = 0; i < rows.Length; i++)
        {
            rows[i] = Row(candles[i]);
        }
        return rows;
    }

    static double[] Row(in Candle candle) => [candle.OpenTime, candle.Open, candle.High, candle.Low, candle.Close, candle.Volume];

    static HistoricalCandle[] Points(CandleSlice candles)
    {
        var points = new HistoricalCandle[candles.Count];
        for (var i = 0; i < points.Length; i++)
        {
            var candle = candles[i];
            points[i] = new(DateTimeOffset.FromUnixTimeMilliseconds(candle.OpenTime), candle.Open, candle.High, candle.Low, candle.Close, candle.Volume);
        }
        return points;
    }

    static DateTimeOffset Earlier(DateTimeOffset left, DateTimeOffset right) => left < right ? left : right;
    static DateTimeOffset Later(DateTimeOffset left, DateTimeOffset right) => left > right ? left : right;
}
