using System.Globalization;
using System.Text.Json;
using Tidemark.Simulator.Markets;

namespace Tidemark.Simulator.Rest;

public sealed class The_exchange_answers : ExchangeTest
{
    [Fact]
    public async Task Its_time_and_that_it_is_there()
    {
        (await Http.GetStringAsync(new Uri("/api/v3/ping", UriKind.Relative))).ShouldBe("{}");
        (await Http.GetStringAsync(new Uri("/api/v3/time", UriKind.Relative))).ShouldBe($"{{\"serverTime\":{Ms(Morning)}}}");
    }

    [Fact]
    public async Task Its_symbols_with_their_filters()
    {
        var all = await Get("/api/v3/exchangeInfo");
        all.GetProperty("symbols").GetArrayLength().ShouldBe(3);

        var some = await Get("/api/v3/exchangeInfo?symbols=%5B%22ETHUSDT%22,%22BTCUSDT%22%5D");
        some.GetProperty("symbols").EnumerateArray().Select(symbol => symbol.GetProperty("symbol").GetString()).ShouldBe(["ETHUSDT", "BTCUSDT"]);

        var one = (await Get("/api/v3/exchangeInfo?symbol=BTCUSDT")).GetProperty("symbols")[0];
        var filters = one.GetProperty("filters").EnumerateArray().ToDictionary(filter => filter.GetProperty("filterType").GetString()!);
        filters["PRICE_FILTER"].GetProperty("tickSize").GetString().ShouldBe("0.01000000");
        filters["LOT_SIZE"].GetProperty("stepSize").GetString().ShouldBe("0.00001000");
        filters["NOTIONAL"].GetProperty("minNotional").GetString().ShouldBe("5.00000000");
    }

    [Fact]
    public async Task The_last_trades_oldest_first_and_ending_now()
    {
        var trades = (await Get("/api/v3/trades?symbol=ETHUSDT&limit=50")).EnumerateArray().ToList();
        var last = Market("ETHUSDT").LastTrade(Ms(Morning))!.Value;

        trades.Count.ShouldBe(50);
        trades[^1].GetProperty("id").GetInt64().ShouldBe(last.LastTrade);
        trades.Zip(trades.Skip(1)).ShouldAllBe(pair => pair.Second.GetProperty("id").GetInt64() == pair.First.GetProperty("id").GetInt64() + 1);
        Number(trades[^1], "quoteQty").ShouldBe(Number(trades[^1], "price") * Number(trades[^1], "qty"));
    }

    [Fact]
    public async Task Aggregate_trades_by_id_that_go_on_where_the_page_before_ended()
    {
        var from = Market().LastTrade(Ms(Morning) - 3_600_000)!.Value.Id;

        var first = (await Get($"/api/v3/aggTrades?symbol=BTCUSDT&fromId={from}&limit=1000")).EnumerateArray().ToList();
        var second = (await Get($"/api/v3/aggTrades?symbol=BTCUSDT&fromId={from + 1_000}&limit=1000")).EnumerateArray().ToList();
        var together = first.Concat(second).ToList();

        together[0].GetProperty("a").GetInt64().ShouldBe(from);
        together.Zip(together.Skip(1)).ShouldAllBe(pair => pair.Second.GetProperty("a").GetInt64() == pair.First.GetProperty("a").GetInt64() + 1);
        (await Get($"/api/v3/aggTrades?symbol=BTCUSDT&fromId={long.MaxValue}")).GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Aggregate_trades_of_a_minute_that_make_up_its_candle()
    {
        var open = (Ms(Morning) / 60_000 * 60_000) - 60_000;

        var trades = (await Get($"/api/v3/aggTrades?symbol=BTCUSDT&startTime={open}&endTime={open + 59_999}&limit=1000")).EnumerateArray().ToList();
        var candle = (await Get($"/api/v3/klines?symbol=BTCUSDT&interval=1m&startTime={open}&limit=1"))[0];

        Number(trades[0], "p").ShouldBe(Number(candle[1]));
        trades.Max(trade => Number(trade, "p")).ShouldBe(Number(candle[2]));
        trades.Min(trade => Number(trade, "p")).ShouldBe(Number(candle[3]));
        Number(trades[^1], "p").ShouldBe(Number(candle[4]));
        trades.Sum(trade => Number(trade, "q")).ShouldBe(Number(candle[5]));
        trades.Sum(trade => Number(trade, "p") * Number(trade, "q")).ShouldBe(Number(candle[7]));
    }

    [Theory]
    [InlineData("", 100)]
    [InlineData("&limit=5", 5)]
    [InlineData("&limit=5000", OrderBook.Depth)]
    public async Task A_book_of_ordered_levels_around_the_best_prices(string limit, int levels)
    {
        var book = await Get($"/api/v3/depth?symbol=BTCUSDT{limit}");
        var best = await Get("/api/v3/ticker/bookTicker?symbol=BTCUSDT");
        var bids = book.GetProperty("bids").EnumerateArray().Select(level => Number(level[0])).ToList();
        var asks = book.GetProperty("asks").EnumerateArray().Select(level => Number(level[0])).ToList();

        (bids.Count, asks.Count).ShouldBe((levels, levels));
        bids.Zip(bids.Skip(1)).ShouldAllBe(pair => pair.First > pair.Second);
        asks.Zip(asks.Skip(1)).ShouldAllBe(pair => pair.First < pair.Second);
        bids[0].ShouldBeLessThan(asks[0]);
        (bids[0], asks[0]).ShouldBe((Number(best, "bidPrice"), Number(best, "askPrice")));
    }

    [Fact]
    public async Task Statistics_of_a_day_for_one_several_and_all()
    {
        var one = await Get("/api/v3/ticker/24hr?symbol=BTCUSDT");
        (one.GetProperty("closeTime").GetInt64() - one.GetProperty("openTime").GetInt64()).ShouldBe(86_400_000);
        (Number(one, "lastPrice") - Number(one, "openPrice")).ShouldBe(Number(one, "priceChange"));
        Number(one, "weightedAvgPrice").ShouldBeInRange(Number(one, "lowPrice"), Number(one, "highPrice"));
        one.GetProperty("count").GetInt64().ShouldBe(one.GetProperty("lastId").GetInt64() - one.GetProperty("firstId").GetInt64() + 1);
        Number(one, "lastPrice").ShouldBe(Number(await Get("/api/v3/ticker/price?symbol=BTCUSDT"), "price"));

        (await Get("/api/v3/ticker/24hr?symbols=[\"BTCUSDT\",\"SHIBUSDT\"]&type=MINI")).EnumerateArray().ShouldAllBe(ticker => ticker.EnumerateObject().Count() == 12);
        (await Get("/api/v3/ticker/24hr")).GetArrayLength().ShouldBe(3);
        (await Get("/api/v3/ticker/price")).GetArrayLength().ShouldBe(3);
    }

    [Fact]
    public async Task A_mean_price_of_five_minutes()
    {
        var mean = await Get("/api/v3/avgPrice?symbol=ETHUSDT");

        mean.GetProperty("mins").GetInt32().ShouldBe(5);
        Number(mean, "price").ShouldBeInRange(Number(await Get("/api/v3/ticker/24hr?symbol=ETHUSDT"), "lowPrice"), Number(await Get("/api/v3/ticker/24hr?symbol=ETHUSDT"), "highPrice"));
    }

    static decimal Number(JsonElement of, string name) => Number(of.GetProperty(name));

    static decimal Number(JsonElement value) => decimal.Parse(value.GetString()!, CultureInfo.InvariantCulture);
}
