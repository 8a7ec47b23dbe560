using System.Globalization;
using Tidemark.Simulator.Faults;
using Tidemark.Simulator.Markets;
using Tidemark.Simulator.Rest;

namespace Tidemark.Simulator.Streams;

/// <summary>Which feed a stream's name means. A name that means nothing is accepted, as by the real exchange, and stays silent.</summary>
sealed class FeedNames(Exchange exchange, FaultBoard faults)
{
    const long Fast = 100;
    const long Usual = 1_000;

    readonly Dictionary<string, ListedSymbol> symbols = exchange.Symbols.ToDictionary(symbol => symbol.Instrument.StreamName, StringComparer.Ordinal);

    public IFeed? Find(string name, Wording wording)
    {
        if (name is "!miniTicker@arr")
        {
            return new AllTickersFeed(exchange, Tickers.WriteMini, wording);
        }

        if (name is "!ticker@arr")
        {
            return new AllTickersFeed(exchange, Tickers.WriteFull, wording);
        }

        var parts = name.Split('@');
        return parts.Length is 2 or 3 && symbols.TryGetValue(parts[0], out var symbol)
            ? OfSymbol(symbol, parts[1], parts.Length == 3 ? parts[2] : null, wording, name)
            : null;
    }

    IFeed? OfSymbol(ListedSymbol symbol, string kind, string? variant, Wording wording, string name)
    {
        if (kind.StartsWith("kline_", StringComparison.Ordinal))
        {
            var zone = variant is null ? 0 : Query.ZoneOf(variant);
            return Interval.Find(kind["kline_".Length..]) is { } interval && zone is { } distance
                ? new KlineFeed(symbol.Market, interval, distance, wording, faults, name)
                : null;
        }

        return (kind, variant) switch
        {
            ("aggTrade", null) => new AggregateTradeFeed(symbol.Market, wording),
            ("trade", null) => new SingleTradeFeed(symbol.Market, wording),
            ("bookTicker", null) => new BestPriceFeed(symbol),
            ("miniTicker", null) => new TickerFeed(symbol, Tickers.WriteMini, wording),
            ("ticker", null) => new TickerFeed(symbol, Tickers.WriteFull, wording),
            ("depth", null) => new DepthChangeFeed(symbol, Usual, wording),
            ("depth", "100ms") => new DepthChangeFeed(symbol, Fast, wording),
            ("depth5" or "depth10" or "depth20", null or "100ms") =>
                new PartialDepthFeed(symbol, int.Parse(kind.AsSpan("depth".Length), CultureInfo.InvariantCulture), variant is null ? Usual : Fast),
            _ => null,
        };
    }
}
