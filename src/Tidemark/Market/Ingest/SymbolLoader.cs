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

    internal static LoadResult Abandoned(FetchAbandonedException cause) => new(default, 0, 0, cause.Message);

    internal static LoadResult Of(SaveResult saved, FetchedStretch? stretch = null) =>
        new(saved, stretch?.Failure is null ? 0 : 1, stretch?.Missing ?? 0, stretch?.Failure);
}

/// <summary>How a load deals with what cannot be had, and whether it makes the longer timeframes.</summary>
public sealed record LoadRules(OnFailure OnFailure, bool Aggregates = true);

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
public sealed class SymbolLoader(CandleStore store, SeriesCatalog catalog, CandleAggregation aggregation, MinuteFetch fetch, TimeProvider clock)
{
    /// <summary>What a first load brings before anything older.</summary>
    public static readonly TimeSpan FirstStretch = TimeSpan.FromDays(30);

    /// <summary>Older history comes in whole days, few enough to be one batch of the store.</summary>
    static readonly TimeSpan OlderStep = TimeSpan.FromDays(6);

    static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(1);
    const int StretchesAhead = 4;

    /// <summary>The first minute that is wanted and not stored yet: after the last one stored, or where a first load begins.</summary>
    public async Task<DateTimeOffset> Next(IExchange exchange, Symbol symbol, DateTimeOffset wantedFrom, DateTimeOffset now, CancellationToken stop) =>
        After(await catalog.Find(new SeriesKey(exchange.Source, symbol, Timeframe.M1), stop), wantedFrom, now);

    public static DateTimeOffset After(StoredSeries? minutes, DateTimeOffset wantedFrom, DateTimeOffset now) =>
        minutes?.LastOpen?.AddMinutes(1) ?? Later(wantedFrom, Timeframe.D1.Floor(now - FirstStretch));

    /// <summary>Fetches and stores minutes from a moment on, in order, and aligns the longer timeframes after every stored batch.</summary>
    public async Task<LoadResult> Forward(IExchange exchange, Symbol symbol, DateTimeOffset from, DateTimeOffset until, LoadRules rules, Action<int> fetched, CancellationToken stop)
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
                if (stretch.Failure is not null && rules.OnFailure == OnFailure.Stop)
                {
                    break;
                }
                if (batch.Count + stretch.Good.Count > CandleStore.BatchSize)
                {
                    total += await Flush(key, batch, rules, stop);
                }
                Append(batch, stretch.Good);
            }
        }
        catch (FetchAbandonedException abandoned)
        {
            return total + await Flush(key, batch, rules, stop) + LoadResult.Abandoned(abandoned);
        }
        return total + await Flush(key, batch, rules, stop);
    }

    /// <summary>
    /// Fetches what lies between the wanted beginning and the first stored minute, newest days first. A listing later than the wanted
    /// beginning ends it there.
    /// </summary>
    public async Task<LoadResult> Older(IExchange exchange, Symbol symbol, DateTimeOffset wantedFrom, LoadRules rules, Action<TimeSpan> begun, Action<int> fetched, CancellationToken stop)
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
            await UntilHalfIdle(exchange, stop);
            var from = Later(Timeframe.D1.Floor(until.AddTicks(-1)) - OlderStep + TimeSpan.FromDays(1), listed);
            var step = new CandleSeries(CandleStore.BatchSize);
            await foreach (var stretch in fetch.Batches(exchange, symbol, from, until, stop).Ahead(StretchesAhead, stop))
            {
                fetched((int)stretch.Range.Length.TotalMinutes);
                total += LoadResult.Of(await SetAside(key, stretch.Bad, stop), stretch);
                if (stretch.Failure is not null && rules.OnFailure == OnFailure.Stop)
                {
                    // What was not had lies before everything stored: only asking again from here can bring it.
                    return total;
                }
                Append(step, stretch.Good);
            }
            total += LoadResult.Of(await store.Save(key, step.All(), stop));
            if (rules.Aggregates)
            {
                await aggregation.Align(exchange.Source, symbol, stop);
            }
            until = from;
        }
        return total;
    }

    /// <summary>Older years wait while more than half of the exchange's limit is used: what is live comes first.</summary>
    async Task UntilHalfIdle(IExchange exchange, CancellationToken stop)
    {
        while (exchange.Health is { } health && health.UsedWeight > health.WeightLimit / 2)
        {
            await Task.Delay(BetweenLooks, clock, stop);
        }
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

    async Task<LoadResult> Flush(SeriesKey key, CandleSeries batch, LoadRules rules, CancellationToken stop)
    {
        if (batch.Count == 0)
        {
            return default;
        }
        var saved = await store.Save(key, batch.All(), stop);
        if (rules.Aggregates)
        {
            await aggregation.Align(key.Source, key.Symbol, stop);
        }
        batch.Clear();
        return LoadResult.Of(saved);
    }

    /// <summary>Where the exchange's own history begins; null where it has nothing before what is stored. Asked twice, so that one short answer does not hide years.</summary>
    async Task<DateTimeOffset?> FirstTold(IExchange exchange, Symbol symbol, DateTimeOffset from, DateTimeOffset until, CancellationToken stop)
    {
        DateTimeOffset? earliest = null;
        for (var attempt = 0; attempt < 2; attempt++)
        {
            if (await fetch.FirstCandle(exchange, symbol, from, until, stop) is { } first)
            {
                // So near to what was wanted it may be the answer that is short, not the history.
                if (first - from <= MinuteFetch.Batch)
                {
                    return from;
                }
                earliest = earliest is { } known && known < first ? known : first;
            }
        }
        return earliest;
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
}
