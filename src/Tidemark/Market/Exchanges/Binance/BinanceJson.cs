using System.Globalization;
using System.Text.Json;
using Tidemark.Quant.Series;

namespace Tidemark.Market.Exchanges.Binance;

/// <summary>Reads Binance's objects into ours. Numbers travel as text, times as UTC milliseconds.</summary>
static class BinanceJson
{
    public static Instrument Instrument(JsonElement row)
    {
        decimal tick = 0, step = 0, least = 0, notional = 0;
        foreach (var filter in row.GetProperty("filters").EnumerateArray())
        {
            switch (filter.GetProperty("filterType").GetString())
            {
                case "PRICE_FILTER":
                    tick = Decimal(filter, "tickSize");
                    break;
                case "LOT_SIZE":
                    (step, least) = (Decimal(filter, "stepSize"), Decimal(filter, "minQty"));
                    break;
                case "NOTIONAL" or "MIN_NOTIONAL":
                    notional = Decimal(filter, "minNotional");
                    break;
            }
        }
        var symbol = new Symbol(row.GetProperty("baseAsset").GetString()!, row.GetProperty("quoteAsset").GetString()!);
        return new Instrument(symbol, row.GetProperty("status").GetString() == "TRADING", tick, step, least, notional);
    }

    /// <summary>The same; null where the row is none.</summary>
    public static Candle? TryCandle(JsonElement row, Timeframe timeframe)
    {
        try
        {
            return Candle(row, timeframe);
        }
        catch (Exception garbled) when (garbled is InvalidOperationException or FormatException or IndexOutOfRangeException or OverflowException or ArgumentNullException)
        {
            return null;
        }
    }

    /// <summary>A row of klines: [open time, open, high, low, close, volume, close time, …].</summary>
    public static Candle Candle(JsonElement row, Timeframe timeframe) =>
        new(row[0].GetInt64(), Double(row[1]), Double(row[2]), Double(row[3]), Double(row[4]), Double(row[5]), timeframe.Minutes);

    /// <summary>The k of a kline event.</summary>
    public static Candle StreamedCandle(JsonElement k) =>
        new(k.GetProperty("t").GetInt64(), Double(k.GetProperty("o")), Double(k.GetProperty("h")), Double(k.GetProperty("l")), Double(k.GetProperty("c")), Double(k.GetProperty("v")));

    public static Trade Trade(JsonElement row) =>
        new(row.GetProperty("a").GetInt64(), Decimal(row, "p"), Decimal(row, "q"), Time(row.GetProperty("T")), row.GetProperty("m").GetBoolean());

    public static OrderBook OrderBook(JsonElement book) =>
        new(book.GetProperty("lastUpdateId").GetInt64(), Levels(book.GetProperty("bids")), Levels(book.GetProperty("asks")));

    public static Ticker Ticker(JsonElement row, Symbol symbol) => new(
        symbol, Decimal(row, "lastPrice"), Decimal(row, "openPrice"), Decimal(row, "highPrice"), Decimal(row, "lowPrice"),
        Decimal(row, "volume"), Decimal(row, "quoteVolume"), Decimal(row, "bidPrice"), Decimal(row, "askPrice"), Time(row.GetProperty("closeTime")));

    public static BestPricesMoved BestPrices(JsonElement row, Symbol symbol, DateTimeOffset at) => new(
        symbol, new BookLevel(Decimal(row, "b"), Decimal(row, "B")), new BookLevel(Decimal(row, "a"), Decimal(row, "A")), at);

    public static DateTimeOffset Time(JsonElement milliseconds) => DateTimeOffset.FromUnixTimeMilliseconds(milliseconds.GetInt64());

    static BookLevel[] Levels(JsonElement side) => [.. side.EnumerateArray().Select(level => new BookLevel(Decimal(level[0]), Decimal(level[1])))];

    static decimal Decimal(JsonElement row, string name) => Decimal(row.GetProperty(name));

    /// <summary>Without the zeros that fill up to eight decimals: the division drops them.</summary>
    static decimal Decimal(JsonElement text) => decimal.Parse(text.GetString()!, NumberStyles.Float, CultureInfo.InvariantCulture) / 1.000000000000000000000000000000m;

    static double Double(JsonElement text) => double.Parse(text.GetString()!, NumberStyles.Float, CultureInfo.InvariantCulture);
}
