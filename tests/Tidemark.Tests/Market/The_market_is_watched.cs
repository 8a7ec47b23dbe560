using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Tidemark.Market.Candles;
using Tidemark.Platform.Realtime;
using Tidemark.Quant.Series;
using Tidemark.Running;

namespace Tidemark.Market;

public sealed class The_market_is_watched(The_market_is_watched.Watching server) : IClassFixture<The_market_is_watched.Watching>
{
    public sealed class Watching(TestPostgres postgres) : RunningServer(postgres), IAsyncLifetime
    {
        protected override IReadOnlyDictionary<string, string?> Settings { get; } = new Dictionary<string, string?>
        {
            ["MARKET_SOURCE"] = "simulated",
            ["TRADING_PAIRS"] = "BTC/USDT,ETH/USDT",
            ["FETCH_START_DATE"] = DateTime.UtcNow.AddDays(-9).ToString("yyyy-MM-dd"),
            ["ALLOW_UNAUTHENTICATED_API"] = "true",
        };

        async ValueTask IAsyncLifetime.InitializeAsync()
        {
            await InitializeAsync();
            await Until("/api/v1/markets", data => data.GetProperty("markets").EnumerateArray().All(market => market.GetProperty("price").ValueKind == JsonValueKind.Number && Stage(market) == "upToDate"));
        }

        public async Task<JsonElement> Until(string path, Func<JsonElement, bool> holds)
        {
            for (var attempt = 0; ; attempt++)
            {
                var answer = await Http.Get(path);
                if (answer.Status == 200 && holds(answer.Data))
                {
                    return answer.Data;
                }
                attempt.ShouldBeLessThan(300, $"{path} never became what was waited for: {answer.Body}");
                await Task.Delay(200);
            }
        }

        public static string? Stage(JsonElement market) => market.GetProperty("loading") is { ValueKind: JsonValueKind.Object } loading ? loading.GetProperty("stage").GetString() : null;
    }

    [Fact]
    public async Task The_watch_list_tells_prices_where_they_come_from_and_how_old_they_are()
    {
        // The book follows the prices by a moment.
        var overview = await server.Until("/api/v1/markets", static data => data.GetProperty("markets")[0].GetProperty("bid").ValueKind == JsonValueKind.Number);

        overview.GetProperty("source").GetString().ShouldBe("simulator");
        overview.GetProperty("provenance").GetString().ShouldBe("synthetic");
        overview.GetProperty("reason").GetString()!.ShouldContain("no exchange is connected");
        overview.GetProperty("markets").EnumerateArray().Select(market => market.GetProperty("symbol").GetString()).ShouldBe(["BTC/USDT", "ETH/USDT"]);
        var bitcoin = overview.GetProperty("markets")[0];
        double Number(string name) => bitcoin.GetProperty(name).GetDouble();
        Number("low24h").ShouldBeLessThanOrEqualTo(Number("price"));
        Number("high24h").ShouldBeGreaterThanOrEqualTo(Number("price"));
        Number("bid").ShouldBeLessThan(Number("ask"));
        bitcoin.GetProperty("sparkline").GetArrayLength().ShouldBeInRange(46, 48);
        (DateTimeOffset.UtcNow - bitcoin.GetProperty("lastClosedAt").GetDateTimeOffset()).ShouldBeLessThan(TimeSpan.FromMinutes(3));
    }

    [Fact]
    public async Task Changes_are_against_the_stored_price_of_then()
    {
        var bitcoin = (await server.Http.Get("/api/v1/markets/BTC-USDT")).Data;
        var store = server.Services.GetRequiredService<CandleStore>();
        var then = bitcoin.GetProperty("at").GetDateTimeOffset().AddDays(-1);
        var minutes = await store.Load(new(Exchanges.MarketConnection.Simulated, new("BTC", "USDT"), Timeframe.M1), then.AddMinutes(-4), then.AddMinutes(2), default);

        var before = bitcoin.GetProperty("price").GetDouble() / (1 + bitcoin.GetProperty("change24h").GetDouble());

        minutes.Closes.ToArray().ShouldContain(close => Math.Abs(close - before) < 0.01);
    }

    [Fact]
    public async Task Every_timeframe_is_there_with_the_candle_that_forms()
    {
        foreach (var timeframe in Timeframe.Standard)
        {
            var answer = await server.Until($"/api/v1/candles/BTC-USDT/{timeframe}?limit=3", data => data.GetProperty("forming").ValueKind == JsonValueKind.Array);

            var closed = answer.GetProperty("candles");
            closed.GetArrayLength().ShouldBe(3);
            answer.GetProperty("forming")[0].GetInt64().ShouldBe(closed[2][0].GetInt64() + timeframe.Milliseconds);
        }
    }

    [Fact]
    public async Task Book_trades_and_ticker_come_from_the_exchange()
    {
        var book = (await server.Http.Get("/api/v1/orderbook/BTC-USDT?depth=5")).Data;
        var trades = (await server.Http.Get("/api/v1/trades/BTCUSDT?limit=10")).Data;
        var ticker = (await server.Http.Get("/api/v1/ticker/BTC-USDT")).Data;
        var exchange = (await server.Http.Get("/api/v1/exchanges")).Data[0];

        book.GetProperty("bids").GetArrayLength().ShouldBe(5);
        book.GetProperty("bids")[0][0].GetDecimal().ShouldBeLessThan(book.GetProperty("asks")[0][0].GetDecimal());
        trades.GetProperty("trades").EnumerateArray().Select(trade => trade.GetProperty("id").GetInt64()).ShouldBeInOrder(SortDirection.Descending);
        ticker.GetProperty("low24h").GetDecimal().ShouldBeLessThanOrEqualTo(ticker.GetProperty("last").GetDecimal());
        ticker.GetProperty("provenance").GetString().ShouldBe("synthetic");
        exchange.GetProperty("state").GetString().ShouldBe("healthy");
        exchange.GetProperty("latencyMs").GetDouble().ShouldBeGreaterThan(0);
        exchange.GetProperty("weightLimit").GetInt32().ShouldBe(6_000);
        (await server.Http.Get("/api/v1/orderbook/NOPE-USDT")).Code.ShouldBe("INVALID_SYMBOL");
        (await server.Http.Get("/api/v1/orderbook/BTC-USDT?depth=0")).Code.ShouldBe("VALIDATION_FAILED");
    }

    [Fact]
    public async Task Indicators_are_those_of_the_registry_at_the_candles_they_belong_to()
    {
        var catalogue = (await server.Http.Get("/api/v1/indicators")).Data;
        var candles = (await server.Http.Get("/api/v1/candles/ETH-USDT/5m?limit=400&to=2099-01-01T00:00:00Z")).Data.GetProperty("candles");
        var answer = (await server.Http.Get("/api/v1/indicators/ETH-USDT/5m?use=SMA(20)&use=macd&limit=100")).Data;

        catalogue.GetArrayLength().ShouldBeGreaterThan(80);
        answer.GetProperty("times").EnumerateArray().Select(time => time.GetInt64()).ShouldBe(candles.EnumerateArray().Skip(300).Select(row => row[0].GetInt64()));
        var average = answer.GetProperty("indicators")[0];
        average.GetProperty("use").GetString().ShouldBe("SMA(20)");
        average.GetProperty("outputs")[0].GetProperty("values")[99].GetDouble().ShouldBe(candles.EnumerateArray().TakeLast(20).Average(row => row[4].GetDouble()), 1e-6);
        answer.GetProperty("indicators")[1].GetProperty("use").GetString().ShouldBe("MACD(12, 26, 9)");
        answer.GetProperty("indicators")[1].GetProperty("placement").GetString().ShouldBe("pane");
    }

    [Theory]
    [InlineData("use=NOPE(3)", "no indicator NOPE")]
    [InlineData("use=SMA(0)", "SMA")]
    [InlineData("use=SMA(20", "brackets")]
    [InlineData("use=SMA(x)", "SMA")]
    public async Task An_indicator_that_cannot_be_computed_is_named(string query, string words)
    {
        var answer = await server.Http.Get($"/api/v1/indicators/ETH-USDT/5m?{query}");

        answer.Code.ShouldBe("VALIDATION_FAILED");
        answer.Body.GetProperty("error").GetProperty("message").GetString()!.ShouldContain(words);
    }

    [Fact]
    public async Task What_moves_is_told_on_its_channels()
    {
        await using var talker = await Talker.Connect(server.Address);
        await talker.Subscribe("prices");
        await talker.Subscribe("candles:BTC/USDT:1m");

        var price = await Message(talker, "prices", data => data.GetProperty("prices").GetArrayLength() >= 2);
        var candle = await Message(talker, "candles:BTC/USDT:1m", _ => true);

        price.GetProperty("prices").EnumerateArray().Select(one => one.GetProperty("symbol").GetString()).Take(2).ShouldBe(["BTC/USDT", "ETH/USDT"]);
        candle.GetProperty("candle").GetArrayLength().ShouldBe(6);
        candle.GetProperty("provenance").GetString().ShouldBe("synthetic");
        candle.GetProperty("isClosed").ValueKind.ShouldBeOneOf(JsonValueKind.False, JsonValueKind.True);
    }

    [Fact]
    public async Task Who_looks_at_a_market_is_told_its_book_and_its_trades()
    {
        await using var talker = await Talker.Connect(server.Address);
        await talker.Subscribe("market:BTC/USDT");

        var book = await Message(talker, "market:BTC/USDT", _ => true);

        book.GetProperty("bids").GetArrayLength().ShouldBe(20);
        book.GetProperty("bids")[0][0].GetDecimal().ShouldBeLessThan(book.GetProperty("asks")[0][0].GetDecimal());
        book.GetProperty("provenance").GetString().ShouldBe("synthetic");
        (await server.Http.Get("/api/v1/markets/BTC-USDT?source=nowhere")).Code.ShouldBe("UNKNOWN_SOURCE");
    }

    [Theory]
    [InlineData("/api/v1/candles/BTC-USDT/1d?from=9999-12-31T00:00:00Z")]
    [InlineData("/api/v1/candles/BTC-USDT/1m?to=0001-01-02T00:00:00Z")]
    [InlineData("/api/v1/data/historical?symbol=BTC-USDT&to=0001-01-01T00:00:00Z")]
    [InlineData("/api/v1/indicators/BTC-USDT/1h?use=RSI&to=0001-01-01T00:00:00Z")]
    public async Task Times_beyond_all_markets_are_refused(string path) =>
        (await server.Http.Get(path)).Code.ShouldBe("VALIDATION_FAILED");

    static async Task<JsonElement> Message(Talker talker, string channel, Func<JsonElement, bool> isWanted)
    {
        while (true)
        {
            var frame = await talker.Hear("message");
            if (frame.GetProperty("channel").GetString() == channel && isWanted(frame.GetProperty("data")))
            {
                return frame.GetProperty("data");
            }
        }
    }

    [Fact]
    public async Task An_operator_decides_what_is_watched_and_from_when()
    {
        var first = DateTime.UtcNow.AddDays(-2).ToString("yyyy-MM-dd");

        var added = await server.Http.Post("/api/v1/symbols", new { symbol = "solusdt", fetchStartDate = first });
        var loaded = await server.Until("/api/v1/symbols", data => data.EnumerateArray().Any(symbol => symbol.GetProperty("symbol").GetString() == "SOL/USDT" && symbol.GetProperty("minutes").GetInt64() > 2_880));
        var stranger = await server.Http.Post("/api/v1/symbols", new { symbol = "NOPE/USDT" });
        var early = await server.Http.Post("/api/v1/symbols", new { symbol = "ADA/USDT", fetchStartDate = "1999-01-01" });
        var left = await server.Http.Patch("/api/v1/symbols/SOL-USDT", new { active = false });

        added.Data.GetProperty("active").GetBoolean().ShouldBeTrue();
        added.Data.GetProperty("fetchStartDate").GetString().ShouldBe(first);
        loaded.EnumerateArray().Single(symbol => symbol.GetProperty("symbol").GetString() == "SOL/USDT").GetProperty("firstOpen").GetDateTimeOffset().ShouldBe(DateTimeOffset.Parse(first + "T00:00:00Z"));
        stranger.Body.GetProperty("error").GetProperty("message").GetString()!.ShouldContain("does not trade");
        early.Code.ShouldBe("VALIDATION_FAILED");
        left.Data.GetProperty("active").GetBoolean().ShouldBeFalse();
        await server.Until("/api/v1/markets", data => data.GetProperty("markets").GetArrayLength() == 2);
    }
}
