using Tidemark.Market.Exchanges;
using Tidemark.Market.Symbols;
using Tidemark.Quant.Series;

namespace Tidemark.Market.Ingest;

/// <summary>Fetches everything since the last stored minute of every symbol, whoever asks: cron, or an operator.</summary>
public sealed class LatestFetch(FetchService service, SymbolLoader loader, TimeProvider clock)
{
    /// <summary>Null where a fetch is running already. The counter is given each symbol with its span, and then the minutes that were fetched of it.</summary>
    public async Task<IReadOnlyList<SymbolFetch>?> Run(IExchange exchange, IReadOnlyList<TrackedSymbol> symbols, Func<Symbol, TimeSpan, Action<int>> counter, CancellationToken stop)
    {
        var starts = await service.Starts(exchange, symbols, stop);
        var until = Timeframe.M1.Floor(clock.GetUtcNow());
        return await service.Run(
            "fetch", exchange, symbols,
            symbol => loader.Forward(exchange, symbol.Name, starts[symbol.Name], until, new LoadRules(OnFailure.Skip), counter(symbol.Name, until - starts[symbol.Name]), stop),
            stop);
    }
}
