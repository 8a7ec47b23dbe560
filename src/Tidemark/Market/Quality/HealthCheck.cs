using Tidemark.Market.Candles;
using Tidemark.Market.Exchanges;

namespace Tidemark.Market.Quality;

/// <summary>What a health check found and did for one symbol of one source.</summary>
public sealed record SymbolHealth(MarketSource Source, Symbol Symbol, long Checked, RepairPlan Found, int Jumps, RepairResult? Repair);

/// <summary>Checks every series that is stored and, where asked, repairs what it finds.</summary>
public sealed class HealthCheck(SeriesCatalog catalog, SeriesVerification verification, SeriesRepair repair, QualityTable table)
{
    /// <summary>The symbols to check.</summary>
    public async Task<IReadOnlyList<(MarketSource Source, Symbol Symbol)>> Symbols(Symbol? only, CancellationToken stop) =>
        [.. (await catalog.Stored(stop)).Where(series => only is null || series.Key.Symbol == only).Select(series => (series.Key.Source, series.Key.Symbol)).Distinct()];

    /// <summary>Checks a symbol and, where asked, repairs it; what is missing can be fetched only from the exchange that its candles came from.</summary>
    public async Task<SymbolHealth> Check(MarketSource source, Symbol symbol, bool fix, IExchange? exchange, CancellationToken stop)
    {
        var count = await Verify(source, symbol, stop);
        var plan = await repair.Plan(source, symbol, TimeSpan.Zero, since: null, stop);
        var jumps = (await table.Faults(symbol, stop)).Count(fault => fault.Series.Source == source && !CandleScreen.IsInCandle(fault.Fault));
        if (!fix)
        {
            return new SymbolHealth(source, symbol, count, plan, jumps, Repair: null);
        }
        var result = plan.IsEmpty ? null : await repair.Repair(plan, exchange, stop);
        await Verify(source, symbol, stop);
        return new SymbolHealth(source, symbol, count, plan, jumps, result);
    }

    async Task<long> Verify(MarketSource source, Symbol symbol, CancellationToken stop)
    {
        var count = 0L;
        foreach (var series in (await catalog.Stored(stop)).Where(series => series.Key.Source == source && series.Key.Symbol == symbol))
        {
            count += await verification.Verify(series.Key, stop);
        }
        return count;
    }
}
