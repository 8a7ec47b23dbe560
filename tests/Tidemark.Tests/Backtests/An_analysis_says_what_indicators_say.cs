using System.Xml.Linq;
using Tidemark.Backtests.Analysis;
using Tidemark.Quant.Indicators;
using Tidemark.Quant.Series;

namespace Tidemark.Backtests;

public sealed class An_analysis_says_what_indicators_say(LabServer server) : IClassFixture<LabServer>
{
    [Fact]
    public async Task The_documents_request_gets_the_documents_answer()
    {
        var candles = await server.Swing(Timeframe.D1, 200);
        await server.Swing(Timeframe.H1, 3_000);
        await server.Swing(Timeframe.H4, 900);
        using var who = await server.Trader();

        var data = (await who.Post("analysis/technical", """{"symbol":"BTC-USD","indicators":["RSI","MACD","BOLLINGER_BANDS"],"timeframes":["1h","4h","1d"],"period":"90d"}""")).Data;

        data.GetProperty("symbol").GetString().ShouldBe("BTC-USD");
        data.GetProperty("instrument").GetString().ShouldBe("BTC/USDT");
        data.GetProperty("quoteSubstituted").GetBoolean().ShouldBeTrue();
        data.GetProperty("timeframe").GetString().ShouldBe("1d");
        data.GetProperty("provenance").GetString().ShouldBe("synthetic");
        var readings = data.GetProperty("indicators");
        var rsi = Last(candles, "RSI", "rsi");
        readings.GetProperty("RSI").GetProperty("value").GetDouble().ShouldBe(rsi, 1e-6);
        readings.GetProperty("RSI").GetProperty("signal").GetString().ShouldBe(Reading.OfRsi(rsi));
        readings.GetProperty("MACD").GetProperty("histogram").GetDouble().ShouldBe(Last(candles, "MACD", "histogram"), 1e-6);
        readings.GetProperty("MACD").GetProperty("trend").GetString().ShouldBe(Last(candles, "MACD", "histogram") > 0 ? "BULLISH" : "BEARISH");
        var bands = readings.GetProperty("BOLLINGER_BANDS");
        bands.GetProperty("upper").GetDouble().ShouldBe(Last(candles, "BB", "upper"), 1e-6);
        bands.GetProperty("position").GetString().ShouldBe(Reading.OfBands(candles.Closes[^1], Last(candles, "BB", "lower"), Last(candles, "BB", "upper")));
        data.GetProperty("timestamp").GetDateTimeOffset().ToUnixTimeMilliseconds().ShouldBe(Timeframe.D1.CloseOf(candles.Times[^1]));
        data.GetProperty("timeframes").EnumerateObject().Select(one => one.Name).ShouldBe(["1h", "4h", "1d"]);
        data.GetProperty("timeframes").GetProperty("1d").GetProperty("data").GetProperty("text").GetString().ShouldBe("Data covers 90 of 90 candles.");

        var picture = await Picture(who, data.GetProperty("chartUrl").GetString()!);
        var words = picture.Descendants().Where(one => one.Name.LocalName == "text").Select(one => one.Value).ToList();
        words.ShouldContain("RSI(14)");
        words.ShouldContain(word => word.Contains("20", StringComparison.Ordinal) && word.Length >= 7 && word[4] == '-', "the axis of time has dates");
        words.ShouldContain("100", "the axis of prices has numbers");
    }

    [Theory]
    [InlineData(111, 90, 110, "ABOVE_UPPER")]
    [InlineData(107, 90, 110, "NEAR_UPPER")]
    [InlineData(100, 90, 110, "MIDDLE")]
    [InlineData(93, 90, 110, "NEAR_LOWER")]
    [InlineData(89, 90, 110, "BELOW_LOWER")]
    public void Where_the_close_stands_between_the_bands_is_said(double close, double lower, double upper, string position) =>
        Reading.OfBands(close, lower, upper).ShouldBe(position);

    [Fact]
    public async Task What_cannot_be_meant_is_refused_and_an_empty_period_is_no_success()
    {
        await server.Swing(Timeframe.M30, 50, until: server.Clock.GetUtcNow().AddDays(-20));
        using var who = await server.Trader();

        (await who.Post("analysis/technical", new { symbol = "BTC/USDT", indicators = new[] { "RSY" } })).Code.ShouldBe("VALIDATION_FAILED");
        (await who.Post("analysis/technical", new { symbol = "BTC/USDT", timeframes = new[] { "3m" } })).Code.ShouldBe("INVALID_TIMEFRAME");
        (await who.Post("analysis/technical", new { symbol = "BTC/USDT", period = "soon" })).Code.ShouldBe("VALIDATION_FAILED");
        (await who.Post("analysis/technical", new { symbol = "NO/PAIR" })).Code.ShouldBe("INVALID_SYMBOL");
        var empty = await who.Post("analysis/technical", new { symbol = "BTC/USDT", timeframes = new[] { "30m" }, period = "5d" });
        empty.Status.ShouldBe(409);
        empty.Code.ShouldBe("NO_CANDLES");
        empty.Body.GetProperty("error").GetProperty("message").GetString()!.ShouldContain("There are some from");
    }

    [Fact]
    public async Task A_picture_is_harmless_and_readable_on_both_grounds()
    {
        await server.Swing(Timeframe.H2, 700);
        using var who = await server.Trader();

        var answer = await who.Http.GetAsync(new Uri("/api/v1/analysis/technical/chart.svg?symbol=BTC-USDT&timeframe=2h&period=50d&indicators=EMA(20)&indicators=MACD&indicators=ICHIMOKU", UriKind.Relative), TestContext.Current.CancellationToken);
        answer.StatusCode.ShouldBe(System.Net.HttpStatusCode.Unauthorized);
        using var asked = new HttpRequestMessage(HttpMethod.Get, "/api/v1/analysis/technical/chart.svg?symbol=BTC-USDT&timeframe=2h&period=50d&indicators=EMA(20)&indicators=MACD&indicators=ICHIMOKU") { Headers = { { "Authorization", $"Bearer {who.Token}" } } };
        answer = await who.Http.SendAsync(asked, TestContext.Current.CancellationToken);
        var text = await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken);
        answer.Content.Headers.ContentType!.MediaType.ShouldBe("image/svg+xml");
        answer.Headers.GetValues("Content-Security-Policy").ShouldContain(policy => policy.Contains("default-src 'none'", StringComparison.Ordinal));
        text.ShouldContain("prefers-color-scheme:dark");
        text.ShouldNotContain("<script");
        text.ShouldNotContain("http://fonts");
        text.ShouldNotContain("NaN");
    }

    static async Task<XDocument> Picture(Accounts.Visitor who, string path)
    {
        using var asked = new HttpRequestMessage(HttpMethod.Get, path) { Headers = { { "Authorization", $"Bearer {who.Token}" } } };
        var answer = await who.Http.SendAsync(asked, TestContext.Current.CancellationToken);
        ((int)answer.StatusCode).ShouldBe(200);
        return XDocument.Parse(await answer.Content.ReadAsStringAsync(TestContext.Current.CancellationToken));
    }

    static double Last(CandleSeries candles, string indicator, string output)
    {
        var description = IndicatorRegistry.Find(indicator)!;
        var runner = description.StartOnCandles(description.With());
        var row = new double[description.Outputs.Count];
        for (var i = 0; i < candles.Count; i++)
        {
            runner.Next(candles[i], row);
        }
        return row[description.Outputs.ToList().FindIndex(one => one.Name == output)];
    }
}
