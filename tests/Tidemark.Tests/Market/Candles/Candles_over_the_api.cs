using Microsoft.Extensions.DependencyInjection;
using Tidemark.Quant.Series;
using Tidemark.Running;
using static Tidemark.Market.MadeUpCandles;

namespace Tidemark.Market.Candles;

public sealed class Candles_over_the_api(Candles_over_the_api.Stocked server) : IClassFixture<Candles_over_the_api.Stocked>
{
    static readonly CandleSeries Hours = MadeUpCandles.Of(1_000, timeframe: Timeframe.H1);

    public sealed class Stocked(TestPostgres postgres) : RunningServer(postgres), IAsyncLifetime
    {
        async ValueTask IAsyncLifetime.InitializeAsync()
        {
            await base.InitializeAsync();
            var store = Services.GetRequiredService<CandleStore>();
            await store.Save(new(MadeUpCandles.Source, Bitcoin, Timeframe.H1), Hours.Without(candle => Hours.IndexAtOrAfter(candle.OpenTime) is >= 100 and < 300).All(), default);
            await store.Save(new(new("binance", Provenance.Recorded), Bitcoin, Timeframe.H1), MadeUpCandles.Of(24, timeframe: Timeframe.H1, seed: 5).All(), default);
        }
    }

    [Theory]
    [InlineData("BTC-USDT")]
    [InlineData("BTCUSDT")]
    [InlineData("BTC%2FUSDT")]
    [InlineData("BTC/USDT")]
    [InlineData("BINANCE:BTCUSDT")]
    [InlineData("btc_usdt")]
    public async Task A_symbol_may_be_written_in_any_way(string symbol)
    {
        var answer = await server.Http.Get($"/api/v1/candles/{symbol}/1h?limit=2&source=simulator");

        answer.Status.ShouldBe(200);
        answer.Data.GetProperty("symbol").GetString().ShouldBe("BTC/USDT");
        answer.Data.GetProperty("candles").GetArrayLength().ShouldBe(2);
    }

    [Fact]
    public async Task Rows_are_milliseconds_prices_and_volume_with_where_they_come_from()
    {
        var answer = await server.Http.Get("/api/candles/BTC-USDT/1h?limit=1&source=simulator");

        var last = Hours[999];
        answer.Data.GetProperty("candles")[0].EnumerateArray().Select(number => number.GetDouble()).ShouldBe([last.OpenTime, last.Open, last.High, last.Low, last.Close, last.Volume]);
        answer.Data.GetProperty("candles")[0][0].GetRawText().ShouldBe(last.OpenTime.ToString());
        answer.Data.GetProperty("provenance").GetString().ShouldBe("synthetic");
        answer.Data.GetProperty("source").GetString().ShouldBe("simulator");
        answer.Data.GetProperty("closedAt").GetDateTimeOffset().ShouldBe(Start.AddHours(1_000));
    }

    [Fact]
    public async Task Unasked_the_realest_source_answers()
    {
        var answer = await server.Http.Get("/api/v1/candles/BTC-USDT/1h");

        answer.Data.GetProperty("source").GetString().ShouldBe("binance");
        answer.Data.GetProperty("count").GetInt32().ShouldBe(24);
    }

    [Fact]
    public async Task A_dollar_pair_that_nobody_trades_is_answered_by_its_proxy()
    {
        var answer = await server.Http.Get("/api/v1/candles/BTC-USD/1h?limit=1");

        answer.Data.GetProperty("quoteSubstituted").GetBoolean().ShouldBeTrue();
        answer.Data.GetProperty("symbol").GetString().ShouldBe("BTC/USDT");
    }

    [Theory]
    [InlineData("from=2025-01-03&limit=250", 48, 250)]
    [InlineData("to=2025-01-15T00:00:00Z&limit=100", 36, 100)]
    [InlineData("from=2025-01-02&to=2025-01-02T05:00:00Z", 24, 5)]
    [InlineData("from=2025-03-01", 0, 0)]
    public async Task A_range_is_answered_across_gaps(string query, int first, int count)
    {
        var answer = await server.Http.Get($"/api/v1/candles/BTC-USDT/1h?source=simulator&{query}");

        answer.Data.GetProperty("count").GetInt32().ShouldBe(count);
        if (count > 0)
        {
            answer.Data.GetProperty("candles")[0][0].GetInt64().ShouldBe(Hours.Times[first]);
        }
    }

    [Theory]
    [InlineData("/api/v1/candles/NOPE-USDT/1h", 404, "INVALID_SYMBOL")]
    [InlineData("/api/v1/candles/%20/1h", 404, "INVALID_SYMBOL")]
    [InlineData("/api/v1/candles/BTC-USDT/7m", 400, "INVALID_TIMEFRAME")]
    [InlineData("/api/v1/candles/BTC-USDT/1h?limit=0", 400, "VALIDATION_FAILED")]
    [InlineData("/api/v1/candles/BTC-USDT/1h?source=kraken", 404, "UNKNOWN_SOURCE")]
    [InlineData("/api/v1/candles/BTC-USDT/1h?from=2025-02-01&to=2025-01-01", 400, "VALIDATION_FAILED")]
    [InlineData("/api/v1/candles/BTC-USDT/1h?from=yesterday", 400, "VALIDATION_FAILED")]
    [InlineData("/api/v1/data/historical", 400, "BAD_REQUEST")]
    [InlineData("/api/v1/data/historical?symbol=BTC-USD&interval=1m&from=2020-01-01", 400, "VALIDATION_FAILED")]
    public async Task A_question_that_cannot_be_answered_says_why(string path, int status, string code)
    {
        var answer = await server.Http.Get(path);

        (answer.Status, answer.Code).ShouldBe((status, code));
    }

    [Fact]
    public async Task History_is_told_in_the_documented_words()
    {
        var answer = await server.Http.Get("/api/data/historical?symbol=BTC-USD&from=2025-01-01&to=2025-01-02&interval=1h&source=SIMULATOR");

        var data = answer.Data;
        data.GetProperty("symbol").GetString().ShouldBe("BTC-USD");
        data.GetProperty("interval").GetString().ShouldBe("1h");
        data.GetProperty("source").GetString().ShouldBe("SIMULATOR");
        data.GetProperty("dataPoints").GetInt32().ShouldBe(24);
        data.GetProperty("data")[1].GetProperty("timestamp").GetDateTimeOffset().ShouldBe(Start.AddHours(1));
        data.GetProperty("data")[1].EnumerateObject().Select(field => field.Name).ShouldBe(["timestamp", "open", "high", "low", "close", "volume"]);
        data.GetProperty("provenance").GetString().ShouldBe("synthetic");
    }

    [Fact]
    public async Task Quality_is_told_for_each_series()
    {
        var answer = await server.Http.Get("/api/v1/data-quality?symbol=BTC-USDT");

        answer.Meta.GetProperty("count").GetInt32().ShouldBe(2);
        var simulated = answer.Data.EnumerateArray().Single(series => series.GetProperty("source").GetString() == "simulator");
        simulated.GetProperty("missing").GetInt32().ShouldBe(200);
        simulated.GetProperty("score").GetDouble().ShouldBe(80);
    }
}
