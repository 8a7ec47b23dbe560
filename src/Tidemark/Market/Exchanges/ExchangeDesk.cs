using System.Collections.Concurrent;
using Tidemark.Platform.Api;

namespace Tidemark.Market.Exchanges;

/// <summary>
/// Asks the exchange in use on behalf of callers. Whoever asks the same while it is being asked, or within a second after, shares one answer;
/// and callers get no more than half of the exchange's limit, the rest is for candles.
/// </summary>
public sealed class ExchangeDesk(MarketConnection connection, TimeProvider clock)
{
    const int UsualDepth = 100, MostDepth = 500, TradeCount = 1_000, MostKept = 1_000;
    static readonly TimeSpan Fresh = TimeSpan.FromSeconds(1), Patience = TimeSpan.FromSeconds(10);
    readonly ConcurrentDictionary<string, Question> _questions = new(StringComparer.Ordinal);

    /// <summary>A question under way or answered lately; it outlives a caller who leaves, others may wait for it.</summary>
    sealed class Question(TimeProvider clock, Func<CancellationToken, Task<object>> ask)
    {
        readonly Lazy<Task<object>> _answer = new(async () =>
        {
            using var patience = new CancellationTokenSource(Patience, clock);
            try
            {
                return await ask(patience.Token);
            }
            catch (OperationCanceledException) when (patience.IsCancellationRequested)
            {
                throw new ExchangeTimeoutException($"No answer in {Patience.TotalSeconds:0} s.");
            }
        });

        long? _endedAt;

        public async Task<object> Answer()
        {
            try
            {
                return await _answer.Value;
            }
            finally
            {
                _endedAt ??= clock.GetTimestamp();
            }
        }

        public bool IsStale => _endedAt is { } ended && clock.GetElapsedTime(ended) > Fresh;
    }

    /// <summary>The exchange in use; refuses where there is none.</summary>
    public IExchange Connected() => connection.Exchange ?? throw new TidemarkException(ErrorCode.ExchangeUnavailable, $"No exchange is connected: {connection.Reason}.");

    public async Task<IReadOnlyList<Ticker>> Tickers(IReadOnlyList<Symbol> symbols, CancellationToken stop)
    {
        var exchange = Connected();
        return await Share("tickers " + string.Join(',', symbols), exchange, ended => exchange.Tickers(symbols, ended), stop);
    }

    public async Task<(OrderBook Book, DateTimeOffset At)> OrderBook(Symbol symbol, int depth, CancellationToken stop)
    {
        var exchange = Connected();
        var levels = depth <= UsualDepth ? UsualDepth : MostDepth;
        var (book, at) = await Share($"book {symbol} {levels}", exchange, async ended => Tuple.Create(await exchange.OrderBook(symbol, levels, ended), clock.GetUtcNow()), stop);
        return (book, at);
    }

    public async Task<IReadOnlyList<Trade>> Trades(Symbol symbol, CancellationToken stop)
    {
        var exchange = Connected();
        return await Share($"trades {symbol}", exchange, ended => exchange.RecentTrades(symbol, TradeCount, ended), stop);
    }

    async Task<T> Share<T>(string key, IExchange exchange, Func<CancellationToken, Task<T>> ask, CancellationToken stop)
        where T : class
    {
        Forget();
        if (!_questions.TryGetValue(key, out var question) || question.IsStale)
        {
            if (exchange.Health is { } health && health.UsedWeight > health.WeightLimit / 2)
            {
                throw new ExchangeException("Its limit of this minute is needed for candles; ask again in a minute.");
            }
            var asked = new Question(clock, async ended => await ask(ended));
            question = _questions.AddOrUpdate(key, asked, (_, other) => other.IsStale ? asked : other);
        }
        return (T)await question.Answer().WaitAsync(stop);
    }

    void Forget()
    {
        if (_questions.Count > MostKept)
        {
            foreach (var stale in _questions.Where(question => question.Value.IsStale))
            {
                _questions.TryRemove(stale);
            }
        }
    }
}
