using Tidemark.Simulator.Synthetic;

namespace Tidemark.Simulator.Markets;

/// <summary>All symbols of the simulated exchange, by name.</summary>
public sealed class Exchange
{
    readonly Dictionary<string, ListedSymbol> bySymbol;

    public Exchange(IEnumerable<ITape> tapes, ulong seed, long slotLength = 100)
    {
        Symbols = [.. tapes.Select(tape => new ListedSymbol(tape, seed, slotLength))];
        bySymbol = Symbols.ToDictionary(listed => listed.Instrument.Symbol, StringComparer.Ordinal);
    }

    public IReadOnlyList<ListedSymbol> Symbols { get; }

    public static Exchange Synthetic(ulong seed, IEnumerable<Instrument> instruments, long slotLength = 100) =>
        new(instruments.Select(instrument => new SyntheticTape(seed, instrument)), seed, slotLength);

    public ListedSymbol? Find(string symbol) => bySymbol.GetValueOrDefault(symbol);
}

/// <summary>A symbol with its trades and its book.</summary>
public sealed class ListedSymbol
{
    public ListedSymbol(ITape tape, ulong seed, long slotLength)
    {
        Market = new SymbolMarket(tape);
        Book = new OrderBook(Market, seed, slotLength);
    }

    public Instrument Instrument => Market.Instrument;

    public SymbolMarket Market { get; }

    public OrderBook Book { get; }
}
