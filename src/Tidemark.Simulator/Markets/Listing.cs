namespace Tidemark.Simulator.Markets;

/// <summary>The pairs that the synthetic exchange lists unless told otherwise, with the filters the real one has for them.</summary>
public static class Listing
{
    public static IReadOnlyList<Instrument> All { get; } =
    [
        Pair("BTC", 2, 5, 64_000, beta: 1.00, own: 0.12, millionsADay: 1_400, trades: 24, spread: 1),
        Pair("ETH", 2, 4, 3_100, beta: 1.15, own: 0.30, millionsADay: 900, trades: 22, spread: 1),
        Pair("SOL", 2, 3, 150, beta: 1.30, own: 0.45, millionsADay: 450, trades: 20, spread: 1),
        Pair("BNB", 2, 3, 580, beta: 0.90, own: 0.30, millionsADay: 220, trades: 16, spread: 1),
        Pair("XRP", 4, 1, 1.80, beta: 1.10, own: 0.50, millionsADay: 380, trades: 18, spread: 1),
        Pair("DOGE", 5, 0, 0.19, beta: 1.30, own: 0.60, millionsADay: 240, trades: 16, spread: 1),
        Pair("ADA", 4, 1, 0.72, beta: 1.20, own: 0.45, millionsADay: 130, trades: 14, spread: 1),
        Pair("AVAX", 2, 2, 27, beta: 1.30, own: 0.50, millionsADay: 70, trades: 12, spread: 1),
        Pair("LINK", 2, 2, 16, beta: 1.25, own: 0.45, millionsADay: 75, trades: 12, spread: 1),
        Pair("DOT", 3, 2, 5.2, beta: 1.20, own: 0.40, millionsADay: 45, trades: 12, spread: 1),
        Pair("LTC", 2, 3, 88, beta: 1.00, own: 0.40, millionsADay: 60, trades: 12, spread: 1),
        Pair("TRX", 4, 1, 0.26, beta: 0.50, own: 0.30, millionsADay: 50, trades: 10, spread: 1),
        Pair("UNI", 3, 2, 8.4, beta: 1.30, own: 0.55, millionsADay: 35, trades: 10, spread: 1.5),
        Pair("ATOM", 3, 2, 5.6, beta: 1.15, own: 0.45, millionsADay: 22, trades: 10, spread: 1.5),
        Pair("NEAR", 3, 1, 4.1, beta: 1.35, own: 0.60, millionsADay: 40, trades: 10, spread: 1.5),
        Pair("SHIB", 8, 0, 0.000_018, beta: 1.30, own: 0.60, millionsADay: 60, trades: 12, spread: 1, minimum: 1),
    ];

    /// <summary>The listed pairs of the given names, in their order; an unknown name is refused.</summary>
    public static IReadOnlyList<Instrument> Of(IEnumerable<string> symbols) =>
        [.. symbols.Select(symbol => All.FirstOrDefault(pair => string.Equals(pair.Symbol, symbol, StringComparison.OrdinalIgnoreCase))
            ?? throw new ArgumentException($"{symbol} is not listed; choose among {string.Join(", ", All.Select(pair => pair.Symbol))}", nameof(symbols)))];

    static Instrument Pair(string asset, int priceDecimals, int quantityDecimals, double price, double beta, double own, double millionsADay, double trades, double spread, int minimum = 5) =>
        new(asset, "USDT", priceDecimals, quantityDecimals)
        {
            TypicalPrice = price,
            Beta = beta,
            OwnVolatility = own,
            DailyTurnover = millionsADay * 1_000_000,
            TradesAMinute = trades,
            TypicalSpread = spread,
            MinimumNotional = minimum,
        };
}
