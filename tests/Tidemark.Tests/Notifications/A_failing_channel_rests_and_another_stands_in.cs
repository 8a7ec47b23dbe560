using Tidemark.Notifications.Channels;
using Tidemark.Notifications.Sending;
using Tidemark.Running;
using Tidemark.Simulator.Faults;
using static Tidemark.Notifications.MessagingServer;

namespace Tidemark.Notifications;

public sealed class A_failing_channel_rests_and_another_stands_in(A_failing_channel_rests_and_another_stands_in.Server server) : IClassFixture<A_failing_channel_rests_and_another_stands_in.Server>
{
    public sealed class Server(TestPostgres postgres) : MessagingServer(postgres)
    {
        protected override DeliveryRules Rules => base.Rules with { FailuresToPause = 4, FailingToPause = TimeSpan.FromMilliseconds(100), MostAttempts = 6 };
    }

    [Fact]
    public async Task A_deleted_webhook_is_paused_its_owner_told_and_the_next_channel_used()
    {
        var (who, hook) = await server.Listener(ChannelKind.Discord);
        using var _ = who;
        var topic = (await who.Get("notifications/ntfy")).Data.GetProperty("topic").GetString()!;
        (await who.Put("notifications/fallback", new { channels = new[] { "DISCORD", "NTFY" } })).Status.ShouldBe(200);
        server.World.Discord.Delete(hook);
        await server.Post(Note(who, "alert:1", "first"));

        await Until(() => server.Got("ntfy", topic).Count >= 2, "what failed, and word of the failure");
        server.Got("ntfy", topic).Select(message => message.Title).ShouldBe(["first", "Discord does not take your notifications"], ignoreOrder: true);
        var channel = (await who.Get("notifications/channels/DISCORD")).Data;
        channel.GetProperty("pausedWhy").GetString()!.ShouldContain("404");
        channel.GetProperty("pausedUntil").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null, "a webhook that is gone does not come back by itself");
        (await who.Get("notifications")).Data.EnumerateArray().Count(one => one.GetProperty("kind").GetString() == "system").ShouldBe(1);

        await server.Post(Note(who, "alert:2", "second"));
        await Until(() => server.Got("ntfy", topic).Any(message => message.Title == "second"), "the next goes the other way at once");
        (await server.Deliveries(who)).Count(one => one is { Channel: ChannelKind.Discord, Status: "REPLACED" }).ShouldBe(2);
    }

    [Fact]
    public async Task A_browser_that_is_gone_calls_nobody_where_another_got_the_push()
    {
        var (who, place) = await server.Listener(ChannelKind.WebPush);
        using var _ = who;
        using var left = server.World.Push.Subscribe();
        (await who.Post("notifications/push/subscriptions", new { endpoint = left.Endpoint, keys = new { p256dh = left.P256dh, auth = left.Auth } })).Status.ShouldBe(200);
        server.World.Push.Leave(left);
        var topic = await server.SetUp(who, ChannelKind.Ntfy);
        (await who.Put("notifications/channels/NTFY", new { enabled = false })).Status.ShouldBe(200);
        (await who.Put("notifications/fallback", new { channels = new[] { "NTFY" } })).Status.ShouldBe(200);

        await server.Post(Note(who, "alert:1", "first"));

        await Until(async () => (await server.Deliveries(who)).Count(one => one is { Channel: ChannelKind.WebPush, Status: "SENT" or "DEAD" or "REPLACED" }) == 2, "both browsers were tried");
        server.Got("push", place).Count.ShouldBe(1);
        (await server.Deliveries(who)).Where(one => one.Channel == ChannelKind.Ntfy).ShouldAllBe(one => one.Status == "SKIPPED");
        server.Got("ntfy", topic).ShouldBeEmpty();
    }

    [Fact]
    public async Task What_nobody_takes_ends_in_the_log_and_can_be_sent_again()
    {
        var (who, place) = await server.Listener(ChannelKind.Webhook);
        using var _ = who;
        server.World.Faults.Inject(new Simulator.Faults.Fault(FaultKind.ServerError) { On = "webhook", Status = 422 });
        await server.Post(Note(who, "alert:1"));
        await Until(async () => (await server.Deliveries(who)).Exists(one => one is { Channel: ChannelKind.Webhook, Status: "DEAD", Why: not null }), "it is given up");
        server.World.Faults.Clear();

        var dead = (await who.Get("notifications/deliveries?status=dead")).Data[0];
        (await who.Post($"notifications/deliveries/{dead.GetProperty("id").GetInt64()}/retry")).Status.ShouldBe(200);
        await Until(() => server.Got("webhook", place).Count == 1, "it arrives");
    }

    [Fact]
    public async Task A_server_that_keeps_failing_is_paused_for_a_time_and_used_again_after()
    {
        var (who, place) = await server.Listener(ChannelKind.Webhook);
        using var _ = who;
        server.World.Faults.Inject(new Simulator.Faults.Fault(FaultKind.ServerError) { On = "webhook" });
        await server.Post(Note(who, "alert:1"));
        await Until(async () => (await who.Get("notifications/channels/WEBHOOK")).Data.GetProperty("pausedUntil").ValueKind == System.Text.Json.JsonValueKind.String, "it is paused", seconds: 60);
        server.World.Faults.Clear();
        await Task.Delay(500);
        server.Got("webhook", place).ShouldBeEmpty();

        (await who.Post("notifications/channels/WEBHOOK/resume")).Status.ShouldBe(200);
        await Until(() => server.Got("webhook", place).Count == 1, "it arrives once its owner resumes it");
    }
}
