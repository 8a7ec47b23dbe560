using System.Runtime.CompilerServices;
using Tidemark.Market.Exchanges;
using Tidemark.Quant.Series;

namespace Tidemark.Market;

/// <summary>An exchange whose candles the test holds; it counts what it was asked for and may refuse.</summary>
sealed class FakeExchange(MarketSource source, CandleSeries minutes) : IExchange
{
    public List<(DateTimeOffset From, DateTimeOffset Until)> Asked { get; } = [];
    public bool Refuses { get; set; }
    public MarketSource Source => source;
    public ExchangeHealth Health => new("up", 1, 0, 0, 0, TimeSpan.Zero, null);

    public async IAsyncEnumerable<CandleSeries> Candles(Symbol symbol, Timeframe timeframe, DateTimeOffset from, DateTimeOffset until, [EnumeratorCancellation] CancellationToken stop)
    {
        await Task.Yield();
        Asked.Add((from, until));
        if (Refuses)
        {
            throw new ExchangeException("no route");
        }
        var start = minutes.IndexAtOrAfter(from.ToUnixTimeMilliseconds());
        var count = minutes.IndexAtOrAfter(until.ToUnixTimeMilliseconds()) - start;
        yield return new CandleSeries([.. minutes.Slice(start, count).List()]);
    }

    public Task<IReadOnlyList<Instrument>> Instruments(CancellationToken stop) => throw new NotSupportedException();
    public Task<IReadOnlyList<Trade>> RecentTrades(Symbol symbol, int limit, CancellationToken stop) => throw new NotSupportedException();
    public Task<OrderBook> OrderBook(Symbol symbol, int depth, CancellationToken stop) => throw new NotSupportedException();
    public Task<IReadOnlyList<Ticker>> Tickers(IReadOnlyCollection<Symbol> symbols, CancellationToken stop) => throw new NotSupportedException();
    public Task<DateTimeOffset> ServerTime(CancellationToken stop) => throw new NotSupportedException();
    public IAsyncEnumerable<MarketEvent> Stream(IReadOnlyCollection<Symbol> symbols, CancellationToken stop) => throw new NotSupportedException();
}
