using Microsoft.Extensions.DependencyInjection;
using Tidemark.Accounts;
using Tidemark.Notifications.Channels;
using Tidemark.Notifications.Outbox;
using Tidemark.Notifications.Sending;
using Tidemark.Notifications.Templates;
using Tidemark.Platform.Api;
using Tidemark.Running;
using Tidemark.Simulator.Messages;

namespace Tidemark.Notifications;

/// <summary>The program with stand-ins of every message service around it, impatient enough for a test.</summary>
public class MessagingServer(TestPostgres postgres) : RunningServer(postgres), IAsyncLifetime
{
    public const string Bot = "123456789:stand-in-bot-token-AAAA";

    public ShiftedClock Clock { get; } = new();
    public MessageServer World { get; } = MessageServer.Start(WorldOptions, TimeProvider.System, CancellationToken.None).GetAwaiter().GetResult();

    /// <summary>Limits high where a test is not about them.</summary>
    static MessageServerOptions WorldOptions => new() { NtfyBurst = 1_000_000, DiscordLimit = 5, DiscordWindow = TimeSpan.FromSeconds(2), TelegramTokens = [Bot] };

    protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>
    {
        ["NTFY_URL"] = World.Address.AbsoluteUri,
        ["DISCORD_URL"] = World.Address.AbsoluteUri,
        ["DISCORD_BOT_TOKEN"] = new MessageServerOptions().DiscordBots.First(),
        ["TELEGRAM_URL"] = World.Address.AbsoluteUri,
        ["TELEGRAM_BOT_TOKEN"] = Bot,
        ["TWILIO_URL"] = World.Address.AbsoluteUri,
        ["TWILIO_ACCOUNT_SID"] = new MessageServerOptions().TwilioAccount,
        ["TWILIO_AUTH_TOKEN"] = new MessageServerOptions().TwilioToken,
        ["TWILIO_FROM"] = "+15005550006",
        ["OUTGOING_NETWORKS"] = "127.0.0.1",
    };

    protected virtual DeliveryRules Rules => new()
    {
        FirstPause = TimeSpan.FromMilliseconds(50),
        LongestPause = TimeSpan.FromMilliseconds(400),
        Look = TimeSpan.FromMilliseconds(100),
        MostAttempts = 100,
    };

    protected override void Replace(IServiceCollection services)
    {
        services.AddSingleton<TimeProvider>(Clock);
        services.AddSingleton(Rules);
        services.AddSingleton(new MessageTemplate("note", new("{{title}}", "{{body}}")));
    }

    /// <summary>Stops as a person would stop it, so that no sender is surprised in the middle.</summary>
    public new async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Stop();
        await World.DisposeAsync();
        await base.DisposeAsync();
    }

    public async Task<IReadOnlyList<PostedNotification>> Post(params IReadOnlyList<NewNotification> notes)
    {
        await using var scope = Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<NotificationOutbox>().Post(notes, CancellationToken.None);
    }

    public static NewNotification Note(Visitor who, string cause, string title = "BTC/USDT is above 64,000", string body = "It was 64,012.50.", NotificationKind kind = NotificationKind.Alert) =>
        new(who.Id, kind, cause, "note", new Dictionary<string, string> { ["title"] = title, ["body"] = body }) { Link = "/alerts/101" };

    /// <summary>A person who listens to one channel of the world, set up as he would himself.</summary>
    public async Task<(Visitor Who, string Place)> Listener(ChannelKind channel, Plan plan = Plan.Premium)
    {
        var who = await Visitor.SignUp(this, plan);
        var place = await SetUp(who, channel);
        return (who, place);
    }

    /// <summary>Sets the channel up for the person; answers what the world calls the place it leads to.</summary>
    public async Task<string> SetUp(Visitor who, ChannelKind channel)
    {
        var (place, address) = channel switch
        {
            ChannelKind.Discord => ($"{50_000_000_000 + who.Id}", new { url = $"https://discord.com/api/webhooks/{50_000_000_000 + who.Id}/token-of-a-webhook-0123456789" } as object),
            ChannelKind.Telegram => ($"{1_000_000 + who.Id}", new { chatId = $"{1_000_000 + who.Id}" }),
            ChannelKind.Sms => ($"+4179{1_000_000 + who.Id}", new { phone = $"+4179{1_000_000 + who.Id}" }),
            ChannelKind.Webhook => ($"of-{who.Id}", new { url = new Uri(World.Address, $"hook/of-{who.Id}").AbsoluteUri, secret = "a-secret-of-the-owner" }),
            _ => ("", (object?)null),
        };
        if (address is not null)
        {
            (await who.Put($"notifications/channels/{channel.Word()}/address", address)).Status.ShouldBe(200);
        }
        if (channel is ChannelKind.Telegram or ChannelKind.Sms)
        {
            var service = channel == ChannelKind.Telegram ? "telegram" : "twilio";
            var code = World.Sightings.Of(service).Last(message => message.To == place).Title.Split(": ")[1][..6];
            (await who.Post($"notifications/channels/{channel.Word()}/confirm", new { value = code })).Status.ShouldBe(200);
        }
        if (channel == ChannelKind.WebPush)
        {
            var browser = World.Push.Subscribe();
            (await who.Post("notifications/push/subscriptions", new { endpoint = browser.Endpoint, keys = new { p256dh = browser.P256dh, auth = browser.Auth } })).Status.ShouldBe(200);
            place = browser.Id;
        }
        if (channel == ChannelKind.Ntfy)
        {
            place = (await who.Get("notifications/ntfy")).Data.GetProperty("topic").GetString()!;
        }
        (await who.Put($"notifications/channels/{channel.Word()}", new { enabled = true })).Status.ShouldBe(200);
        return place;
    }

    public IReadOnlyList<ReceivedMessage> Got(string service, string place) => [.. World.Sightings.Of(service).Where(message => message.To == place)];

    public static string ServiceOf(ChannelKind channel) => channel switch
    {
        ChannelKind.Sms => "twilio",
        ChannelKind.WebPush => "push",
        _ => channel.Word().ToLowerInvariant(),
    };

    /// <summary>Waits for something to become true, and gives up after a while.</summary>
    public static async Task Until(Func<Task<bool>> holds, string what, int seconds = 60)
    {
        for (var i = 0; i < seconds * 20; i++)
        {
            if (await holds())
            {
                return;
            }
            await Task.Delay(50);
        }
        throw new InvalidOperationException($"It did not come about in {seconds} s: {what}");
    }

    public static Task Until(Func<bool> holds, string what, int seconds = 60) => Until(() => Task.FromResult(holds()), what, seconds);

    public async Task<T> Ask<T>(string sql)
    {
        await using var command = Source.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async Task<List<(ChannelKind Channel, string Status, string? Why)>> Deliveries(Visitor who)
    {
        await using var command = Source.CreateCommand($"SELECT channel, status, why FROM notification_deliveries WHERE user_id = {who.Id} ORDER BY id");
        await using var rows = await command.ExecuteReaderAsync();
        var found = new List<(ChannelKind, string, string?)>();
        while (await rows.ReadAsync())
        {
            found.Add((ChannelWords.Parse(rows.GetString(0)), rows.GetString(1), await rows.IsDBNullAsync(2) ? null : rows.GetString(2)));
        }
        return found;
    }
}
