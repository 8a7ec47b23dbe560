using System.Text.Json;
using Tidemark.Simulator.Faults;
using Tidemark.Simulator.Markets;

namespace Tidemark.Simulator.Rest;

/// <summary>One request: its parameters, the exchange it asks and the moment it asks about.</summary>
/// <param name="Query">Its parameters.</param>
/// <param name="Exchange">The symbols.</param>
/// <param name="Faults">What goes wrong.</param>
/// <param name="Place">The path, for faults.</param>
/// <param name="Now">Market time in UTC milliseconds.</param>
/// <param name="Limits">What it allows.</param>
/// <param name="Unit">Written time units in a millisecond: 1, or 1000 for microseconds.</param>
sealed record Asked(Query Query, Exchange Exchange, FaultBoard Faults, string Place, long Now, ServerLimits Limits, long Unit)
{
    public const string Trading = "TRADING";

    /// <summary>The symbol that must be named.</summary>
    public ListedSymbol Symbol() => Find(Query.Symbol());

    /// <summary>The symbols that may be named; all of them where none is.</summary>
    public (IReadOnlyList<ListedSymbol> Symbols, bool IsOne) Symbols()
    {
        var names = Query.Symbols();
        var isTrading = Query.Text("symbolStatus") switch
        {
            null or Trading => true,
            "HALT" or "BREAK" => false,
            _ => throw ExchangeError.InvalidStatus(),
        };
        var symbols = names is null ? Exchange.Symbols : [.. names.Select(Find)];
        var isOne = Query.Has("symbol");
        if (isTrading)
        {
            return (symbols, isOne);
        }

        return isOne ? throw ExchangeError.StatusMismatch() : ([], isOne);
    }

    /// <summary>Writes one answer for a symbol asked for alone, and a list otherwise.</summary>
    public void WriteEach(Utf8JsonWriter json, Action<ListedSymbol> write)
    {
        var (symbols, isOne) = Symbols();
        if (isOne)
        {
            write(symbols[0]);
            return;
        }

        json.WriteStartArray();
        foreach (var symbol in symbols)
        {
            write(symbol);
        }

        json.WriteEndArray();
    }

    /// <summary>What the exchange believes the time to be.</summary>
    public long ReadClock() => Time(Now + (Faults.Strikes(FaultKind.ClockSkew, Place, out var wrong, out _) ? (long)wrong.Skew.TotalMilliseconds : 0));

    /// <summary>A moment in the unit asked for.</summary>
    public long Time(long milliseconds) => milliseconds * Unit;

    /// <summary>The last instant before a moment, in the unit asked for.</summary>
    public long Before(long milliseconds) => (milliseconds * Unit) - 1;

    ListedSymbol Find(string name) => Exchange.Find(name) ?? throw ExchangeError.InvalidSymbol();
}
