using System.ComponentModel;
using Tidemark.Market.Candles;
using Tidemark.Market.Exchanges;
using Tidemark.Market.Ingest;
using Tidemark.Market.Symbols;
using Tidemark.Quant.Series;

namespace Tidemark.Market.Live;

/// <summary>A symbol as the watch list shows it. Changes are fractions of the earlier price.</summary>
public sealed record MarketRow(
    string Symbol,
    [property: Description("Where the prices come from.")] string Source,
    [property: Description("live, recorded or synthetic.")] Provenance Provenance,
    [property: Description("Last traded price, in the quote currency; null before the first.")] double? Price,
    [property: Description("When that price was traded, UTC.")] DateTimeOffset? At,
    [property: Description("Best price somebody buys at.")] decimal? Bid,
    [property: Description("Best price somebody sells at.")] decimal? Ask,
    [property: Description("Change in an hour, as a fraction; null where the price of then is not known.")] double? Change1h,
    [property: Description("Change in 24 hours, as a fraction.")] double? Change24h,
    [property: Description("Change in 7 days, as a fraction.")] double? Change7d,
    [property: Description("Highest price of 24 hours.")] double? High24h,
    [property: Description("Lowest price of 24 hours.")] double? Low24h,
    [property: Description("Traded in 24 hours, in the base currency.")] double? Volume24h,
    [property: Description("The same in the quote currency: each minute's volume at its typical price.")] double? QuoteVolume24h,
    [property: Description("Closes of the last 24 hours, one each half hour, oldest first.")] IReadOnlyList<double> Sparkline,
    [property: Description("Close time of the last stored minute, UTC.")] DateTimeOffset? LastClosedAt,
    [property: Description("How far its candles are loaded; null where this node loads none.")] SymbolLoading? Loading);

/// <summary>The markets that are watched and where they come from.</summary>
public sealed record MarketOverview(
    [property: Description("The source in use; null before one is chosen or where nothing was recorded.")] string? Source,
    [property: Description("live, recorded or synthetic; null without a source.")] Provenance? Provenance,
    [property: Description("Why prices come from there, for people.")] string Reason,
    IReadOnlyList<MarketRow> Markets);

/// <summary>Puts the watch list together from what is heard live and what is stored.</summary>
public sealed class MarketBoard(SymbolRegister register, SeriesCatalog catalog, CandleStore store, SourceInUse inUse, LiveMarket live, LoadProgress progress, MarketConnection connection, TimeProvider clock)
{
    static readonly TimeSpan Day = TimeSpan.FromDays(1);

    public async Task<MarketOverview> Read(CancellationToken stop)
    {
        if (connection.IsRecorded)
        {
            await connection.LookForRecordings(stop);
        }
        if (inUse.Current is not { } source)
        {
            return new MarketOverview(null, null, connection.Reason, []);
        }
        var stored = await catalog.Stored(stop);
        var symbols = source.Provenance == Provenance.Recorded
            ? stored.Where(series => series.Key.Source == source && series.Candles > 0).Select(series => series.Key.Symbol).Distinct()
            : (await register.Active(stop)).Select(symbol => symbol.Name);
        var rows = new List<MarketRow>();
        foreach (var symbol in symbols)
        {
            rows.Add(await Row(source, symbol, stored, stop));
        }
        return new MarketOverview(source.Name, source.Provenance, connection.Reason, rows);
    }

    public async Task<MarketRow> Row(MarketSource source, Symbol symbol, CancellationToken stop) => await Row(source, symbol, await catalog.Stored(stop), stop);

    async Task<MarketRow> Row(MarketSource source, Symbol symbol, IReadOnlyList<StoredSeries> stored, CancellationToken stop)
    {
        // Recorded may be hours only: the shortest candles there are tell the most.
        var shortest = stored.Where(series => series.Key.Source == source && series.Key.Symbol == symbol && series.Candles > 0).Select(series => series.Key.Timeframe).DefaultIfEmpty(Timeframe.M1).Min();
        var key = new SeriesKey(source, symbol, shortest);
        var heard = live.Find(symbol);
        var quote = heard?.Source == source ? heard.Last : null;
        // A recording's day ends with its last candle, not now.
        var newest = await store.Newest(key, 1, stop);
        var closedAt = newest.Count == 0 ? (DateTimeOffset?)null : CandleTable.TimeOf(shortest.CloseOf(newest.Times[^1]));
        var now = source.Provenance == Provenance.Recorded ? closedAt ?? clock.GetUtcNow() : clock.GetUtcNow();
        var day = await store.Load(key, now - Day, now, stop);
        var price = quote?.Price ?? (newest.Count == 0 ? null : newest.Closes[^1]);
        var figures = DayFigures.Of(day, price);
        return new MarketRow(
            symbol.ToString(), source.Name, source.Provenance, price, quote?.At ?? closedAt, quote?.Bid, quote?.Ask,
            await Change(key, price, now - TimeSpan.FromHours(1), stop), await Change(key, price, now - Day, stop), await Change(key, price, now - TimeSpan.FromDays(7), stop),
            figures?.High, figures?.Low, figures?.Volume, figures?.QuoteVolume,
            await Sparkline(key, now, stop), closedAt, heard?.Source == source ? progress.Of(symbol) : null);
    }

    /// <summary>The change since a moment; null where none of the ten candles before it is there.</summary>
    async Task<double?> Change(SeriesKey key, double? price, DateTimeOffset since, CancellationToken stop)
    {
        var length = TimeSpan.FromMinutes(key.Timeframe.Minutes);
        var then = await store.Load(key, since - (11 * length), since - length + TimeSpan.FromMilliseconds(1), stop);
        return price is { } now && then.Count > 0 ? (now / then.Closes[^1]) - 1 : null;
    }

    async Task<IReadOnlyList<double>> Sparkline(SeriesKey key, DateTimeOffset now, CancellationToken stop) =>
        (await store.Load(key with { Timeframe = key.Timeframe > Timeframe.M30 ? key.Timeframe : Timeframe.M30 }, now - Day, now, stop)).Closes.ToArray();

    sealed record DayFigures(double High, double Low, double Volume, double QuoteVolume)
    {
        public static DayFigures? Of(CandleSlice day, double? price)
        {
            if (day.Count == 0)
            {
                return null;
            }
            var (high, low, volume, quote) = (price ?? double.NegativeInfinity, price ?? double.PositiveInfinity, 0.0, 0.0);
            for (var i = 0; i < day.Count; i++)
            {
                (high, low) = (Math.Max(high, day.Highs[i]), Math.Min(low, day.Lows[i]));
                volume += day.Volumes[i];
                quote += day.Volumes[i] * (day.Highs[i] + day.Lows[i] + day.Closes[i]) / 3;
            }
            return new DayFigures(high, low, volume, quote);
        }
    }
}
