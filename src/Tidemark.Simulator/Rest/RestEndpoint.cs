using System.Text.Json;

namespace Tidemark.Simulator.Rest;

/// <summary>A question the exchange answers: where it is asked, what it costs, which parameters it knows, and its answer.</summary>
sealed record RestEndpoint(string Path, Func<Query, int> Weight, IReadOnlyCollection<string> Parameters, Action<Asked, Utf8JsonWriter> Answer)
{
    public static IReadOnlyList<RestEndpoint> All { get; } =
    [
        new("/api/v3/ping", Always(1), [], static (_, json) =>
        {
            json.WriteStartObject();
            json.WriteEndObject();
        }),
        new("/api/v3/time", Always(1), [], static (asked, json) =>
        {
            json.WriteStartObject();
            json.WriteNumber("serverTime", asked.ReadClock());
            json.WriteEndObject();
        }),
        new("/api/v3/exchangeInfo", Always(20), ["symbol", "symbols", "permissions", "showPermissionSets", "symbolStatus"], ExchangeAnswers.WriteRules),
        new("/api/v3/klines", Always(2), ["symbol", "interval", "startTime", "endTime", "timeZone", "limit"], KlineAnswers.Write),
        new("/api/v3/uiKlines", Always(2), ["symbol", "interval", "startTime", "endTime", "timeZone", "limit"], KlineAnswers.Write),
        new("/api/v3/aggTrades", Always(4), ["symbol", "fromId", "startTime", "endTime", "limit"], TradeAnswers.WriteAggregates),
        new("/api/v3/trades", Always(25), ["symbol", "limit"], TradeAnswers.WriteRecent),
        new("/api/v3/depth", DepthWeight, ["symbol", "limit", "symbolStatus"], BookAnswers.WriteDepth),
        new("/api/v3/avgPrice", Always(2), ["symbol"], TickerAnswers.WriteMean),
        new("/api/v3/ticker/24hr", DayWeight, ["symbol", "symbols", "type", "symbolStatus"], TickerAnswers.WriteDay),
        new("/api/v3/ticker/price", PriceWeight, ["symbol", "symbols", "symbolStatus"], TickerAnswers.WritePrice),
        new("/api/v3/ticker/bookTicker", PriceWeight, ["symbol", "symbols", "symbolStatus"], BookAnswers.WriteBest),
    ];

    static Func<Query, int> Always(int weight) => _ => weight;

    static int DepthWeight(Query query) => Read(() => query.Limit(100, 5_000), 100) switch
    {
        <= 100 => 5,
        <= 500 => 25,
        <= 1_000 => 50,
        _ => 250,
    };

    static int DayWeight(Query query) => Read(query.Symbols, null)?.Count switch
    {
        null => 80,
        <= 20 => 2,
        <= 100 => 40,
        _ => 80,
    };

    static int PriceWeight(Query query) => query.Has("symbol") ? 2 : 4;

    /// <summary>A parameter that cannot be read is refused when the request is answered; it costs what it would cost without.</summary>
    static T Read<T>(Func<T> read, T otherwise)
    {
        try
        {
            return read();
        }
        catch (ExchangeError)
        {
            return otherwise;
        }
    }
}
