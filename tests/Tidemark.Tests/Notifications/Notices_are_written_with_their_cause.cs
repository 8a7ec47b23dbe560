using Microsoft.Extensions.DependencyInjection;
using Tidemark.Access;
using Tidemark.Accounts;
using Tidemark.Notifications.Channels;
using Tidemark.Notifications.Outbox;
using Tidemark.Notifications.Reading;
using Tidemark.Platform.Api;
using Tidemark.Platform.Database;
using Tidemark.Quant.Patterns;
using static Tidemark.Notifications.MessagingServer;

namespace Tidemark.Notifications;

public sealed class Notices_are_written_with_their_cause(MessagingServer server) : IClassFixture<MessagingServer>
{
    [Fact]
    public async Task What_is_rolled_back_was_never_said()
    {
        var (who, topic) = await server.Listener(ChannelKind.Ntfy);
        using var _ = who;
        await using (var scope = server.Services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<TidemarkDb>();
            await using var transaction = await db.Database.BeginTransactionAsync();
            await scope.ServiceProvider.GetRequiredService<NotificationOutbox>().Post(Note(who, "alert:1"), CancellationToken.None);
            await transaction.RollbackAsync();
        }
        await server.Post(Note(who, "alert:2", "the second"));

        await Until(() => server.Got("ntfy", topic).Count > 0, "the second arrives");
        server.Got("ntfy", topic).ShouldHaveSingleItem().Title.ShouldBe("the second");
    }

    [Fact]
    public async Task Two_pages_may_set_the_same_thing_for_the_first_time_at_once()
    {
        using var who = await Visitor.SignUp(server, Plan.Premium);
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(i => i % 2 == 0
            ? who.Put("notifications/fallback", new { channels = new[] { "EMAIL", "NTFY" } })
            : who.Put("notifications/channels/EMAIL", new { enabled = true })));

        answers.ShouldAllBe(answer => answer.Status == 200);
    }

    [Fact]
    public async Task One_cause_tells_once_however_often_it_is_posted()
    {
        var (who, topic) = await server.Listener(ChannelKind.Ntfy);
        using var _ = who;
        var all = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => server.Post(Note(who, "alert:7"))));

        all.Select(one => one[0].Id).Distinct().ShouldHaveSingleItem();
        all.Count(one => one[0].IsNew).ShouldBe(1);
        await Until(() => server.Got("ntfy", topic).Count > 0, "it arrives");
        await Task.Delay(300);
        server.Got("ntfy", topic).Count.ShouldBe(1);
    }

    [Fact]
    [Trait("Threat", "T52")]
    public async Task Free_hears_one_a_day_ten_minutes_late()
    {
        var (who, topic) = await server.Listener(ChannelKind.Ntfy, Plan.Free);
        using var _ = who;
        var posted = await server.Post([.. Enumerable.Range(0, 5).Select(i => Note(who, $"alert:{i}", $"note {i}"))]);

        posted[0].Withheld.ShouldBeNull();
        posted.Skip(1).ShouldAllBe(one => one.Withheld != null && one.Withheld.Contains("used", StringComparison.Ordinal));
        (posted[0].NotBefore - server.Clock.GetUtcNow()).TotalMinutes.ShouldBeInRange(9.8, 10);
        await Task.Delay(400);
        server.Got("ntfy", topic).ShouldBeEmpty();
        (await who.Get("notifications")).Data.GetArrayLength().ShouldBe(0, "in the app it comes no sooner");

        server.Clock.Move(TimeSpan.FromMinutes(10));
        await Until(() => server.Got("ntfy", topic).Count == 1, "it arrives after ten minutes");
        (await who.Get("notifications")).Data.GetArrayLength().ShouldBe(1);
        (await who.Get("notifications/deliveries?status=skipped")).Data[0].GetProperty("title").ValueKind.ShouldBe(System.Text.Json.JsonValueKind.Null, "what is withheld is not read in the log");
        var account = await server.Post(Note(who, "account:1", kind: NotificationKind.Account));
        account[0].Withheld.ShouldBeNull("what concerns the account is not counted");
    }

    [Fact]
    [Trait("Threat", "T52")]
    public async Task Pro_hears_twenty_whoever_counts_at_the_same_time()
    {
        using var who = await Visitor.SignUp(server, Plan.Pro);
        var all = await Task.WhenAll(Enumerable.Range(0, 40).Select(i => server.Post(Note(who, $"alert:{i}"))));

        all.Count(one => one[0].Withheld is null).ShouldBe(20);
    }

    [Fact]
    [Trait("Threat", "T25")]
    public async Task A_right_that_ended_before_sending_ends_the_sending()
    {
        var (who, topic) = await server.Listener(ChannelKind.Ntfy, Plan.Pro);
        using var _ = who;
        server.World.Faults.Inject(new Simulator.Faults.Fault(Simulator.Faults.FaultKind.ServerError) { On = "ntfy" });
        await server.Post(Note(who, "signal:1", kind: NotificationKind.Signal) with { Needs = Entitlements.Signals });
        await server.Ask<object>($"UPDATE users SET plan = 'FREE' WHERE id = {who.Id} RETURNING 1");

        await Until(async () => (await server.Deliveries(who)).Exists(one => one is { Channel: ChannelKind.Ntfy, Status: "SKIPPED" }), "it is not sent");
        server.World.Faults.Clear();
        server.Got("ntfy", topic).ShouldBeEmpty();
    }

    [Fact]
    public async Task Filters_keep_back_what_a_person_does_not_want_and_say_so()
    {
        var (who, topic) = await server.Listener(ChannelKind.Ntfy);
        using var _ = who;
        (await who.Put("notifications/channels/NTFY", new { enabled = true, kinds = new[] { "signal" }, symbols = new[] { "BTC/USDT" }, direction = "bullish", leastConfluence = 3 })).Status.ShouldBe(200);
        var wanted = Note(who, "s:1", "wanted", kind: NotificationKind.Signal) with { Symbol = "BTC/USDT", Direction = Direction.Bullish, Confluence = 3 };
        await server.Post(
            wanted,
            wanted with { Cause = "s:2", Symbol = "ETH/USDT" },
            wanted with { Cause = "s:3", Direction = Direction.Bearish },
            wanted with { Cause = "s:4", Confluence = 2 },
            wanted with { Cause = "s:5", Kind = NotificationKind.Alert },
            wanted with { Cause = "s:6", Kind = NotificationKind.Alert, Channels = [ChannelKind.Ntfy] });

        await Until(() => server.Got("ntfy", topic).Count == 2, "the wanted one, and the one whose channel was chosen for it");
        (await server.Deliveries(who)).Count(one => one is { Channel: ChannelKind.Ntfy, Status: "SKIPPED", Why: not null }).ShouldBe(4);
        (await who.Get("notifications/unread")).Data.GetProperty("unread").GetInt32().ShouldBe(6, "the list has all");
    }

    [Fact]
    public async Task Quiet_hours_hold_back_and_one_message_tells_afterwards()
    {
        var (who, topic) = await server.Listener(ChannelKind.Ntfy);
        using var _ = who;
        var now = server.Clock.GetUtcNow();
        var wishes = new { enabled = true, quietFrom = $"{now.AddHours(-1):HH:mm}", quietUntil = $"{now.AddHours(2):HH:mm}", digest = true };
        (await who.Put("notifications/channels/NTFY", wishes)).Status.ShouldBe(200);
        await server.Post([.. Enumerable.Range(0, 3).Select(i => Note(who, $"alert:{i}", $"note {i}")), Note(who, "urgent", "now!") with { Urgent = true }]);

        await Until(() => server.Got("ntfy", topic).Count == 1, "the urgent one goes through");
        await Until(async () => (await server.Deliveries(who)).Count(one => one.Status == "HELD") == 3, "the others are held");
        server.Clock.Move(TimeSpan.FromHours(2));
        await Until(() => server.Got("ntfy", topic).Count == 2, "one message after");
        server.Got("ntfy", topic)[1].Title.ShouldBe("3 notifications while it was quiet");
        server.Got("ntfy", topic)[1].Text.ShouldContain("• note 1");
        (await server.Deliveries(who)).Count(one => one.Status == "DIGESTED").ShouldBe(3);
    }

    [Fact]
    [Trait("Threat", "T25")]
    public async Task The_message_after_quiet_hours_has_a_line_for_each_and_none_that_is_no_longer_allowed()
    {
        var (who, first) = await server.Listener(ChannelKind.WebPush, Plan.Pro);
        using var _ = who;
        var second = await server.SetUp(who, ChannelKind.WebPush);
        var now = server.Clock.GetUtcNow();
        (await who.Put("notifications/channels/WEBPUSH", new { enabled = true, quietFrom = $"{now.AddHours(-1):HH:mm}", quietUntil = $"{now.AddHours(2):HH:mm}", digest = true })).Status.ShouldBe(200);
        await server.Post(Note(who, "alert:1", "note 1"), Note(who, "alert:2", "note 2"), Note(who, "signal:1", "a signal", kind: NotificationKind.Signal) with { Needs = Entitlements.Signals });
        await Until(async () => (await server.Deliveries(who)).Count(one => one.Status == "HELD") == 6, "all are held, for both browsers");
        await server.Ask<object>($"UPDATE users SET plan = 'FREE' WHERE id = {who.Id} RETURNING 1");
        server.Clock.Move(TimeSpan.FromHours(2));

        await Until(() => server.Got("push", first).Count == 1 && server.Got("push", second).Count == 1, "one message in each");
        var told = server.Got("push", second)[0];
        told.Title.ShouldBe("2 notifications while it was quiet");
        told.Text.Split('\n').ShouldBe(["• note 1", "• note 2"]);
        (await server.Deliveries(who)).Count(one => one is { Channel: ChannelKind.WebPush, Status: "SKIPPED" }).ShouldBe(2);
    }

    [Fact]
    public async Task What_was_held_for_a_channel_that_was_switched_off_since_does_not_come()
    {
        var (who, topic) = await server.Listener(ChannelKind.Ntfy);
        using var _ = who;
        var now = server.Clock.GetUtcNow();
        object Wishes(bool enabled) => new { enabled, quietFrom = $"{now.AddHours(-1):HH:mm}", quietUntil = $"{now.AddHours(2):HH:mm}", digest = true };
        (await who.Put("notifications/channels/NTFY", Wishes(true))).Status.ShouldBe(200);
        await server.Post(Note(who, "alert:1"), Note(who, "alert:2"));
        await Until(async () => (await server.Deliveries(who)).Count(one => one.Status == "HELD") == 2, "both are held");
        (await who.Put("notifications/channels/NTFY", Wishes(false))).Status.ShouldBe(200);
        server.Clock.Move(TimeSpan.FromHours(2));

        await Until(async () => (await server.Deliveries(who)).Count(one => one.Status == "SKIPPED") == 2, "they are left out");
        server.Got("ntfy", topic).ShouldBeEmpty();
    }

    [Fact]
    public async Task The_receipt_is_that_of_the_channel_that_leads_out_of_the_app()
    {
        var (who, topic) = await server.Listener(ChannelKind.Ntfy);
        using var _ = who;
        using var appOnly = await Visitor.SignUp(server, Plan.Premium);
        server.World.Faults.Inject(new Simulator.Faults.Fault(Simulator.Faults.FaultKind.ServerError) { On = "ntfy", Times = 3 });
        var (outside, inside) = ((await server.Post(Note(who, "alert:1")))[0], (await server.Post(Note(appOnly, "alert:1")))[0]);
        await Until(async () => (await server.Deliveries(who)).Count(one => one.Status == "SENT") == 2, "the app and ntfy have it");
        await Until(async () => (await server.Deliveries(appOnly)).Exists(one => one.Status == "SENT"), "the app has it");

        var receipts = await server.Services.GetRequiredService<DeliveryReceipts>().Of([outside.MessageId, inside.MessageId], CancellationToken.None);
        receipts.Single(one => one.MessageId == outside.MessageId).AcceptedBy.ShouldBe(ChannelKind.Ntfy);
        receipts.Single(one => one.MessageId == inside.MessageId).AcceptedBy.ShouldBe(ChannelKind.InApp);
        receipts.ShouldAllBe(one => one.HeldUntil == null);
        server.Got("ntfy", topic).Count.ShouldBe(1);
    }

    [Fact]
    public async Task The_receipt_says_until_when_quiet_hours_kept_it_back()
    {
        var (who, _) = await server.Listener(ChannelKind.Ntfy);
        using var _1 = who;
        var now = server.Clock.GetUtcNow();
        (await who.Put("notifications/channels/NTFY", new { enabled = true, quietFrom = $"{now.AddHours(-1):HH:mm}", quietUntil = $"{now.AddHours(2):HH:mm}", digest = true })).Status.ShouldBe(200);
        var posted = (await server.Post(Note(who, "alert:1")))[0];
        await Until(async () => (await server.Deliveries(who)).Exists(one => one.Status == "HELD"), "it is held");
        server.Clock.Move(TimeSpan.FromHours(2));
        await Until(async () => (await server.Deliveries(who)).Exists(one => one is { Channel: ChannelKind.Ntfy, Status: "SENT" }), "it goes after");

        var receipt = (await server.Services.GetRequiredService<DeliveryReceipts>().Of([posted.MessageId], CancellationToken.None)).ShouldHaveSingleItem();
        receipt.HeldUntil!.Value.ShouldBeInRange(now.AddHours(1.9), receipt.AcceptedAt);
    }
}
