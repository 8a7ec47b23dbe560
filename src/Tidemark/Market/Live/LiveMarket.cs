using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Tidemark.Market.Live;

/// <summary>The symbols that this node hears live.</summary>
public sealed class LiveMarket
{
    readonly ConcurrentDictionary<Symbol, LiveSymbol> _symbols = new();

    /// <summary>Symbols whose price moved since somebody last looked; a symbol waits there once however often it moves.</summary>
    readonly Channel<LiveSymbol> _moved = Channel.CreateUnbounded<LiveSymbol>(new UnboundedChannelOptions { SingleReader = true });
    readonly ConcurrentDictionary<LiveSymbol, bool> _waiting = new();

    public IEnumerable<LiveSymbol> All => _symbols.Values;

    /// <summary>The symbols that are or will be heard, known before the first of them is.</summary>
    volatile HashSet<Symbol> _watched = [];

    public bool IsWatched(Symbol symbol) => _watched.Contains(symbol);

    public void Expect(IEnumerable<Symbol> symbols) => _watched = symbols.ToHashSet();

    public LiveSymbol? Find(Symbol symbol) => _symbols.GetValueOrDefault(symbol);

    /// <summary>Exactly these symbols are heard from now on.</summary>
    public void Watch(MarketSource source, IReadOnlyCollection<Symbol> symbols)
    {
        Expect(symbols);
        foreach (var gone in _symbols.Keys.Except(symbols))
        {
            _symbols.TryRemove(gone, out _);
        }
        foreach (var symbol in symbols)
        {
            _symbols.GetOrAdd(symbol, static (one, from) => new LiveSymbol(from, one), source);
        }
    }

    public void TellMoved(LiveSymbol symbol)
    {
        if (_waiting.TryAdd(symbol, true))
        {
            _moved.Writer.TryWrite(symbol);
        }
    }

    /// <summary>Ticks one after the other, as fast as they are taken.</summary>
    public async IAsyncEnumerable<PriceTicked> Ticks([System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken stop)
    {
        await foreach (var symbol in _moved.Reader.ReadAllAsync(stop))
        {
            _waiting.TryRemove(symbol, out _);
            if (symbol.TakeTick() is { } tick)
            {
                yield return tick;
            }
        }
    }
}
