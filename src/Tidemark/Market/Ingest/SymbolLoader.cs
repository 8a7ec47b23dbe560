using Tidemark.Market.Candles;
using Tidemark.Market.Exchanges;
using Tidemark.Market.Quality;
using Tidemark.Quant.Series;

namespace Tidemark.Market.Ingest;

/// <summary>What a load brought, how many batches could not be had, and why not the last of them.</summary>
public readonly record struct LoadResult(SaveResult Saved, int FailedBatches, int Missing, string? Failure)
{
    public static LoadResult operator +(LoadResult left, LoadResult right) =>
        new(left.Saved + right.Saved, left.FailedBatches + right.FailedBatches, left.Missing + right.Missing, right.Failure ?? left.Failure);

    internal static LoadResult Of(SaveResult saved, FetchedStretch? stretch = null) =>
        new(saved, stretch?.Failure is null ? 0 : 1, stretch?.Missing ?? 0, stretch?.Failure);
}

/// <summary>What to do with a batch that cannot be had.</summary>
public enum OnFailure
{
    /// <summary>Go on with the next; the range stays a gap until a gap run fills it.</summary>
    Skip,

    /// <summary>Store what came before it and stop there, so that nothing is left out behind.</summary>
    Stop,
}

/// <summary>
/// Brings a symbol's minutes from an exchange into the store and makes the longer timeframes of them. Every step is stored whole,
/// so a load that was cut off anywhere goes on where it was.
/// </summary>
public sealed class SymbolLoader(CandleStore store, SeriesCatalog catalog, CandleAggregation aggregation, MinuteFetch fetch)
{
    /// <summary>What a first load brings before anything older.</summary>
    public static readonly TimeSpan FirstStretch = TimeSpan.FromDays(30);

    /// <summary>Older history comes in whole days, few enough to be one batch of the store.</summary>
    static readonly TimeSpan OlderStep = TimeSpan.FromDays(6);

    const int StretchesAhead = 4;

    /// <summary>The first minute that is wanted and not stored yet: after the last one stored, or where a first load begins.</summary>
    public async Task<DateTimeOffset> Next(IExchange exchange, Symbol symbol, DateTimeOffset wantedFrom, DateTimeOffset now, CancellationToken stop) =>
        After(await catalog.Find(new SeriesKey(exchange.Source, symbol, Timeframe.M1), stop), wantedFrom, now);

    public static DateTimeOffset After(StoredSeries? minutes, DateTimeOffset wantedFrom, DateTimeOffset now) =>
        minutes?.LastOpen?.AddMinutes(1) ?? Later(wantedFrom, DayOf(now - FirstStretch));

    /// <summary>Fetches and stores minutes from a moment on, in order, and extends the longer timeframes after every stored batch.</summary>
    public async Task<LoadResult> Forward(IExchange exchange, Symbol symbol, DateTimeOffset from, DateTimeOffset until, OnFailure onFailure, bool aggregates, Action<int> fetched, CancellationToken stop)
    {
        var key = new SeriesKey(exchange.Source, symbol, Timeframe.M1);
        var total = default(LoadResult);
        var batch = new CandleSeries(CandleStore.BatchSize);
        try
        {
            await foreach (var stretch in fetch.Batches(exchange, symbol, from, until, stop).Ahead(StretchesAhead, stop))
            {
                fetched((int)stretch.Range.Length.TotalMinutes);
                total += LoadResult.Of(await SetAside(key, stretch.Bad, stop), stretch);
                if (stretch.Failure is not null && onFailure == OnFailure.Stop)
                {
                    break;
                }
                if (batch.Count + stretch.Good.Count > CandleStore.BatchSize)
                {
                    total += await Flush(key, batch, aggregates, stop);
                }
                Append(batch, stretch.Good);
            }
        }
        catch (FetchAbandonedException)
        {
            await Flush(key, batch, aggregates, stop);
            throw;
        }
        return total + await Flush(key, batch, aggregates, stop);
    }

    /// <summary>
    /// Fetches what lies between the wanted beginning and the first stored minute, newest days first. A listing later than the wanted
    /// beginning ends it there.
    /// </summary>
    public async Task<LoadResult> Older(IExchange exchange, Symbol symbol, DateTimeOffset wantedFrom, bool aggregates, Action<TimeSpan> begun, Action<int> fetched, CancellationToken stop)
    {
        var key = new SeriesKey(exchange.Source, symbol, Timeframe.M1);
        var total = default(LoadResult);
        if (await catalog.Find(key, stop) is not { FirstOpen: { } first } || await FirstTold(exchange, symbol, wantedFrom, first, stop) is not { } listed)
        {
            return total;
        }
        begun(first - listed);
        for (var until = first; until > listed;)
        {
            var from = Later(DayOf(until.AddTicks(-1)) - OlderStep + TimeSpan.FromDays(1), listed);
            var step = new CandleSeries(CandleStore.BatchSize);
            await foreach (var stretch in fetch.Batches(exchange, symbol, from, until, stop).Ahead(StretchesAhead, stop))
            {
                fetched((int)stretch.Range.Length.TotalMinutes);
                total += LoadResult.Of(await SetAside(key, stretch.Bad, stop), stretch);
                Append(step, stretch.Good);
            }
            total += LoadResult.Of(await store.Save(key, step.All(), stop));
            if (aggregates)
            {
                await aggregation.Rebuild(exchange.Source, symbol, from, until, stop);
            }
            until = from;
        }
        return total;
    }

    /// <summary>Fetches ranges that are missing in the middle and answers what could be had; the longer timeframes are the caller's to make.</summary>
    public async Task<LoadResult> Fill(IExchange exchange, Symbol symbol, GapRange range, CancellationToken stop)
    {
        var key = new SeriesKey(exchange.Source, symbol, Timeframe.M1);
        var total = default(LoadResult);
        await foreach (var stretch in fetch.Batches(exchange, symbol, range.From, range.Until, stop))
        {
            var saved = await SetAside(key, stretch.Bad, stop) + await store.Save(key, stretch.Good.All(), stop);
            total += LoadResult.Of(saved, stretch);
        }
        return total;
    }

    async Task<LoadResult> Flush(SeriesKey key, CandleSeries batch, bool aggregates, CancellationToken stop)
    {
        if (batch.Count == 0)
        {
            return default;
        }
        var saved = await store.Save(key, batch.All(), stop);
        if (aggregates)
        {
            await aggregation.Extend(key.Source, key.Symbol, stop);
        }
        batch.Clear();
        return LoadResult.Of(saved);
    }

    /// <summary>Where the exchange's own history begins, asked with one request; null where it has nothing before what is stored.</summary>
    static async Task<DateTimeOffset?> FirstTold(IExchange exchange, Symbol symbol, DateTimeOffset from, DateTimeOffset until, CancellationToken stop)
    {
        await foreach (var page in exchange.Candles(symbol, Timeframe.M1, from, until, stop))
        {
            var first = DateTimeOffset.FromUnixTimeMilliseconds(page.Times[0]);
            // So near to what was wanted it may be the answer that is short, not the history.
            return first - from <= MinuteFetch.Batch ? from : first;
        }
        return null;
    }

    /// <summary>Candles that cannot be right go to quarantine with their reason.</summary>
    async Task<SaveResult> SetAside(SeriesKey key, IReadOnlyList<BadCandle> bad, CancellationToken stop)
    {
        if (bad.Count == 0)
        {
            return default;
        }
        await store.SetAside(key, bad, stop);
        return new SaveResult(0, 0, bad.Count);
    }

    static void Append(CandleSeries series, CandleSeries more)
    {
        for (var i = 0; i < more.Count; i++)
        {
            series.Append(more[i]);
        }
    }

    static DateTimeOffset Later(DateTimeOffset left, DateTimeOffset right) => left > right ? left : right;
    static DateTimeOffset DayOf(DateTimeOffset time) => new(time.UtcDateTime.Date, TimeSpan.Zero);
}
