using System.Text.Json;
using Tidemark.Accounts;
using Tidemark.Notifications.Channels;
using Tidemark.Notifications.Services;
using Tidemark.Platform.Api;
using Tidemark.Platform.Realtime;
using Tidemark.Simulator.Faults;
using static Tidemark.Notifications.MessagingServer;

namespace Tidemark.Notifications;

public sealed class Every_channel_speaks_its_protocol(MessagingServer server) : IClassFixture<MessagingServer>
{
    const string Hostile = "<b>*bold*</b> @everyone [x](javascript:1) {{title}}\r\nBcc: victim@example.com";

    [Theory]
    [InlineData(ChannelKind.Ntfy)]
    [InlineData(ChannelKind.Discord)]
    [InlineData(ChannelKind.Telegram)]
    [InlineData(ChannelKind.Sms)]
    [InlineData(ChannelKind.Webhook)]
    [InlineData(ChannelKind.WebPush)]
    [Trait("Threat", "T37")]
    [Trait("Threat", "T39")]
    public async Task A_message_arrives_once_with_its_words_and_its_id(ChannelKind channel)
    {
        var (who, place) = await server.Listener(channel);
        using var _ = who;
        var service = ServiceOf(channel);
        var before = server.Got(service, place).Count;
        var posted = await server.Post(Note(who, "alert:1", Hostile));

        await Until(() => server.Got(service, place).Count > before, $"{channel} gets it");
        await Until(async () => (await server.Deliveries(who)).Exists(one => one.Channel == channel && one.Status == "SENT"), "the log says so");
        var message = server.Got(service, place).Skip(before).ShouldHaveSingleItem();

        message.Title.ShouldNotContain('\r');
        message.Title.ShouldNotContain('\n');
        Unescaped(channel, message.Title).ShouldContain("<b>*bold*</b> @everyone [x](javascript:1) {{title}}");
        if (channel is not (ChannelKind.Sms or ChannelKind.Telegram))
        {
            message.Id.ShouldBe(posted[0].MessageId);
        }
    }

    [Fact]
    public async Task A_webhook_is_signed_and_dated()
    {
        var (who, place) = await server.Listener(ChannelKind.Webhook);
        using var _ = who;
        await server.Post(Note(who, "alert:1"));
        await Until(() => server.Got("webhook", place).Count > 0, "it arrives");
        var message = server.Got("webhook", place)[0];

        var signature = message.Headers[WebhookChannel.Signature];
        var seconds = long.Parse(signature.Split(',')[0][2..]);
        Math.Abs(DateTimeOffset.UtcNow.ToUnixTimeSeconds() - seconds).ShouldBeLessThan(300);
        signature.ShouldBe(WebhookChannel.Sign(message.Body, "a-secret-of-the-owner", seconds));
        var body = JsonElement.Parse(message.Body);
        body.GetProperty("kind").GetString().ShouldBe("ALERT");
        body.GetProperty("url").GetString().ShouldEndWith("/alerts/101");
    }

    [Fact]
    public async Task Secrets_and_addresses_are_never_answered_back_nor_stored_plain()
    {
        var (who, _) = await server.Listener(ChannelKind.Webhook);
        using var _1 = who;
        await server.SetUp(who, ChannelKind.Discord);
        await server.SetUp(who, ChannelKind.WebPush);

        var told = (await who.Get("notifications/channels")).Body.GetRawText() + (await who.Get("notifications/push/subscriptions")).Body.GetRawText();
        told.ShouldNotContain("a-secret-of-the-owner");
        told.ShouldNotContain("token-of-a-webhook");
        told.ShouldNotContain("hook/of-");
        var stored = await server.Ask<string>($"SELECT string_agg(c::text, '') || (SELECT string_agg(p::text, '') FROM push_subscriptions p) FROM notification_channels c");
        stored.ShouldNotContain("a-secret-of-the-owner");
        stored.ShouldNotContain("token-of-a-webhook");
        stored.ShouldNotContain("/push/browser");
        (await server.Http.GetStringAsync(new Uri("/metrics", UriKind.Relative))).ShouldContain("tidemark_notifications_attempts");
    }

    [Fact]
    public async Task The_page_that_is_open_hears_of_it_and_the_list_counts_it()
    {
        using var who = await Visitor.SignUp(server, Plan.Premium, byToken: true);
        await using var page = await Talker.Connect(server.Address, headers: [("Authorization", $"Bearer {who.Token}")]);
        await page.Subscribe($"notifications:{who.Id}");
        var posted = (await server.Post(Note(who, "alert:1")))[0];

        var heard = (await page.Hear("message")).GetProperty("data");
        heard.GetProperty("messageId").GetString().ShouldBe(posted.MessageId);
        (await who.Get("notifications/unread")).Data.GetProperty("unread").GetInt32().ShouldBe(1);
        (await who.Get("notifications")).Data[0].GetProperty("title").GetString().ShouldBe("BTC/USDT is above 64,000");
        (await who.Post($"notifications/{posted.Id}/read")).Data.GetProperty("unread").GetInt32().ShouldBe(0);
        (await who.Get("notifications?unread=true")).Data.GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task A_mail_goes_to_the_account_and_the_log_follows_it()
    {
        var (who, _) = await server.Listener(ChannelKind.Email);
        using var _1 = who;
        await server.Post(Note(who, "alert:1", Hostile));
        await Until(async () => (await server.Deliveries(who)).Exists(one => one is { Channel: ChannelKind.Email, Status: "HANDED" }), "the mail queue has it");

        var letter = await Visitor.MailTo(server, who.Email, "notification");
        letter!.Html.ShouldContain("&lt;b&gt;*bold*");
        (await server.Ask<string>($"SELECT subject FROM mails WHERE recipient = '{who.Email}' AND kind = 'notification'")).ShouldNotContain('\n');
        await server.Ask<object>("UPDATE mails SET sent_at = now() RETURNING 1");
        await Until(async () => (await server.Deliveries(who)).Exists(one => one is { Channel: ChannelKind.Email, Status: "SENT" }), "the log says that it was sent");
    }

    [Fact]
    public async Task Speeds_are_kept_and_patience_is_had_when_it_is_asked_for()
    {
        var (discord, hook) = await server.Listener(ChannelKind.Discord);
        var (telegram, chat) = await server.Listener(ChannelKind.Telegram);
        using var _ = discord;
        using var _1 = telegram;
        server.World.Faults.Inject(new Simulator.Faults.Fault(FaultKind.TooManyRequests) { On = "discord", Times = 1, RetryAfter = 1 });
        server.World.Faults.Inject(new Simulator.Faults.Fault(FaultKind.TooManyRequests) { On = "telegram", Times = 1, RetryAfter = 2 });
        var (tooFast, asked) = (server.World.Sightings.TooFast.Values.Sum(), server.Got("telegram", chat).Count);
        await server.Post([.. Enumerable.Range(0, 12).SelectMany(i => new[] { Note(discord, $"alert:{i}", $"note {i:00}"), Note(telegram, $"alert:{i}", $"note {i:00}") }.Take(i < 4 ? 2 : 1))]);

        await Until(() => server.Got("discord", hook).Count == 12 && server.Got("telegram", chat).Count == asked + 4, "all arrive");
        server.Got("discord", hook).Select(message => message.Title).ShouldBe(Enumerable.Range(0, 12).Select(i => $"note {i:00}"), "in order");
        server.Got("telegram", chat).Skip(asked).Select(message => message.Title).ShouldBe(Enumerable.Range(0, 4).Select(i => $"note {i:00}"));
        (server.World.Sightings.TooFast.Values.Sum() - tooFast).ShouldBe(0, "nothing was sent faster than allowed");
    }

    [Fact]
    public async Task A_test_is_sent_and_its_story_can_be_read()
    {
        var (who, place) = await server.Listener(ChannelKind.Ntfy);
        using var _ = who;
        var sent = (await who.Post("notifications/channels/NTFY/test")).Data;
        await Until(() => server.Got("ntfy", place).Count == 1, "it arrives");
        await Until(async () => (await server.Deliveries(who)).TrueForAll(one => one.Status == "SENT"), "the log says so");

        var log = (await who.Get($"notifications/deliveries?notification={sent.GetProperty("notificationId").GetInt64()}")).Data;
        log.GetArrayLength().ShouldBe(1);
        log[0].GetProperty("latencyMs").GetInt64().ShouldBeInRange(0, 5_000);
        var story = (await who.Get($"notifications/deliveries/{log[0].GetProperty("id").GetInt64()}")).Data;
        story.GetProperty("attempts")[0].GetProperty("outcome").GetString().ShouldBe("ACCEPTED");
        (await who.Post("notifications/channels/WEBHOOK/test")).Code.ShouldBe("CHANNEL_NOT_READY");
    }

    [Fact]
    public async Task A_number_is_used_only_once_its_owner_has_the_code()
    {
        using var who = await Visitor.SignUp(server, Plan.Premium);
        (await who.Put("notifications/channels/SMS/address", new { phone = "+41791112233" })).Data.GetProperty("channel").GetProperty("awaitsCode").GetBoolean().ShouldBeTrue();
        (await who.Put("notifications/channels/SMS", new { enabled = true })).Code.ShouldBe("CHANNEL_NOT_READY");
        for (var i = 0; i < 5; i++)
        {
            (await who.Post("notifications/channels/SMS/confirm", new { value = "wrong!" })).Code.ShouldBe("VALIDATION_FAILED");
        }
        var code = server.Got("twilio", "+41791112233")[^1].Title.Split(": ")[1][..6];
        (await who.Post("notifications/channels/SMS/confirm", new { value = code })).Code.ShouldBe("VALIDATION_FAILED", "five tries are all there are");
        (await server.Ask<long>($"SELECT count(*) FROM notifications WHERE body LIKE '%{code}%' OR title LIKE '%{code}%'")).ShouldBe(0);
    }

    [Fact]
    public async Task Nobody_is_rung_at_by_codes_from_many_accounts()
    {
        const string Number = "+41791119988";
        for (var i = 0; i < 5; i++)
        {
            using var one = await Visitor.SignUp(server);
            (await one.Put("notifications/channels/SMS/address", new { phone = Number })).Status.ShouldBe(200);
        }
        using var another = await Visitor.SignUp(server);
        (await another.Put("notifications/channels/SMS/address", new { phone = Number })).Code.ShouldBe("RATE_LIMITED");
        server.Got("twilio", Number).Count.ShouldBe(5);
    }

    [Fact]
    public async Task A_browser_that_another_person_uses_now_tells_him_alone()
    {
        using var first = await Visitor.SignUp(server, Plan.Premium);
        using var second = await Visitor.SignUp(server, Plan.Premium);
        using var browser = server.World.Push.Subscribe();
        foreach (var who in new[] { first, second })
        {
            (await who.Post("notifications/push/subscriptions", new { endpoint = browser.Endpoint, keys = new { p256dh = browser.P256dh, auth = browser.Auth } })).Status.ShouldBe(200);
            (await who.Put("notifications/channels/WEBPUSH", new { enabled = true })).Status.ShouldBe(200);
        }
        await server.Post(Note(first, "alert:1", "for the first"), Note(second, "alert:1", "for the second"));

        await Until(() => server.Got("push", browser.Id).Count > 0, "it arrives");
        await Until(async () => (await server.Deliveries(first)).TrueForAll(one => one.Channel != ChannelKind.WebPush || one.Status == "SKIPPED"), "the first is not told there");
        server.Got("push", browser.Id).ShouldHaveSingleItem().Title.ShouldBe("for the second");
        (await first.Get("notifications/push/subscriptions")).Data.GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task A_bot_writes_into_a_Discord_channel_once_its_owner_has_the_code()
    {
        using var who = await Visitor.SignUp(server, Plan.Premium);
        var place = $"{900_000_000_000_000_000 + who.Id}";
        (await who.Put("notifications/channels/DISCORD/address", new { chatId = "12" })).Code.ShouldBe("VALIDATION_FAILED");
        (await who.Put("notifications/channels/DISCORD/address", new { chatId = place })).Data.GetProperty("channel").GetProperty("awaitsCode").GetBoolean().ShouldBeTrue();
        (await who.Put("notifications/channels/DISCORD", new { enabled = true })).Code.ShouldBe("CHANNEL_NOT_READY", "anybody can name a channel");
        var code = server.Got("discord", place).ShouldHaveSingleItem().Title.Replace("\\", "", StringComparison.Ordinal).Split(": ")[1][..6];
        (await who.Post("notifications/channels/DISCORD/confirm", new { value = code })).Data.GetProperty("enabled").GetBoolean().ShouldBeTrue();

        server.World.Faults.Inject(new Simulator.Faults.Fault(FaultKind.AnswerLost) { On = "discord", Times = 1 });
        var posted = await server.Post(Note(who, "alert:1", "first"));
        await Until(async () => (await server.Deliveries(who)).Exists(one => one is { Channel: ChannelKind.Discord, Status: "SENT" }), "it is accepted in the end");
        var message = server.Got("discord", place).Skip(1).ShouldHaveSingleItem("a repeat is known by its nonce");
        (message.Title, message.Id).ShouldBe(("first", posted[0].MessageId));

        server.World.Discord.Delete(place);
        await server.Post(Note(who, "alert:2", "second"));
        await Until(async () => (await who.Get("notifications/channels/DISCORD")).Data.GetProperty("pausedWhy").ValueKind == JsonValueKind.String, "a channel that is gone is paused");
    }

    [Fact]
    public async Task A_topic_can_be_changed_and_shown_as_a_picture()
    {
        using var who = await Visitor.SignUp(server);
        var first = (await who.Get("notifications/ntfy")).Data;
        first.GetProperty("topic").GetString()!.Length.ShouldBeGreaterThan(32);
        first.GetProperty("qr").GetString().ShouldStartWith("<svg");
        var second = (await who.Post("notifications/ntfy/renew")).Data;
        second.GetProperty("topic").GetString().ShouldNotBe(first.GetProperty("topic").GetString());
        (await who.Get("account")).Data.GetProperty("ntfyTopic").GetString().ShouldBe(second.GetProperty("topic").GetString());
    }

    static string Unescaped(ChannelKind channel, string text) => channel == ChannelKind.Discord ? text.Replace("\\", "", StringComparison.Ordinal) : text;
}
