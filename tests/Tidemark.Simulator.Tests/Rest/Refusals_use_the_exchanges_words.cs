using System.Globalization;
using System.Net;

namespace Tidemark.Simulator.Rest;

public sealed class Refusals_use_the_exchanges_words : ExchangeTest
{
    [Theory]
    [InlineData("klines?symbol=NOPEUSDT&interval=1m", -1121, "Invalid symbol.")]
    [InlineData("klines?symbol=btcusdt&interval=1m", -1100, "Illegal characters found in parameter 'symbol'; legal range is '^[A-Z0-9-_.]{1,20}$'.")]
    [InlineData("klines?interval=1m", -1102, "Mandatory parameter 'symbol' was not sent, was empty/null, or malformed.")]
    [InlineData("klines?symbol=&interval=1m", -1105, "Parameter 'symbol' was empty.")]
    [InlineData("klines?symbol=BTCUSDT", -1102, "Mandatory parameter 'interval' was not sent, was empty/null, or malformed.")]
    [InlineData("klines?symbol=BTCUSDT&interval=1H", -1120, "Invalid interval.")]
    [InlineData("klines?symbol=BTCUSDT&interval=1m&limit=many", -1100, "Illegal characters found in parameter 'limit'; legal range is '^[0-9]{1,20}$'.")]
    [InlineData("klines?symbol=BTCUSDT&interval=1m&limit=0", -1130, "Data sent for parameter 'limit' is not valid.")]
    [InlineData("klines?symbol=BTCUSDT&interval=1m&startTime=-5", -1100, "Illegal characters found in parameter 'startTime'; legal range is '^[0-9]{1,20}$'.")]
    [InlineData("klines?symbol=BTCUSDT&interval=1m&colour=red", -1104, "Not all sent parameters were read; read '2' parameter(s) but was sent '3'.")]
    [InlineData("klines?symbol=BTCUSDT&symbol=ETHUSDT&interval=1m", -1101, "Duplicate values for a parameter detected.")]
    [InlineData("klines?symbol=BTCUSDT&interval=1d&timeZone=15", -1130, "Data sent for parameter 'timeZone' is not valid.")]
    [InlineData("time?now=1", -1101, "Too many parameters; expected '0' and received '1'.")]
    [InlineData("exchangeInfo?symbols=[\"BTCUSDT\",\"NOPE\"]", -1121, "Invalid symbol.")]
    [InlineData("ticker/price?symbol=BTCUSDT&symbols=[\"BTCUSDT\"]", -1128, "Combination of optional parameters invalid.")]
    [InlineData("ticker/price?symbols=[\"BTCUSDT\",\"BTCUSDT\"]", -1151, "Symbol is present multiple times in the list.")]
    [InlineData("ticker/24hr?symbol=BTCUSDT&type=HUGE", -1139, "Invalid ticker type.")]
    [InlineData("ticker/24hr?symbol=BTCUSDT&symbolStatus=HALT", -1220, "The symbol's status does not match the requested symbolStatus.")]
    [InlineData("aggTrades?symbol=BTCUSDT&fromId=1&startTime=1", -1128, "Combination of optional parameters invalid.")]
    public async Task Bad_parameters(string query, int code, string message)
    {
        var (status, body, _) = await Try($"/api/v3/{query}");

        status.ShouldBe(HttpStatusCode.BadRequest);
        body.ShouldBe($"{{\"code\":{code},\"msg\":\"{message}\"}}");
    }

    [Theory]
    [InlineData("ping", 1)]
    [InlineData("exchangeInfo", 20)]
    [InlineData("klines?symbol=BTCUSDT&interval=1m", 2)]
    [InlineData("aggTrades?symbol=BTCUSDT", 4)]
    [InlineData("trades?symbol=BTCUSDT", 25)]
    [InlineData("depth?symbol=BTCUSDT", 5)]
    [InlineData("depth?symbol=BTCUSDT&limit=500", 25)]
    [InlineData("depth?symbol=BTCUSDT&limit=1000", 50)]
    [InlineData("depth?symbol=BTCUSDT&limit=5000", 250)]
    [InlineData("ticker/24hr?symbol=BTCUSDT", 2)]
    [InlineData("ticker/24hr", 80)]
    [InlineData("ticker/price?symbol=BTCUSDT", 2)]
    [InlineData("ticker/bookTicker", 4)]
    public async Task Every_answer_tells_the_weight_used(string query, int weight)
    {
        var (_, _, answer) = await Try($"/api/v3/{query}");

        answer.Headers.GetValues("X-MBX-USED-WEIGHT-1M").Single().ShouldBe(weight.ToString(CultureInfo.InvariantCulture));
        Server.Sightings.HighestWeight.ShouldBe(weight);
    }
}

public sealed class Limits_are_kept : ExchangeTest
{
    internal override SimulatorOptions Options => base.Options with { Limits = new() { WeightAMinute = 10, RequestsAfterRefusal = 2 } };

    [Fact]
    public async Task Too_much_weight_is_refused_until_the_minute_is_over()
    {
        await Spend(10);

        var (status, body, answer) = await Try("/api/v3/ping");
        status.ShouldBe(HttpStatusCode.TooManyRequests);
        body.ShouldStartWith("{\"code\":-1003,\"msg\":\"Too much request weight used; current limit is 10 request weight per 1 MINUTE.");
        answer.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(30));

        Time.Advance(TimeSpan.FromSeconds(30));
        (await Try("/api/v3/ping")).Status.ShouldBe(HttpStatusCode.OK);
        Server.Sightings.RequestsInsideBans.ShouldBe(0);
        Server.Sightings.RequestsOverLimit.ShouldBe(1);
    }

    [Fact]
    public async Task Going_on_is_banned_longer_every_time()
    {
        await Spend(13);

        var (status, body, answer) = await Try("/api/v3/ping");
        status.ShouldBe((HttpStatusCode)418);
        body.ShouldContain($"IP banned until {Ms(Morning) + 120_000}.");
        answer.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromMinutes(2));

        Time.Advance(TimeSpan.FromSeconds(60));
        (await Try("/api/v3/ping")).Status.ShouldBe((HttpStatusCode)418);
        Server.Sightings.RequestsInsideBans.ShouldBe(1);

        Time.Advance(TimeSpan.FromSeconds(61));
        (await Try("/api/v3/ping")).Status.ShouldBe(HttpStatusCode.OK);
        await Spend(13);
        (await Try("/api/v3/ping")).Answer.Headers.RetryAfter!.Delta!.Value.ShouldBeGreaterThan(TimeSpan.FromMinutes(9));
    }

    async Task Spend(int requests)
    {
        for (var i = 0; i < requests; i++)
        {
            await Try("/api/v3/ping");
        }
    }
}
