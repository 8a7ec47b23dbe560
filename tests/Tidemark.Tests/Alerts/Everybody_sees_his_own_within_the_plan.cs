using System.Net.WebSockets;
using System.Text;
using System.Text.Json;
using Tidemark.Accounts;
using Tidemark.Market;
using Tidemark.Platform.Api;

namespace Tidemark.Alerts;

public sealed class Everybody_sees_his_own_within_the_plan(AlertServer server) : IClassFixture<AlertServer>
{
    static object Above(double threshold, string symbol = "BTC/USDT") => new { symbol, condition = "PRICE_ABOVE", threshold };

    [Fact]
    public async Task Anothers_alerts_are_refused_and_an_admin_reads_them()
    {
        using var owner = await server.Trader();
        using var other = await server.Trader();
        using var admin = await Visitor.SignUp(server, Plan.Free, Role.Admin, byToken: true);
        var id = await server.Make(owner, Above(1_000_000));

        (await other.Get($"alerts/{owner.Id}")).Status.ShouldBe(403);
        (await other.Get($"alerts/{owner.Id}/{id}")).Status.ShouldBe(403);
        (await other.Get($"alerts/me/{id}")).Status.ShouldBe(404);
        (await other.Put($"alerts/me/{id}", Above(5))).Status.ShouldBe(404);
        (await other.Delete($"alerts/me/{id}")).Status.ShouldBe(404);
        (await other.Post("alerts", new { userId = owner.Id, symbol = "BTC/USDT", condition = "PRICE_ABOVE", threshold = 5 })).Status.ShouldBe(403);
        (await owner.Get($"alerts/{owner.Id}/{id}")).Status.ShouldBe(200);
        (await admin.Delete($"alerts/{owner.Id}/{id}")).Status.ShouldBeOneOf(403, 404);
        (await owner.Get($"alerts/me/{id}")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task Free_holds_three_on_its_symbol_with_prices_only()
    {
        using var who = await server.Trader(Plan.Free);
        await server.OpenMarket(new Symbol("ETH", "USDT"));
        for (var i = 0; i < 3; i++)
        {
            (await who.Post("alerts", Above(1_000_000 + i))).Status.ShouldBe(201);
        }

        (await who.Post("alerts", Above(2_000_000))).Code.ShouldBe("LIMIT_REACHED");
        (await who.Post("alerts", Above(5, "ETH/USDT"))).Code.ShouldBe("PLAN_REQUIRED");
        (await who.Post("alerts", new { symbol = "BTC/USDT", condition = "FORMULA", formula = "RSI(14) > 70" })).Code.ShouldBe("PLAN_REQUIRED");
        var standing = (await who.Get("access/alerts")).Data;
        standing.GetProperty("used").GetInt32().ShouldBe(3);
    }

    [Fact]
    public async Task What_a_smaller_plan_has_no_room_for_is_not_judged_and_says_why()
    {
        using var who = await server.Trader(Plan.Pro);
        var ids = new List<long>();
        for (var i = 0; i < 5; i++)
        {
            ids.Add(await server.Make(who, Above(500_000)));
        }
        await server.Execute($"UPDATE users SET plan = 'FREE' WHERE id = {who.Id}");

        var alerts = (await who.Get("alerts/me")).Data.GetProperty("alerts").EnumerateArray().OrderBy(alert => alert.GetProperty("id").GetInt64()).ToList();
        alerts.Take(3).ShouldAllBe(alert => alert.GetProperty("notJudged").ValueKind == JsonValueKind.Null);
        alerts.Skip(3).ShouldAllBe(alert => alert.GetProperty("notJudged").GetProperty("reason").GetString()!.Contains("room for 3", StringComparison.Ordinal));

        // The engine asks about plans again every half minute, and looks at the clock every second.
        server.Clock.Move(TimeSpan.FromSeconds(31));
        await Task.Delay(3_000);
        await server.Tick(499_999);
        await server.Tick(499_999);
        await server.Tick(500_001);
        await AlertServer.Until(async () => await server.Scalar<long>($"SELECT count(*) FROM alert_triggers WHERE user_id = {who.Id}") == 3, "three are told");
        await Task.Delay(200);
        (await server.Scalar<long>($"SELECT count(*) FROM alerts WHERE user_id = {who.Id} AND status = 'ACTIVE' AND id IN ({ids[3]}, {ids[4]})")).ShouldBe(2);
    }

    [Theory]
    [InlineData("""{"symbol":"BTC/USDT","condition":"FORMULA","formula":"RSY(14) > 30"}""", "formula", "did you mean RSI")]
    [InlineData("""{"symbol":"BTC/USDT","condition":"FORMULA","formula":"RSI(14)"}""", "formula", "a number")]
    [InlineData("""{"symbol":"BTC/USDT","condition":"INDICATOR_ABOVE","metadata":{"indicator":"RSX","value":70}}""", "metadata", "unknown")]
    [InlineData("""{"symbol":"BTC/USDT","condition":"PRICE_ABOVE"}""", "threshold", "needs one")]
    [InlineData("""{"symbol":"BTC/USDT","condition":"PRICE_ABOVE","threshold":-1}""", "threshold", "above 0")]
    [InlineData("""{"symbol":"BTC/USDT","condition":"PERCENT_UP","threshold":5}""", "windowMinutes", "needs a window")]
    [InlineData("""{"symbol":"BTC/USDT","condition":"PRICE_ABOVE","threshold":5,"activeFrom":"08:00"}""", "activeUntil", "a beginning and an end")]
    [InlineData("""{"symbol":"BTC/USDT","condition":"PRICE_ABOVE","threshold":5,"expiresAt":"2020-01-01T00:00:00Z"}""", "expiresAt", "after now")]
    [InlineData("""{"symbol":"BTC/USDT","condition":"PATTERN","patternKind":"HEAD"}""", "patternKind", "FVG")]
    [InlineData("""{"symbol":"BTC/USDT","condition":"FORMULA","formula":"avg(close, 400) @ 1d > avg(close, 399) @ 1d","timeframe":"1m"}""", "formula", "too much work")]
    public async Task What_cannot_be_judged_is_refused_field_by_field(string body, string field, string says)
    {
        using var who = await server.Trader();

        var refused = await who.Post("alerts", body);

        refused.Status.ShouldBe(400, refused.Body.ToString());
        refused.Code.ShouldBe("VALIDATION_FAILED");
        refused.Body.GetProperty("error").GetProperty("details").GetProperty("fields").GetProperty(field)[0].GetString()!.ShouldContain(says);
    }

    [Fact]
    public async Task One_that_cannot_be_read_any_more_says_so_and_hides_no_other()
    {
        using var who = await server.Trader();
        var unreadable = await server.Make(who, new { symbol = "BTC/USDT", condition = "FORMULA", formula = "RSI(14) > 99", timeframe = "1h" });
        var other = await server.Make(who, new { symbol = "BTC/USDT", condition = "PRICE_ABOVE", threshold = 900_000 });
        await server.Execute($"UPDATE alerts SET formula = 'RSY(14) > 99' WHERE id = {unreadable}");

        var alerts = (await who.Get("alerts/me")).Data.GetProperty("alerts").EnumerateArray().ToDictionary(alert => alert.GetProperty("id").GetInt64());

        alerts.Keys.ShouldBe([unreadable, other], ignoreOrder: true);
        alerts[unreadable].GetProperty("description").GetString().ShouldBe("RSY(14) > 99");
        alerts[unreadable].GetProperty("notJudged").GetProperty("reason").GetString()!.ShouldContain("cannot be read");
        (await who.Delete($"alerts/me/{unreadable}")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task The_documents_socket_speaks_the_documents_frames()
    {
        using var who = await server.Trader();
        using var other = await server.Trader();
        using var refused = Socket(other);
        await Should.ThrowAsync<WebSocketException>(() => refused.ConnectAsync(new Uri($"ws://{server.Address.Authority}/ws/alerts/{who.Id}"), CancellationToken.None));
        using var socket = Socket(who);
        await socket.ConnectAsync(new Uri($"ws://{server.Address.Authority}/ws/alerts/{who.Id}"), CancellationToken.None);
        await Say(socket, """{"action":"subscribe","symbols":["BTC-USD","ETH-USD"]}""");
        await Say(socket, """{"op":"ping"}""");
        (await Hear(socket)).GetProperty("type").GetString().ShouldBe("ERROR");
        var id = await server.Make(who, new { symbol = "BTC-USD", condition = "PRICE_BELOW", threshold = 77 });
        await server.Tick(78);
        await server.Tick(78);

        await server.Tick(76.5);

        var frame = await Hear(socket);
        frame.EnumerateObject().Select(field => field.Name).ShouldBe(["type", "alertId", "symbol", "currentPrice", "threshold", "timestamp"]);
        frame.GetProperty("type").GetString().ShouldBe("ALERT_TRIGGERED");
        frame.GetProperty("alertId").GetInt64().ShouldBe(id);
        frame.GetProperty("symbol").GetString().ShouldBe("BTC-USD");
        frame.GetProperty("currentPrice").GetDouble().ShouldBe(76.5);
        frame.GetProperty("threshold").GetDecimal().ShouldBe(77);
        frame.GetProperty("timestamp").GetDateTimeOffset().ShouldBeLessThanOrEqualTo(server.Clock.GetUtcNow());
    }

    [Fact]
    public async Task Who_gives_up_one_symbol_still_hears_the_others()
    {
        using var who = await server.Trader();
        using var socket = Socket(who);
        await socket.ConnectAsync(new Uri($"ws://{server.Address.Authority}/ws/alerts/{who.Id}"), CancellationToken.None);
        await Say(socket, """{"action":"unsubscribe","symbols":["ETH-USD"]}""");
        await Say(socket, "no frame");
        (await Hear(socket)).GetProperty("type").GetString().ShouldBe("ERROR");
        var id = await server.Make(who, new { symbol = "BTC-USD", condition = "PRICE_BELOW", threshold = 37 });
        await server.Tick(38);
        await server.Tick(38);

        await server.Tick(36.5);

        (await Hear(socket)).GetProperty("alertId").GetInt64().ShouldBe(id);
    }

    [Fact]
    public async Task Pausing_tells_nobody_of_a_trigger_that_his_plan_tells_later()
    {
        using var who = await server.Trader(Plan.Free);
        var id = await server.Make(who, new { symbol = "BTC-USD", condition = "PRICE_ABOVE", threshold = 700 });
        await server.Tick(699);
        await server.Tick(699);
        await server.Tick(701);
        await AlertServer.Until(async () => await server.Scalar<long>($"SELECT count(*) FROM alert_triggers WHERE alert_id = {id}") == 1, "it has triggered");

        var paused = await who.Post($"alerts/me/{id}/pause", new { });

        paused.Status.ShouldBe(200, paused.Body.ToString());
        paused.Data.GetProperty("status").GetString().ShouldBe("PAUSED");
    }

    static ClientWebSocket Socket(Visitor who)
    {
        var socket = new ClientWebSocket();
        socket.Options.SetRequestHeader("Authorization", $"Bearer {who.Token}");
        return socket;
    }

    static Task Say(ClientWebSocket socket, string text) => socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, endOfMessage: true, CancellationToken.None);

    static async Task<JsonElement> Hear(ClientWebSocket socket)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var buffer = new byte[8_192];
        var part = await socket.ReceiveAsync(buffer, patience.Token);
        return JsonElement.Parse(buffer.AsSpan(0, part.Count));
    }
}
