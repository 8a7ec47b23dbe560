using System.Net;
using System.Text.Json;
using Tidemark.Simulator.Streams;

namespace Tidemark.Simulator.Faults;

public sealed class Faults_strike_on_command : ExchangeTest
{
    const string Klines = "/api/v3/klines?symbol=BTCUSDT&interval=1m&limit=100";

    [Fact]
    public async Task A_server_error_strikes_as_often_as_told_and_where_told()
    {
        Server.Faults.Inject(new(FaultKind.ServerError) { On = "klines", Times = 2, Status = 502 });

        (await Try("/api/v3/ping")).Status.ShouldBe(HttpStatusCode.OK);
        (await Try(Klines)).Status.ShouldBe(HttpStatusCode.BadGateway);
        (await Try(Klines)).Status.ShouldBe(HttpStatusCode.BadGateway);
        (await Try(Klines)).Status.ShouldBe(HttpStatusCode.OK);
        Server.Faults.Struck[FaultKind.ServerError].ShouldBe(2);
        Server.Sightings.Answers[502].ShouldBe(2);
        Server.Sightings.Requests["/api/v3/klines"].ShouldBe(3);
    }

    [Theory]
    [InlineData(FaultKind.TooManyRequests, 429)]
    [InlineData(FaultKind.Ban, 418)]
    public async Task Refusals_say_when_to_come_back(FaultKind kind, int status)
    {
        Server.Faults.Inject(new(kind) { Times = 1, RetryAfter = 7 });

        var (answered, _, answer) = await Try("/api/v3/ping");

        answered.ShouldBe((HttpStatusCode)status);
        answer.Headers.RetryAfter!.Delta.ShouldBe(TimeSpan.FromSeconds(7));
    }

    [Fact]
    public async Task A_ban_lasts_and_requests_inside_it_are_counted()
    {
        Server.Faults.Inject(new(FaultKind.Ban) { Times = 1, RetryAfter = 10 });
        await Try("/api/v3/ping");
        (await Try("/api/v3/ping")).Status.ShouldBe((HttpStatusCode)418);
        Server.Sightings.RequestsInsideBans.ShouldBe(0, "It may have been on its way when the ban began.");

        Time.Advance(TimeSpan.FromSeconds(2));
        (await Try("/api/v3/ping")).Status.ShouldBe((HttpStatusCode)418);
        Time.Advance(TimeSpan.FromSeconds(9));
        (await Try("/api/v3/ping")).Status.ShouldBe(HttpStatusCode.OK);
        Server.Sightings.RequestsInsideBans.ShouldBe(1);
    }

    [Fact]
    public async Task A_cut_connection_gives_no_answer()
    {
        Server.Faults.Inject(new(FaultKind.Disconnect) { On = "ping", Times = 1 });

        await Should.ThrowAsync<HttpRequestException>(() => Http.GetAsync(new Uri("/api/v3/ping", UriKind.Relative)));
        Server.Sightings.Answers[0].ShouldBe(1);
    }

    [Fact]
    public async Task A_slow_answer_comes_late()
    {
        Server.Faults.Inject(new(FaultKind.Slow) { Times = 1, Delay = TimeSpan.FromSeconds(3) });

        var answer = Try("/api/v3/ping");
        while (!answer.IsCompleted)
        {
            await Task.Delay(5);
            Time.Advance(TimeSpan.FromMilliseconds(100));
        }

        (await answer).Status.ShouldBe(HttpStatusCode.OK);
        (Time.GetUtcNow() - Morning).ShouldBeGreaterThanOrEqualTo(TimeSpan.FromSeconds(3));
    }

    [Fact]
    public async Task A_wrong_clock_is_wrong_by_the_amount_until_the_fault_is_over()
    {
        Server.Faults.Inject(new(FaultKind.ClockSkew) { Lasts = TimeSpan.FromSeconds(30), Skew = TimeSpan.FromSeconds(-4) });

        (await Get("/api/v3/time")).GetProperty("serverTime").GetInt64().ShouldBe(Ms(Morning) - 4_000);
        Time.Advance(TimeSpan.FromSeconds(30));
        (await Get("/api/v3/time")).GetProperty("serverTime").GetInt64().ShouldBe(Ms(Morning) + 30_000);
    }

    [Fact]
    public async Task Rows_get_lost_come_twice_and_change_places()
    {
        var good = await Times();
        Server.Faults.Inject(new(FaultKind.Gap) { On = "klines", Chance = 0.2 });
        (await Times()).Count.ShouldBeLessThan(good.Count);

        Server.Faults.Clear();
        Server.Faults.Inject(new(FaultKind.Duplicate) { On = "klines", Chance = 0.2 });
        var twice = await Times();
        (twice.Count > good.Count && twice.Distinct().SequenceEqual(good)).ShouldBeTrue();

        Server.Faults.Clear();
        Server.Faults.Inject(new(FaultKind.Reorder) { On = "klines", Chance = 0.2 });
        var mixed = await Times();
        mixed.ShouldNotBe(good);
        mixed.ShouldBe(good, ignoreOrder: true);

        Server.Faults.Clear();
        (await Times()).ShouldBe(good);
    }

    [Fact]
    public async Task Bad_candles_hold_what_cannot_be()
    {
        Server.Faults.Inject(new(FaultKind.BadCandle) { On = "klines" });

        foreach (var row in (await Get(Klines)).EnumerateArray())
        {
            var (open, high, low, close, volume) = (Number(row[1]), Number(row[2]), Number(row[3]), Number(row[4]), Number(row[5]));
            (high < low || open > high || close < low || close <= 0 || volume < 0).ShouldBeTrue();
        }
    }

    [Fact]
    public async Task A_stalled_stream_says_nothing_and_then_goes_on()
    {
        using var listener = await Listener.To(Server, "/ws/btcusdt@kline_1m");
        await listener.Ask("""{"method":"LIST_SUBSCRIPTIONS","id":0}""");
        Server.Faults.Inject(new(FaultKind.Stall) { On = "kline", Times = 1 });
        Time.Advance(TimeSpan.FromSeconds(40));
        while (!Server.Faults.Struck.ContainsKey(FaultKind.Stall))
        {
            await Task.Delay(5);
        }

        Time.Advance(TimeSpan.FromSeconds(60));

        var first = (await listener.Hear()).GetProperty("k");
        first.GetProperty("t").GetInt64().ShouldBe((Ms(Morning) / 60_000 * 60_000) + 60_000);
    }

    [Fact]
    public async Task Streams_can_be_cut_and_new_ones_refused()
    {
        using var listener = await Listener.To(Server, "/ws/btcusdt@trade");
        await listener.Ask("""{"method":"LIST_SUBSCRIPTIONS","id":0}""");
        Server.Faults.Inject(new(FaultKind.Disconnect) { On = "stream", Times = 1 });
        Server.Faults.Inject(new(FaultKind.RefuseConnection) { Times = 1 });
        Time.Advance(TimeSpan.FromMilliseconds(100));

        (await listener.HearText()).ShouldBeEmpty();
        await Should.ThrowAsync<System.Net.WebSockets.WebSocketException>(() => Listener.To(Server, "/ws/btcusdt@trade"));
        (await Listener.To(Server, "/ws/btcusdt@trade")).Dispose();
    }

    async Task<List<long>> Times() => [.. (await Get(Klines)).EnumerateArray().Select(row => row[0].GetInt64())];

    static decimal Number(JsonElement text) => decimal.Parse(text.GetString()!, System.Globalization.CultureInfo.InvariantCulture);
}
