using Polly.CircuitBreaker;

namespace Tidemark.Market.Exchanges;

/// <summary>What the exchange in use says of its symbols, asked at most once an hour; where it is silent, what it said last.</summary>
public sealed class InstrumentBook(MarketConnection connection, TimeProvider clock, ILogger<InstrumentBook> log) : IDisposable
{
    static readonly TimeSpan Fresh = TimeSpan.FromHours(1), Pause = TimeSpan.FromMinutes(1), Patience = TimeSpan.FromSeconds(5);

    readonly SemaphoreSlim _turn = new(1);
    MarketSource? _source;
    Dictionary<Symbol, Instrument> _known = [];
    DateTimeOffset _askAgainAt;

    /// <summary>Steps and least sizes of a symbol; null where the source is not the exchange in use, or it says nothing of the symbol.</summary>
    public async Task<Instrument?> Find(MarketSource source, Symbol symbol, CancellationToken stop)
    {
        if (connection.Exchange is not { } exchange || exchange.Source != source)
        {
            return null;
        }
        await _turn.WaitAsync(stop);
        try
        {
            if (_source != source || clock.GetUtcNow() >= _askAgainAt)
            {
                await Ask(exchange, stop);
            }
            return _source == source ? _known.GetValueOrDefault(symbol) : null;
        }
        finally
        {
            _turn.Release();
        }
    }

    async Task Ask(IExchange exchange, CancellationToken stop)
    {
        using var patience = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, patience.Token);
        try
        {
            _known = (await exchange.Instruments(either.Token)).ToDictionary(static instrument => instrument.Symbol);
            (_source, _askAgainAt) = (exchange.Source, clock.GetUtcNow() + Fresh);
        }
        catch (Exception silent) when (silent is ExchangeException or BrokenCircuitException || (patience.IsCancellationRequested && !stop.IsCancellationRequested))
        {
            log.LogWarning("{Source} does not say in which steps it trades; what it said before holds: {Reason}", exchange.Source.Name, silent.Message);
            _known = _source == exchange.Source ? _known : [];
            (_source, _askAgainAt) = (exchange.Source, clock.GetUtcNow() + Pause);
        }
    }

    public void Dispose() => _turn.Dispose();
}
