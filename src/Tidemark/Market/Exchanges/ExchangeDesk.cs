using System.Collections.Concurrent;
using Tidemark.Platform.Api;

namespace Tidemark.Market.Exchanges;

/// <summary>Asks the exchange in use on behalf of callers; whoever asks the same within a second shares one answer, so callers cannot use up its limit.</summary>
public sealed class ExchangeDesk(MarketConnection connection, TimeProvider clock)
{
    const int Depth = 500, Top = 20, TradeCount = 1_000, MostKept = 1_000;
    static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1);
    readonly ConcurrentDictionary<string, Kept> _kept = new(StringComparer.Ordinal);

    sealed record Kept(long Since, Lazy<Task<object>> Answer);

    /// <summary>The exchange in use; refuses where there is none.</summary>
    public IExchange Connected() => connection.Exchange ?? throw new TidemarkException(ErrorCode.ExchangeUnavailable, $"No exchange is connected: {connection.Reason}.");

    public async Task<IReadOnlyList<Ticker>> Tickers(IReadOnlyList<Symbol> symbols, CancellationToken stop)
    {
        var exchange = Connected();
        return await Share("tickers " + string.Join(',', symbols), ended => exchange.Tickers(symbols, ended), stop);
    }

    public Task<(OrderBook Book, DateTimeOffset At)> OrderBook(Symbol symbol, CancellationToken stop) => OrderBook(symbol, Depth, stop);

    /// <summary>The best levels only, which cost an exchange's limit a fifth: for what is asked again and again.</summary>
    public Task<(OrderBook Book, DateTimeOffset At)> TopOfBook(Symbol symbol, CancellationToken stop) => OrderBook(symbol, Top, stop);

    async Task<(OrderBook Book, DateTimeOffset At)> OrderBook(Symbol symbol, int depth, CancellationToken stop)
    {
        var exchange = Connected();
        var (book, at) = await Share($"book {symbol} {depth}", async ended => Tuple.Create(await exchange.OrderBook(symbol, depth, ended), clock.GetUtcNow()), stop);
        return (book, at);
    }

    public async Task<IReadOnlyList<Trade>> Trades(Symbol symbol, CancellationToken stop)
    {
        var exchange = Connected();
        return await Share($"trades {symbol}", ended => exchange.RecentTrades(symbol, TradeCount, ended), stop);
    }

    /// <summary>One question at a time for each key. The question outlives a caller who leaves, others may wait for it.</summary>
    async Task<T> Share<T>(string key, Func<CancellationToken, Task<T>> ask, CancellationToken stop)
        where T : class
    {
        var now = clock.GetTimestamp();
        if (_kept.Count > MostKept)
        {
            foreach (var (old, kept) in _kept)
            {
                if (clock.GetElapsedTime(kept.Since, now) > Fresh)
                {
                    _kept.TryRemove(old, out _);
                }
            }
        }
        var answer = _kept.AddOrUpdate(key, _ => New(), (_, kept) => clock.GetElapsedTime(kept.Since, now) <= Fresh && kept.Answer.Value is not { IsFaulted: true } and not { IsCanceled: true } ? kept : New());
        return (T)await answer.Answer.Value.WaitAsync(stop);

        Kept New() => new(now, new Lazy<Task<object>>(async () => await ask(CancellationToken.None)));
    }
}
