using Tidemark.Accounts;
using Tidemark.Notifications.Channels;
using Tidemark.Notifications.Sending;
using Tidemark.Platform.Api;
using Tidemark.Running;
using Tidemark.Simulator.Faults;
using static Tidemark.Notifications.MessagingServer;

namespace Tidemark.Notifications;

/// <summary>Each service in turn is cut off and then answers half the time, while everybody goes on being told by all of them.</summary>
public sealed class Nothing_is_lost_when_a_channel_dies(Nothing_is_lost_when_a_channel_dies.Server server) : IClassFixture<Nothing_is_lost_when_a_channel_dies.Server>
{
    public sealed class Server(TestPostgres postgres) : MessagingServer(postgres)
    {
        protected override DeliveryRules Rules => base.Rules with { FailingToPause = TimeSpan.FromHours(1) };
    }

    const int People = 5, Messages = 18;
    static readonly ChannelKind[] Channels = [ChannelKind.Ntfy, ChannelKind.Discord, ChannelKind.Webhook, ChannelKind.WebPush, ChannelKind.Sms, ChannelKind.Telegram];
    static readonly TimeSpan Dead = TimeSpan.FromSeconds(1.5);

    [Fact]
    public async Task Every_message_arrives_and_hardly_any_twice()
    {
        var places = new List<(ChannelKind Channel, string Place, int Before)>();
        var people = new List<Visitor>();
        for (var i = 0; i < People; i++)
        {
            people.Add(await Visitor.SignUp(server, Plan.Premium));
            foreach (var channel in Channels)
            {
                var place = await server.SetUp(people[i], channel);
                places.Add((channel, place, server.Got(ServiceOf(channel), place).Count));
            }
        }

        for (var i = 0; i < Messages; i++)
        {
            // One dies while another comes back in pieces.
            var (turn, rest) = Math.DivRem(i, Messages / Channels.Length);
            if (rest == 0)
            {
                server.World.Faults.Inject(new Simulator.Faults.Fault(FaultKind.Disconnect) { On = ServiceOf(Channels[turn]), Lasts = Dead });
                server.World.Faults.Inject(new Simulator.Faults.Fault(FaultKind.ServerError) { On = ServiceOf(Channels[turn]), Lasts = 2 * Dead, Chance = 0.5 });
            }
            await server.Post([.. people.Select(who => Note(who, $"alert:{i}", $"note {i:000}"))]);
            await Task.Delay(Dead / (Messages / Channels.Length));
        }

        await Until(() => places.TrueForAll(one => Titles(one).Distinct(StringComparer.Ordinal).Count() == Messages), "all arrive everywhere", seconds: 90);
        var all = places.SelectMany(Titles).Count();
        TestContext.Current.TestOutputHelper?.WriteLine($"{all} received of {places.Count * Messages} posted");
        ((all - (places.Count * Messages)) * 1_000).ShouldBeLessThanOrEqualTo(places.Count * Messages, "at most one in a thousand comes twice");
        people.ForEach(who => who.Dispose());
    }

    const int Lost = 3;

    /// <summary>
    /// Taken, and the answer lost: it must go again. ntfy and Twilio are asked first and have it. The others cannot be asked: a webhook's
    /// receiver and a browser know the repeat by its id; a chat of Telegram, or a Discord webhook's, shows it twice.
    /// </summary>
    [Theory]
    [InlineData(ChannelKind.Ntfy, 0, true)]
    [InlineData(ChannelKind.Sms, 0, false)]
    [InlineData(ChannelKind.Webhook, Lost, true)]
    [InlineData(ChannelKind.WebPush, Lost, true)]
    [InlineData(ChannelKind.Discord, Lost, true)]
    [InlineData(ChannelKind.Telegram, Lost, false)]
    public async Task A_lost_answer_is_no_lost_message_and_no_repeat_where_that_can_be_known(ChannelKind channel, int doubles, bool hasId)
    {
        var (who, place) = await server.Listener(channel);
        using var _ = who;
        var before = server.Got(ServiceOf(channel), place).Count;
        server.World.Faults.Inject(new Simulator.Faults.Fault(FaultKind.AnswerLost) { On = ServiceOf(channel), Times = Lost, Chance = 0.5 });
        await server.Post([.. Enumerable.Range(0, 10).Select(i => Note(who, $"alert:{i}", i < 5 ? "the same words" : $"note {i}"))]);

        await Until(async () => (await server.Deliveries(who)).Count(one => one.Channel == channel && one.Status == "SENT") == 10, "all are accepted in the end", seconds: 60);
        var got = server.Got(ServiceOf(channel), place).Skip(before).ToList();
        TestContext.Current.TestOutputHelper?.WriteLine($"{channel}: {got.Count} received of 10 posted, answers lost: {server.World.Faults.Struck.GetValueOrDefault(FaultKind.AnswerLost)} over all so far");
        got.Count.ShouldBeInRange(10, 10 + doubles);
        if (hasId)
        {
            got.Select(message => message.Id).Distinct(StringComparer.Ordinal).Count().ShouldBe(10, "whoever looks at the id sees each once");
        }
        else
        {
            got.Select(message => message.Text).Distinct(StringComparer.Ordinal).Count().ShouldBe(6);
        }
    }

    IEnumerable<string> Titles((ChannelKind Channel, string Place, int Before) of) => server.Got(ServiceOf(of.Channel), of.Place).Skip(of.Before).Select(message => message.Title[..8]);
}
