using Tidemark.Platform.Api;
using Tidemark.Platform.Realtime;

namespace Tidemark.Alerts;

public sealed class A_price_alert_tells_once_it_is_committed(AlertServer server) : IClassFixture<AlertServer>
{
    [Fact]
    public async Task The_documents_example_word_for_word()
    {
        using var who = await server.Trader();
        var made = await who.Post("alerts", new { userId = who.Id, symbol = "BTC-USD", condition = "PRICE_ABOVE", threshold = 50_000, channels = new[] { "EMAIL", "DISCORD" }, metadata = new { indicator = "RSI", value = 70 } });

        made.Status.ShouldBe(201, made.Body.ToString());
        var alert = made.Data;
        alert.GetProperty("userId").GetInt64().ShouldBe(who.Id);
        alert.GetProperty("symbol").GetString().ShouldBe("BTC-USD");
        alert.GetProperty("condition").GetString().ShouldBe("PRICE_ABOVE");
        alert.GetProperty("threshold").GetDecimal().ShouldBe(50_000);
        alert.GetProperty("status").GetString().ShouldBe("ACTIVE");
        alert.GetProperty("channels").EnumerateArray().Select(channel => channel.GetString()).ShouldBe(["EMAIL", "DISCORD"]);
        alert.GetProperty("createdAt").GetDateTimeOffset().ShouldBeLessThanOrEqualTo(server.Clock.GetUtcNow());
        alert.GetProperty("market").GetString().ShouldBe("BTC/USDT");
        alert.GetProperty("quoteSubstituted").GetBoolean().ShouldBeTrue();

        await AlertServer.Until(() => server.Engine.Knows(alert.GetProperty("id").GetInt64()), "the engine knows of it");
        await server.Tick(49_000);
        await server.Tick(50_250);
        await server.History(who, 1);
        var list = (await who.Get($"alerts/{who.Id}?status=triggered&symbol=BTC-USD")).Data;
        list.GetProperty("total").GetInt32().ShouldBe(1);
        list.GetProperty("active").GetInt32().ShouldBe(0);
        var told = list.GetProperty("alerts")[0];
        told.GetProperty("status").GetString().ShouldBe("TRIGGERED");
        told.GetProperty("triggeredAt").GetDateTimeOffset().ShouldBeGreaterThan(told.GetProperty("createdAt").GetDateTimeOffset());
    }

    [Fact]
    public async Task It_is_in_the_history_with_its_stamps_and_on_its_way_over_the_channels()
    {
        using var who = await server.Trader();
        await using var page = await Talker.Connect(server.Address, null, ("Authorization", $"Bearer {who.Token}"));
        await page.Subscribe($"alerts:{who.Id}");
        var id = await server.Make(who, new { symbol = "BTC/USDT", condition = "PRICE_BELOW", threshold = 95, note = "{{not a place}}" });
        await server.Tick(100);

        await server.Tick(94);

        var frame = (await page.Hear("message")).GetProperty("data");
        frame.GetProperty("type").GetString().ShouldBe("ALERT_TRIGGERED");
        frame.GetProperty("alertId").GetInt64().ShouldBe(id);
        frame.GetProperty("currentPrice").GetDouble().ShouldBe(94);
        var told = (await server.History(who, 1))[0];
        told.GetProperty("alertId").GetInt64().ShouldBe(id);
        told.GetProperty("late").GetBoolean().ShouldBeFalse();
        await AlertServer.Until(async () => (await server.History(who, 1))[0].GetProperty("stamps").GetProperty("acceptedAt").ValueKind != System.Text.Json.JsonValueKind.Null, "a channel accepted it");
        var stamps = (await server.History(who, 1))[0].GetProperty("stamps");
        var moments = new[] { "exchangeAt", "receivedAt", "evaluatedAt", "committedAt", "acceptedAt" }.Select(name => stamps.GetProperty(name).GetDateTimeOffset()).ToList();
        moments.ShouldBeInOrder();
        var notice = (await who.Get("notifications")).Data.EnumerateArray().Single();
        notice.GetProperty("title").GetString().ShouldBe("BTC/USDT is below 95");
        notice.GetProperty("body").GetString()!.ShouldContain("{{not a place}}");
    }

    [Fact]
    public async Task Every_time_waits_for_the_rest_and_for_the_price_to_come_back()
    {
        using var who = await server.Trader();
        await server.Make(who, new { symbol = "BTC/USDT", condition = "PRICE_ABOVE", threshold = 110, repeat = "EVERY_TIME", cooldownMinutes = 2 });
        await server.Tick(100);
        await server.Tick(111);
        await server.History(who, 1);

        await server.Tick(100);
        await server.Tick(112);
        server.Clock.Move(TimeSpan.FromMinutes(4));
        await server.Tick(113);
        await server.Tick(105);
        await server.Tick(114);

        var told = await server.History(who, 2);
        told.Select(one => one.GetProperty("currentPrice").GetDouble()).ShouldBe([114, 111]);
        var alert = (await who.Get("alerts/me")).Data.GetProperty("alerts")[0];
        alert.GetProperty("status").GetString().ShouldBe("ACTIVE");
        alert.GetProperty("triggers").GetInt32().ShouldBe(2);
        alert.GetProperty("restsUntil").GetDateTimeOffset().ShouldBeGreaterThan(server.Clock.GetUtcNow());
    }

    [Fact]
    public async Task What_is_armed_again_within_the_minute_it_told_in_tells_again()
    {
        using var who = await server.Trader();
        server.Clock.Move(TimeSpan.FromMinutes(1) - TimeSpan.FromTicks(server.Clock.GetUtcNow().Ticks % TimeSpan.TicksPerMinute));
        var once = await server.Make(who, new { symbol = "BTC/USDT", condition = "PRICE_ABOVE", threshold = 400 });
        var perBar = await server.Make(who, new { symbol = "BTC/USDT", condition = "PRICE_ABOVE", threshold = 400, repeat = "ONCE_PER_BAR", timeframe = "1d" });
        await server.Tick(390);
        await server.Tick(401);
        await server.History(who, 2);

        (await who.Post($"alerts/me/{once}/resume")).Status.ShouldBe(200);
        (await who.Put($"alerts/me/{perBar}", new { symbol = "BTC/USDT", condition = "PRICE_ABOVE", threshold = 402, repeat = "ONCE_PER_BAR", timeframe = "1d" })).Status.ShouldBe(200);
        await AlertServer.Until(async () => await server.Scalar<long>($"SELECT count(*) FROM alerts WHERE id IN ({once}, {perBar}) AND version = 2") == 2, "both are armed anew");
        await AlertServer.Until(() => server.Engine.Knows(once) && server.Engine.Knows(perBar), "they are judged again");
        var known = 0;
        await AlertServer.Until(
            async () =>
            {
                await server.Tick(403);
                known = (await who.Get("alerts/me/history")).Data.GetArrayLength();
                return known >= 4;
            },
            "both tell again");

        known.ShouldBe(4);
        (await server.Scalar<long>($"SELECT count(*) FROM notifications WHERE user_id = {who.Id}")).ShouldBe(4);
        (await server.Scalar<string>($"SELECT status FROM alerts WHERE id = {once}")).ShouldBe("TRIGGERED");
    }

    [Fact]
    public async Task What_is_paused_or_deleted_tells_nothing()
    {
        using var who = await server.Trader();
        var paused = await server.Make(who, new { symbol = "BTC/USDT", condition = "PRICE_ABOVE", threshold = 200 });
        var deleted = await server.Make(who, new { symbol = "BTC/USDT", condition = "PRICE_ABOVE", threshold = 200 });
        var last = await server.Make(who, new { symbol = "BTC/USDT", condition = "PRICE_ABOVE", threshold = 200 });
        (await who.Post($"alerts/me/{paused}/pause")).Data.GetProperty("status").GetString().ShouldBe("PAUSED");
        (await who.Delete($"alerts/me/{deleted}")).Status.ShouldBe(200);
        await server.Tick(199);

        await server.Tick(201);

        (await server.History(who, 1)).Single().GetProperty("alertId").GetInt64().ShouldBe(last);
        (await who.Post($"alerts/me/{paused}/resume")).Data.GetProperty("status").GetString().ShouldBe("ACTIVE");
        await AlertServer.Until(() => server.Engine.Knows(paused), "it is judged again");
        await server.Tick(202);
        (await server.History(who, 2))[0].GetProperty("alertId").GetInt64().ShouldBe(paused);
    }

    [Fact]
    public async Task Free_reads_it_when_its_notice_comes_and_not_before()
    {
        using var who = await server.Trader(Plan.Free);
        await server.Make(who, new { symbol = "BTC/USDT", condition = "PRICE_ABOVE", threshold = 300 });
        await server.Tick(290);
        await server.Tick(301);
        await AlertServer.Until(async () => await server.Scalar<long>($"SELECT count(*) FROM alert_triggers WHERE user_id = {who.Id}") == 1, "it is written");

        (await who.Get("alerts/me/history")).Data.GetArrayLength().ShouldBe(0);
        (await server.Scalar<long>($"SELECT count(*) FROM notification_deliveries WHERE user_id = {who.Id}")).ShouldBeGreaterThan(0);
        (await who.Get("notifications/deliveries")).Data.GetArrayLength().ShouldBe(0, "the delivery log does not tell it either");
        (await who.Get("alerts/me")).Data.GetProperty("alerts")[0].GetProperty("status").GetString().ShouldBe("ACTIVE");

        server.Clock.Move(TimeSpan.FromMinutes(10.1));
        (await who.SignIn(byToken: true)).Status.ShouldBe(200);
        (await server.History(who, 1)).ShouldHaveSingleItem();
        await AlertServer.Until(async () => await server.Scalar<long>($"SELECT count(told_at) FROM alert_triggers WHERE user_id = {who.Id}") == 1, "open pages were told");
    }
}
