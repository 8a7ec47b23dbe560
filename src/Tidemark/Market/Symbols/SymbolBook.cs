using Tidemark.Market.Candles;
using Tidemark.Platform.Api;
using Tidemark.Platform.Settings;

namespace Tidemark.Market.Symbols;

/// <summary>Which stored symbol and series a caller's words mean.</summary>
public sealed class SymbolBook(SeriesCatalog catalog, SourceInUse inUse, TidemarkSettings settings)
{
    /// <summary>A symbol that is known here, and whether a dollar coin stands in for the dollar that was asked for.</summary>
    public sealed record Found(Symbol Symbol, bool QuoteSubstituted);

    /// <summary>Finds a known symbol in any spelling; a dollar pair that nobody trades here becomes its configured proxy.</summary>
    public async Task<Found> Find(string text, CancellationToken stop)
    {
        if (Symbol.TryParse(text, out var symbol))
        {
            if (await catalog.Knows(symbol, stop))
            {
                return new Found(symbol, QuoteSubstituted: false);
            }
            var proxy = symbol with { Quote = settings["USD_PROXY"]! };
            if (symbol.Quote == "USD" && await catalog.Knows(proxy, stop))
            {
                return new Found(proxy, QuoteSubstituted: true);
            }
        }
        throw new TidemarkException(ErrorCode.InvalidSymbol, $"Symbol {Shown(text)} is not known here.");
    }

    /// <summary>Finds a known symbol in any spelling and no other one in its place, for whoever is going to change something.</summary>
    public async Task<Symbol> FindExactly(string text, CancellationToken stop) =>
        await Find(text, stop) is { QuoteSubstituted: false, Symbol: var symbol } ? symbol : throw new TidemarkException(ErrorCode.InvalidSymbol, $"Symbol {Shown(text)} is not known here.");

    /// <summary>The source to show a symbol from: the one that is asked for, else the one in use, else the realest that has candles.</summary>
    public async Task<MarketSource> SourceOf(Symbol symbol, string? name, CancellationToken stop)
    {
        var stored = (await catalog.Stored(stop)).Where(series => series.Key.Symbol == symbol && series.Candles > 0).Select(series => series.Key.Source).Distinct().ToList();
        if (name is not null)
        {
            return stored.Where(source => string.Equals(source.Name, name, StringComparison.OrdinalIgnoreCase)).OrderBy(source => source.Provenance).FirstOrDefault()
                ?? throw new TidemarkException(ErrorCode.UnknownSource, $"{symbol} has no candles from {Shown(name)}. It has some from: {string.Join(", ", stored.Select(source => source.Name).Distinct().DefaultIfEmpty("nowhere"))}.");
        }
        return stored.Find(source => source == inUse.Current)
            ?? stored.OrderBy(source => source.Provenance).ThenBy(source => source.Name, StringComparer.Ordinal).FirstOrDefault()
            ?? inUse.Current
            ?? throw new TidemarkException(ErrorCode.InvalidSymbol, $"Symbol {symbol} has no candles yet.");
    }

    static string Shown(string text) => text.Length <= 64 ? text : text[..64] + "…";
}

/// <summary>The source that live prices come from in this process; none before the market is chosen.</summary>
public sealed class SourceInUse
{
    volatile MarketSource? _current;

    public MarketSource? Current
    {
        get => _current;
        set => _current = value;
    }
}
