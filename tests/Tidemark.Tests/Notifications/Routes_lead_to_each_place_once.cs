using Tidemark.Notifications.Channels;
using Tidemark.Notifications.Outbox;
using static Tidemark.Notifications.MessagingServer;

namespace Tidemark.Notifications;

public sealed class Routes_lead_to_each_place_once(MessagingServer server) : IClassFixture<MessagingServer>
{
    static readonly DateTimeOffset Now = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Whatever_is_paused_filtered_off_or_named_to_stand_in()
    {
        var chance = new Random(20261121);
        for (var i = 0; i < 5_000; i++)
        {
            var channels = ChannelWords.All.Where(_ => chance.Next(4) > 0).Select(channel => new ChannelSettings
            {
                UserId = 1,
                Channel = channel,
                Enabled = chance.Next(3) > 0,
                Kinds = chance.Next(3) == 0 ? ["SIGNAL"] : null,
                Sealed = chance.Next(4) > 0 ? "sealed" : null,
                ConfirmedAt = Now,
                PausedAt = chance.Next(2) == 0 ? Now : null,
            });
            var fallback = ChannelWords.All.Where(channel => channel != ChannelKind.InApp).OrderBy(_ => chance.Next()).Take(chance.Next(5)).Select(channel => channel.Word()).ToList();
            var person = new PersonalRoutes(channels.ToDictionary(one => one.Channel), fallback, [.. Enumerable.Range(1, chance.Next(3)).Select(one => (long)one)], _ => true);
            var chosen = chance.Next(2) == 0 ? null : ChannelWords.All.Where(_ => chance.Next(2) == 0).ToList();

            var routes = Routing.Plan(new(1, NotificationKind.Alert, "alert:1", "note", new Dictionary<string, string>()) { Channels = chosen }, person, Now);

            routes.Select(route => (route.Channel, route.Target)).Distinct().Count().ShouldBe(routes.Count);
            foreach (var replaced in routes.Where(route => route.Status == DeliveryStatus.Replaced))
            {
                routes.ShouldContain(route => route.Status == DeliveryStatus.Waiting && route.StandsInFor == replaced.Channel.Word());
            }
        }
    }

    [Theory]
    [InlineData(ChannelKind.Ntfy, ChannelKind.Discord)]
    [InlineData(ChannelKind.Discord, ChannelKind.Ntfy)]
    public async Task A_channel_stands_in_for_a_paused_one_even_for_kinds_it_does_not_get_itself(ChannelKind paused, ChannelKind other)
    {
        var (who, _) = await server.Listener(paused);
        using var _1 = who;
        var place = await server.SetUp(who, other);
        (await who.Put($"notifications/channels/{other.Word()}", new { enabled = true, kinds = new[] { "signal" } })).Status.ShouldBe(200);
        (await who.Put("notifications/fallback", new { channels = new[] { other.Word() } })).Status.ShouldBe(200);
        await server.Ask<long>($"UPDATE notification_channels SET paused_at = now() WHERE user_id = {who.Id} AND channel = '{paused.Word()}' RETURNING user_id");
        await server.Post(Note(who, "alert:1"));

        await Until(() => server.Got(ServiceOf(other), place).Count == 1, "the other tells it");
        (await server.Deliveries(who)).Count(one => one.Channel == other).ShouldBe(1);
    }

    [Fact]
    public async Task A_channel_stands_in_for_one_that_refuses_even_for_kinds_it_does_not_get_itself()
    {
        var (who, hook) = await server.Listener(ChannelKind.Discord);
        using var _ = who;
        var topic = await server.SetUp(who, ChannelKind.Ntfy);
        (await who.Put("notifications/channels/NTFY", new { enabled = true, kinds = new[] { "signal" } })).Status.ShouldBe(200);
        (await who.Put("notifications/fallback", new { channels = new[] { "NTFY" } })).Status.ShouldBe(200);
        server.World.Discord.Delete(hook);
        await server.Post(Note(who, "alert:1", "first"));

        await Until(() => server.Got("ntfy", topic).Any(message => message.Title == "first"), "ntfy tells it");
        (await server.Deliveries(who)).ShouldContain(one => one.Channel == ChannelKind.Discord && one.Status == "REPLACED");
    }
}
