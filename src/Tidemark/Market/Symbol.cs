namespace Tidemark.Market;

/// <summary>A traded pair, written BTC/USDT; the other spellings people and exchanges use are read as the same.</summary>
public readonly record struct Symbol(string Base, string Quote)
{
    static readonly string[] KnownQuotes = ["USDT", "USDC", "FDUSD", "TUSD", "BUSD", "DAI", "USD", "EUR", "GBP", "TRY", "BRL", "JPY", "BTC", "ETH", "BNB"];

    /// <summary>The name without a separator, as exchanges write it: BTCUSDT.</summary>
    public string Joined => Base + Quote;

    public static Symbol Parse(string text) =>
        TryParse(text, out var symbol) ? symbol : throw new FormatException($"\"{text}\" is no symbol; write it like BTC/USDT.");

    /// <summary>Reads BTC/USDT, BTC-USDT, BTC_USDT, BTCUSDT and BINANCE:BTCUSDT, in any case, URL-encoded or not.</summary>
    public static bool TryParse(string? text, out Symbol symbol)
    {
        symbol = default;
        if (text is not { Length: > 2 and <= 64 })
        {
            return false;
        }
        var name = Uri.UnescapeDataString(text).Trim().ToUpperInvariant();
        name = name[(name.LastIndexOf(':') + 1)..];
        var parts = name.Split('/', '-', '_');
        symbol = parts switch
        {
            [var asset, var quote] => new Symbol(asset, quote),
            [_] when KnownQuotes.FirstOrDefault(quote => name.Length > quote.Length && name.EndsWith(quote, StringComparison.Ordinal)) is { } quote => new Symbol(name[..^quote.Length], quote),
            _ => default,
        };
        return IsName(symbol.Base) && IsName(symbol.Quote);
    }

    public override string ToString() => $"{Base}/{Quote}";

    static bool IsName(string? part) => part is { Length: > 0 and <= 20 } && part.All(char.IsAsciiLetterOrDigit);
}
