using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tidemark.Accounts;
using Tidemark.Notifications.Channels;
using Tidemark.Notifications.Outbox;
using Tidemark.Notifications.Sending;
using Tidemark.Platform.Api;
using Tidemark.Platform.Database;
using Tidemark.Running;
using Tidemark.Simulator.Faults;
using Tidemark.Simulator.Messages;
using static Tidemark.Notifications.MessagingServer;

namespace Tidemark.Notifications;

public sealed class Sends_go_their_own_way(Sends_go_their_own_way.Server server) : IClassFixture<Sends_go_their_own_way.Server>
{
    public sealed class Server(TestPostgres postgres) : MessagingServer(postgres)
    {
        protected override DeliveryRules Rules => base.Rules with { AtOnce = 2 };
    }

    [Fact]
    public async Task A_place_that_is_slow_delays_no_other()
    {
        await using var elsewhere = await MessageServer.Start(new(), TimeProvider.System, CancellationToken.None);
        elsewhere.Faults.Inject(new Simulator.Faults.Fault(FaultKind.Slow) { Delay = TimeSpan.FromSeconds(2) });
        using var slow = await Visitor.SignUp(server, Plan.Premium);
        (await slow.Put("notifications/channels/WEBHOOK/address", new { url = new Uri(elsewhere.Address, "hook/slow").AbsoluteUri, secret = "a-secret-of-the-owner" })).Status.ShouldBe(200);
        (await slow.Put("notifications/channels/WEBHOOK", new { enabled = true })).Status.ShouldBe(200);
        var (quick, place) = await server.Listener(ChannelKind.Webhook);
        using var _ = quick;
        await server.Post([.. Enumerable.Range(0, 20).Select(i => Note(slow, $"alert:{i}", $"note {i:00}"))]);
        await Until(() => elsewhere.Sightings.Requests.Count > 0, "the slow one is being sent to");
        await server.Post([.. Enumerable.Range(0, 20).Select(i => Note(quick, $"alert:{i}", $"note {i:00}"))]);

        await Until(() => server.Got("webhook", place).Count == 20, "the quick one has all of his");
        elsewhere.Sightings.Received.Count.ShouldBeLessThan(20, "while the slow one still waits for most of his");
        elsewhere.Sightings.Requests["webhook"].ShouldBeLessThanOrEqualTo(elsewhere.Sightings.Received.Count + 1, "one at a time goes to one place");
        elsewhere.Faults.Clear();
        await Until(() => elsewhere.Sightings.Received.Count == 20, "he gets them as well");
        elsewhere.Sightings.Received.Select(message => message.Title).ShouldBe(Enumerable.Range(0, 20).Select(i => $"note {i:00}"), "in order");
    }

    [Fact]
    public async Task What_was_in_hand_when_something_broke_goes_on()
    {
        var (who, topic) = await server.Listener(ChannelKind.Ntfy);
        using var _ = who;
        await using (var scope = server.Services.CreateAsyncScope())
        {
            // Due and unreadable in the same instant: whoever takes it cannot send it.
            var db = scope.ServiceProvider.GetRequiredService<TidemarkDb>();
            await using var both = await db.Database.BeginTransactionAsync();
            await scope.ServiceProvider.GetRequiredService<NotificationOutbox>().Post(Note(who, "alert:1"), CancellationToken.None);
            await db.Database.ExecuteSqlAsync($"ALTER TABLE notification_preferences RENAME TO notification_preferences_away");
            await both.CommitAsync();
        }
        await Until(async () => await server.Ask<long>("SELECT count(*) FROM notification_deliveries WHERE channel = 'NTFY' AND status = 'SENDING'") == 1, "it is in hand");
        await server.Ask<int>("ALTER TABLE notification_preferences_away RENAME TO notification_preferences; SELECT 1");

        await Until(() => server.Got("ntfy", topic).Count == 1, "it is sent");
        (await server.Ask<int>($"SELECT attempts FROM notification_deliveries WHERE user_id = {who.Id} AND channel = 'NTFY'")).ShouldBe(1, "what was not sent was no attempt");
    }

    [Fact]
    public async Task That_a_message_was_taken_is_written_once_the_database_is_back()
    {
        var (who, place) = await server.Listener(ChannelKind.Webhook);
        using var _ = who;
        await server.Post(Note(who, "alert:0"));
        await Until(async () => (await server.Deliveries(who)).Exists(one => one is { Channel: ChannelKind.Webhook, Status: "SENT" }), "all is well at first");
        server.World.Faults.Inject(new Simulator.Faults.Fault(FaultKind.Slow) { On = "webhook", Times = 1, Delay = TimeSpan.FromSeconds(1) });
        var asked = server.World.Sightings.Requests.GetValueOrDefault("webhook");
        await server.Post(Note(who, "alert:1"));
        await Until(() => server.World.Sightings.Requests.GetValueOrDefault("webhook") > asked, "it is on its way");
        (await server.Ask<long>("SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND query LIKE 'WITH marked AS (%unnest(%AS taken (id, fence%' AND pid <> pg_backend_pid()"))
            .ShouldBe(1, "the connection it is to be written on breaks");

        await Until(async () => (await server.Deliveries(who)).Count(one => one is { Channel: ChannelKind.Webhook, Status: "SENT" }) == 2, "the log says so");
        server.Got("webhook", place).Count.ShouldBe(2);
    }

    [Fact]
    public async Task One_address_that_cannot_be_read_keeps_nobody_else_waiting()
    {
        var (broken, _) = await server.Listener(ChannelKind.Webhook);
        using var _1 = broken;
        var (whole, place) = await server.Listener(ChannelKind.Webhook);
        using var _2 = whole;
        await server.Ask<long>($"UPDATE notification_channels SET sealed = 'not to be opened' WHERE user_id = {broken.Id} AND channel = 'WEBHOOK' RETURNING user_id");
        await server.Post(Note(broken, "alert:1"), Note(whole, "alert:1"));

        await Until(() => server.Got("webhook", place).Count == 1, "the other one is told");
        await Until(async () => (await broken.Get("notifications/channels/WEBHOOK")).Data.GetProperty("pausedWhy").GetString()?.Contains("given again", StringComparison.Ordinal) == true, "its owner learns why");
    }
}

public sealed class A_clean_stop_finishes_what_began(A_clean_stop_finishes_what_began.Server server) : IClassFixture<A_clean_stop_finishes_what_began.Server>
{
    public sealed class Server(TestPostgres postgres) : MessagingServer(postgres);

    [Fact]
    public async Task And_nothing_is_sent_twice_for_it()
    {
        var (who, place) = await server.Listener(ChannelKind.Webhook);
        using var _ = who;
        server.World.Faults.Inject(new Simulator.Faults.Fault(FaultKind.Slow) { On = "webhook", Delay = TimeSpan.FromSeconds(1) });
        await server.Post([.. Enumerable.Range(0, 5).Select(i => Note(who, $"alert:{i}", $"note {i}"))]);
        await Until(() => server.World.Sightings.Requests.GetValueOrDefault("webhook") > 0, "the first is on its way");
        await server.Stop();

        server.Got("webhook", place).ShouldHaveSingleItem().Title.ShouldBe("note 0");
        (await server.Ask<string>("SELECT string_agg(status || ' ' || attempts, ', ' ORDER BY id) FROM notification_deliveries WHERE channel = 'WEBHOOK'"))
            .ShouldBe("SENT 1, WAITING 0, WAITING 0, WAITING 0, WAITING 0");
        (await server.Ask<bool>("SELECT held_until < now() FROM notification_senders WHERE channel = 'WEBHOOK'")).ShouldBeTrue("the next may begin at once");
    }
}
