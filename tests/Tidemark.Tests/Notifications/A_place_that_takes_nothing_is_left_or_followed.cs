using Tidemark.Accounts;
using Tidemark.Notifications.Channels;
using Tidemark.Notifications.Sending;
using Tidemark.Running;
using Tidemark.Simulator.Faults;
using static Tidemark.Notifications.MessagingServer;

namespace Tidemark.Notifications;

public sealed class A_place_that_takes_nothing_is_left_or_followed(A_place_that_takes_nothing_is_left_or_followed.Server server) : IClassFixture<A_place_that_takes_nothing_is_left_or_followed.Server>
{
    public sealed class Server(TestPostgres postgres) : MessagingServer(postgres)
    {
        protected override DeliveryRules Rules => base.Rules with { FailuresToPause = 3, FailingToPause = TimeSpan.FromMilliseconds(50) };
    }

    [Fact]
    public async Task A_place_that_takes_nothing_is_paused_and_its_owner_told()
    {
        var (who, _) = await server.Listener(ChannelKind.Webhook);
        using var _1 = who;
        server.World.Faults.Inject(new Simulator.Faults.Fault(FaultKind.ServerError) { On = "webhook", Status = 422, Times = 8 });
        await server.Post([.. Enumerable.Range(0, 8).Select(i => Note(who, $"alert:{i}"))]);

        await Until(async () => (await who.Get("notifications/channels/WEBHOOK")).Data.GetProperty("pausedWhy").GetString()?.Contains("422", StringComparison.Ordinal) == true, "it is paused");
        (await who.Get("notifications")).Data.EnumerateArray().Count(one => one.GetProperty("kind").GetString() == "system").ShouldBe(1);
        server.World.Faults.Clear();
    }

    [Fact]
    public async Task A_group_with_another_number_is_followed()
    {
        var (who, chat) = await server.Listener(ChannelKind.Telegram);
        using var _ = who;
        var moved = $"-100{chat}";
        server.World.Telegram.Move(chat, moved);
        await server.Post(Note(who, "alert:1", "first"), Note(who, "alert:2", "second"));

        await Until(() => server.Got("telegram", moved).Count == 2, "both arrive there");
        (await who.Get("notifications/channels/TELEGRAM")).Data.GetProperty("address").GetString().ShouldBe($"chat {moved}");
    }

    [Fact]
    public async Task What_a_pause_keeps_back_ends_a_day_after_it_was_due_and_not_before()
    {
        var (who, place) = await server.Listener(ChannelKind.Webhook);
        using var _ = who;
        await Pause(who);
        await server.Post(Note(who, "alert:1", "first"));
        server.Clock.Move(TimeSpan.FromHours(23));
        await Until(async () => (await server.Deliveries(who)).Exists(one => one is { Channel: ChannelKind.Webhook, Status: "WAITING", Why: not null }), "it waits");
        await server.Post(Note(who, "alert:2", "second"));
        server.Clock.Move(TimeSpan.FromMinutes(90));
        await Until(async () => (await server.Deliveries(who)).Exists(one => one is { Channel: ChannelKind.Webhook, Status: "DEAD" }), "the first is given up");

        server.World.Faults.Inject(new Simulator.Faults.Fault(FaultKind.ServerError) { On = "webhook", Times = 1 });
        await server.Ask<long>($"UPDATE notification_channels SET paused_at = NULL WHERE user_id = {who.Id} AND channel = 'WEBHOOK' RETURNING user_id");
        server.Clock.Move(TimeSpan.FromHours(2));
        // It may have been looked at once more while it was paused: it is due an hour after that.
        await Until(() => Arrived() || Passed(), "the second arrives, though its first attempt failed");
        server.Got("webhook", place)[0].Title.ShouldBe("second");

        bool Arrived() => server.Got("webhook", place).Count == 1;

        bool Passed()
        {
            server.Clock.Move(TimeSpan.FromMinutes(1));
            return false;
        }
    }

    [Fact]
    public async Task What_waits_at_a_paused_channel_goes_by_another_as_soon_as_there_is_one()
    {
        var (who, _) = await server.Listener(ChannelKind.Webhook);
        using var _1 = who;
        await Pause(who);
        await server.Post(Note(who, "alert:1", "first"));
        var topic = await server.SetUp(who, ChannelKind.Ntfy);
        (await who.Put("notifications/fallback", new { channels = new[] { "NTFY" } })).Status.ShouldBe(200);
        server.Clock.Move(TimeSpan.FromHours(2));

        await Until(() => server.Got("ntfy", topic).Count == 1, "ntfy tells it");
    }

    [Fact]
    public async Task A_mail_that_waits_too_long_is_taken_back_and_another_channel_tells_it()
    {
        var (who, _) = await server.Listener(ChannelKind.Email);
        using var _1 = who;
        var topic = await server.SetUp(who, ChannelKind.Ntfy);
        (await who.Put("notifications/channels/NTFY", new { enabled = false })).Status.ShouldBe(200);
        (await who.Put("notifications/fallback", new { channels = new[] { "NTFY" } })).Status.ShouldBe(200);
        await server.Post(Note(who, "alert:1", "first"));
        await Until(async () => (await server.Deliveries(who)).Exists(one => one is { Channel: ChannelKind.Email, Status: "HANDED" }), "the mail queue has it");
        server.Clock.Move(TimeSpan.FromMinutes(3));

        await Until(() => server.Got("ntfy", topic).Count == 1, "ntfy tells it");
        (await server.Deliveries(who)).ShouldContain(one => one.Channel == ChannelKind.Email && one.Status == "REPLACED");
        (await server.Ask<long>($"SELECT count(*) FROM mails WHERE recipient = '{who.Email}' AND kind = 'notification'")).ShouldBe(0, "nobody is told it again by mail");
    }

    Task<long> Pause(Visitor who) => server.Ask<long>($"UPDATE notification_channels SET paused_at = now() WHERE user_id = {who.Id} AND channel = 'WEBHOOK' RETURNING user_id");
}
