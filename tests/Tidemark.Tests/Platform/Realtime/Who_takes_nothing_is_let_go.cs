using Microsoft.Extensions.DependencyInjection;
using Tidemark.Platform.Api;
using Tidemark.Running;

namespace Tidemark.Platform.Realtime;

/// <summary>A hub that gives a frame two seconds and asks nobody for life within the test.</summary>
public sealed class ImpatientHub(TestPostgres postgres) : RunningServer(postgres)
{
    protected override Product Product
    {
        get
        {
            var product = Program.Everything();
            product.Parts.Channels.Add(new ChannelDefinition("keyed", Caller.Anyone) { Admits = (_, key) => key is not null });
            return product;
        }
    }

    protected override void Replace(IServiceCollection services) => services.AddSingleton(new HubLimits { FrameMost = TimeSpan.FromSeconds(2), Idle = TimeSpan.FromMinutes(10) });

    public Hub Hub => Services.GetRequiredService<Hub>();
}

public sealed class Who_takes_nothing_is_let_go(ImpatientHub server) : IClassFixture<ImpatientHub>
{
    [Fact]
    public async Task Though_nothing_more_is_said_and_who_reads_stays()
    {
        await using var talker = await Talker.Connect(server.Address);
        await talker.Subscribe("keyed:other");
        await using var stalled = await Talker.Connect(server.Address);
        await stalled.Subscribe("keyed:flood");
        for (var i = 0; i < 100; i++)
        {
            await server.Hub.Publish("keyed:flood", new { i, load = new string('x', 100_000) }, CancellationToken.None);
        }

        for (var tries = 0; server.Hub.IsHeard("keyed:flood"); tries++)
        {
            tries.ShouldBeLessThan(600, "waited in vain");
            await Task.Delay(100);
        }

        await server.Hub.Publish("keyed:other", "still here", CancellationToken.None);
        await talker.HearMessages(1);
    }
}
