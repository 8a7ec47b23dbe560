using Tidemark.Accounts;
using Tidemark.Notifications.Channels;
using Tidemark.Notifications.Sending;
using Tidemark.Running;
using static Tidemark.Notifications.MessagingServer;

namespace Tidemark.Notifications;

/// <summary>One process posts, another sends and is killed, as `kill -9` does it, while it has messages in hand.</summary>
public sealed class The_sender_is_killed_in_the_middle(The_sender_is_killed_in_the_middle.Poster server) : IClassFixture<The_sender_is_killed_in_the_middle.Poster>
{
    public sealed class Poster(TestPostgres postgres) : MessagingServer(postgres)
    {
        protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>(base.Settings) { ["ROLES"] = "web" };
    }

    const int People = 10, MessagesEach = 150, Kills = 3;

    /// <summary>ntfy is asked before anything is repeated. A webhook cannot be: its receiver knows a repeat by its id.</summary>
    [Fact]
    public async Task Nothing_is_lost_and_hardly_anything_is_told_twice()
    {
        var people = new List<(Visitor Who, string Topic, string Hook)>();
        for (var i = 0; i < People; i++)
        {
            var (who, topic) = await server.Listener(ChannelKind.Ntfy);
            people.Add((who, topic, await server.SetUp(who, ChannelKind.Webhook)));
        }
        for (var i = 0; i < MessagesEach; i++)
        {
            await server.Post([.. people.Select(one => Note(one.Who, $"alert:{i}", $"note {i:000}"))]);
        }
        var seed = new Random(20261121);
        for (var kill = 0; kill < Kills; kill++)
        {
            await using var data = new DataFolder();
            await using var sender = Start(data);
            var (ntfy, hooks) = (Received("ntfy"), Received("webhook"));
            await Until(() => Received("ntfy") > ntfy && Received("webhook") > hooks, "it sends", seconds: 60);
            await Task.Delay(seed.Next(50, 250));
            sender.Kill();
            // The leases run out by themselves after twelve seconds; here they are over.
            await server.Ask<long>("UPDATE notification_senders SET held_until = '-infinity' RETURNING fence");
        }
        Received("ntfy").ShouldBeLessThan(People * MessagesEach, "it was killed in the middle");

        await using var last = new DataFolder();
        await using var survivor = Start(last);
        await Until(async () => await server.Ask<long>("SELECT count(*) FROM notification_deliveries WHERE channel IN ('NTFY', 'WEBHOOK') AND status <> 'SENT'") == 0, "all is sent", seconds: 120);

        foreach (var (_, topic, hook) in people)
        {
            server.Got("ntfy", topic).Select(message => message.Title).Distinct(StringComparer.Ordinal).Count().ShouldBe(MessagesEach);
            server.Got("webhook", hook).Select(message => message.Id).Distinct(StringComparer.Ordinal).Count().ShouldBe(MessagesEach, "whoever looks at the id sees each once");
        }
        var (twiceByNtfy, twiceByHook) = (Received("ntfy") - (People * MessagesEach), Received("webhook") - (People * MessagesEach));
        TestContext.Current.TestOutputHelper?.WriteLine($"of {People * MessagesEach} each over {Kills} kills, came twice: {twiceByNtfy} by ntfy, {twiceByHook} by webhook");
        (twiceByNtfy * 1_000).ShouldBeLessThanOrEqualTo(People * MessagesEach, "at most one in a thousand");
        twiceByHook.ShouldBeLessThanOrEqualTo(Kills * new DeliveryRules().AtOnce, "no more than were under way");
        people.ForEach(one => one.Who.Dispose());
    }

    int Received(string service) => server.World.Sightings.Of(service).Count;

    TidemarkProcess Start(DataFolder data) => TidemarkProcess.Start(
        data.Path, ["--urls", "http://127.0.0.1:0"],
        ("DATABASE_URL", server.Source.ConnectionString), ("ROLES", "jobs"), ("SCHEDULER_ENABLED", "false"), ("LOG_LEVEL", "ERROR"), ("NTFY_URL", server.World.Address.AbsoluteUri), ("OUTGOING_NETWORKS", "127.0.0.1"));
}
