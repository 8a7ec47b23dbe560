using Tidemark.Market.Candles;
using Tidemark.Market.Exchanges;
using Tidemark.Market.Ingest;
using Tidemark.Quant.Series;

namespace Tidemark.Market.Quality;

/// <summary>What has to be done so that a symbol's candles are right again.</summary>
public sealed record RepairPlan(MarketSource Source, Symbol Symbol, IReadOnlyList<CandleFault> Bad, IReadOnlyList<GapRange> MissingMinutes, IReadOnlyList<GapRange> Stale)
{
    public bool IsEmpty => Bad.Count == 0 && MissingMinutes.Count == 0 && Stale.Count == 0;
}

/// <summary>What a repair did.</summary>
public sealed record RepairResult(int SetApart, long Fetched, int Accepted, int Rebuilt, IReadOnlyList<string> Failures);

/// <summary>Sets bad candles apart, fetches missing minutes, and makes the longer timeframes of the days concerned anew.</summary>
public sealed class SeriesRepair(
    CandleStore store, SeriesCatalog catalog, CandleAggregation aggregation, SymbolLoader loader, SeriesVerification verification, QualityTable table, TimeProvider clock, ILogger<SeriesRepair> log)
{
    /// <summary>An exchange may be late with young minutes; what is missing longer than that, it does not have.</summary>
    static readonly TimeSpan Late = TimeSpan.FromHours(1);

    /// <summary>The plan that what was found asks for. Gaps shorter than the given length, or ended before a moment, are left alone.</summary>
    public async Task<RepairPlan> Plan(MarketSource source, Symbol symbol, TimeSpan shortestGap, DateTimeOffset? since, CancellationToken stop)
    {
        var bad = (await table.Faults(symbol, stop)).Where(fault => fault.Series.Source == source && CandleScreen.IsInCandle(fault.Fault)).ToList();
        var gaps = (await table.Gaps(symbol, known: false, stop)).Where(gap => gap.Series.Source == source && gap.Range.Length >= shortestGap && (since is null || gap.Range.Until > since)).ToList();
        var badMinutes = bad.Where(fault => fault.Series.Timeframe == Timeframe.M1).Select(RangeOf);
        return new RepairPlan(
            source, symbol, bad,
            GapRange.Union(gaps.Where(gap => gap.Series.Timeframe == Timeframe.M1).Select(gap => gap.Range).Concat(badMinutes)),
            GapRange.Union(gaps.Select(gap => gap.Range).Concat(bad.Select(RangeOf))));
    }

    /// <summary>Carries a plan out. Without an exchange nothing is fetched and gaps stay open.</summary>
    public async Task<RepairResult> Repair(RepairPlan plan, IExchange? exchange, CancellationToken stop)
    {
        var setApart = await SetApart(plan.Bad, stop);
        var (fetched, accepted, failures) = exchange is null ? (default, 0, []) : await Fill(plan, exchange, TimeSpan.Zero, stop);
        var rebuilt = await Rebuild(plan, stop) + await aggregation.Align(plan.Source, plan.Symbol, stop);
        return new RepairResult(setApart, fetched.Saved.Stored, accepted, rebuilt, failures);
    }

    /// <summary>Finds the gaps in a symbol's minutes and fetches what is missing; the longer timeframes are the caller's to align.</summary>
    public async Task<LoadResult> FillGaps(IExchange exchange, Symbol symbol, TimeSpan shortest, DateTimeOffset? since, CancellationToken stop)
    {
        await verification.Verify(new SeriesKey(exchange.Source, symbol, Timeframe.M1), stop);
        var plan = await Plan(exchange.Source, symbol, shortest, since, stop);
        if (plan.MissingMinutes.Count == 0)
        {
            return default;
        }
        var (fetched, _, _) = await Fill(plan, exchange, Late, stop);
        return fetched;
    }

    /// <summary>Longer candles that were set apart or are missing while their minutes are there.</summary>
    async Task<int> Rebuild(RepairPlan plan, CancellationToken stop)
    {
        if (await catalog.Find(new SeriesKey(plan.Source, plan.Symbol, Timeframe.M1), stop) is not { FirstOpen: { } first, LastOpen: { } last })
        {
            return 0;
        }
        var count = 0;
        foreach (var range in GapRange.Union(plan.Stale.SelectMany(range => range.Within([new GapRange(first, last.AddMinutes(1))]))))
        {
            count += await aggregation.Rebuild(plan.Source, plan.Symbol, range.From, range.Until, stop);
        }
        return count;
    }

    /// <summary>Fetches what is missing. What the exchange does not have either is accepted, once it has been missing for long enough.</summary>
    async Task<(LoadResult Fetched, int Accepted, IReadOnlyList<string> Failures)> Fill(RepairPlan plan, IExchange exchange, TimeSpan patience, CancellationToken stop)
    {
        var minutes = new SeriesKey(plan.Source, plan.Symbol, Timeframe.M1);
        var (fetched, failures, answered) = (default(LoadResult), new List<string>(), new List<GapRange>());
        foreach (var range in plan.MissingMinutes)
        {
            try
            {
                var filled = await loader.Fill(exchange, plan.Symbol, range, stop);
                fetched += filled;
                if (filled.Failure is null)
                {
                    answered.Add(range);
                }
                else
                {
                    failures.Add($"{plan.Symbol} {range.From:u} to {range.Until:u}: {filled.Failure}");
                }
            }
            catch (Exception fault) when (fault is FetchAbandonedException or ExchangeException)
            {
                log.LogWarning("The missing minutes of {Symbol} from {From:u} to {Until:u} could not be fetched: {Reason}", plan.Symbol, range.From, range.Until, fault.Message);
                failures.Add($"{plan.Symbol} {range.From:u} to {range.Until:u}: {fault.Message}");
            }
        }
        await verification.Verify(minutes, stop);
        var accepted = 0;
        var now = clock.GetUtcNow();
        foreach (var range in answered.Where(range => range.Until <= now - Late))
        {
            accepted += await table.Accept(minutes, range, now - patience, stop);
        }
        return (fetched, accepted, failures);
    }

    async Task<int> SetApart(IReadOnlyList<CandleFault> faults, CancellationToken stop)
    {
        var count = 0;
        foreach (var series in faults.GroupBy(fault => fault.Series))
        {
            var bad = new List<BadCandle>();
            foreach (var fault in series.DistinctBy(fault => fault.OpenTime))
            {
                var candle = await store.ReadTable(series.Key, fault.OpenTime, fault.OpenTime.AddMilliseconds(1), stop);
                if (candle.Count == 1)
                {
                    bad.Add(new BadCandle(candle[0], fault.Fault));
                }
            }
            await store.SetApart(series.Key, bad, stop);
            count += bad.Count;
        }
        return count;
    }

    static GapRange RangeOf(CandleFault fault) => new(fault.OpenTime, fault.OpenTime.AddMinutes(fault.Series.Timeframe.Minutes));
}
