using System.Text.Json;
using Tidemark.Quant.Series;

namespace Tidemark.Market.Exchanges.Binance;

/// <summary>
/// Turns one connection's messages into events in order: what was said before is dropped, and where closed candles are missing between
/// two messages, that is said first. A candle of times to come is nonsense and moves nothing.
/// </summary>
sealed class StreamSequence(IReadOnlyCollection<Symbol> symbols, TimeProvider clock)
{
    static readonly TimeSpan MostAhead = TimeSpan.FromMinutes(5);
    readonly Dictionary<string, Place> _places = symbols.ToDictionary(symbol => symbol.Joined.ToLowerInvariant(), symbol => new Place(symbol), StringComparer.Ordinal);

    sealed class Place(Symbol symbol)
    {
        public Symbol Symbol => symbol;
        public long LastClosed { get; set; } = long.MinValue;
        public long LastTrade { get; set; } = long.MinValue;
        public long LastBook { get; set; } = long.MinValue;
    }

    public IReadOnlyList<MarketEvent> Read(string stream, JsonElement data)
    {
        var at = stream.IndexOf('@', StringComparison.Ordinal);
        if (at < 0 || !_places.TryGetValue(stream[..at], out var place))
        {
            return [];
        }
        return stream.AsSpan(at + 1) switch
        {
            "kline_1m" => Candle(place, data),
            "aggTrade" => Trade(place, data),
            "bookTicker" => Book(place, data),
            _ => [],
        };
    }

    List<MarketEvent> Candle(Place place, JsonElement data)
    {
        var k = data.GetProperty("k");
        var candle = BinanceJson.StreamedCandle(k);
        if (candle.OpenTime <= place.LastClosed || candle.OpenTime > (clock.GetUtcNow() + MostAhead).ToUnixTimeMilliseconds())
        {
            return [];
        }
        var news = new List<MarketEvent>();
        var expected = Timeframe.M1.CloseOf(place.LastClosed);
        // A candle of a later minute than the next one, forming or closed, tells of one whose close was never heard.
        if (place.LastClosed != long.MinValue && candle.OpenTime > expected)
        {
            news.Add(new CandlesMissed(place.Symbol, DateTimeOffset.FromUnixTimeMilliseconds(expected), DateTimeOffset.FromUnixTimeMilliseconds(candle.OpenTime)));
            place.LastClosed = candle.OpenTime - Timeframe.M1.Milliseconds;
        }
        var isClosed = k.GetProperty("x").GetBoolean();
        if (isClosed)
        {
            place.LastClosed = candle.OpenTime;
        }
        news.Add(new CandleMoved(place.Symbol, candle, isClosed, BinanceJson.Time(data.GetProperty("E"))));
        return news;
    }

    static IReadOnlyList<MarketEvent> Trade(Place place, JsonElement data)
    {
        var trade = BinanceJson.Trade(data);
        if (trade.Id <= place.LastTrade)
        {
            return [];
        }
        place.LastTrade = trade.Id;
        return [new Traded(place.Symbol, trade)];
    }

    IReadOnlyList<MarketEvent> Book(Place place, JsonElement data)
    {
        var update = data.GetProperty("u").GetInt64();
        if (update <= place.LastBook)
        {
            return [];
        }
        place.LastBook = update;
        return [BinanceJson.BestPrices(data, place.Symbol, clock.GetUtcNow())];
    }
}
