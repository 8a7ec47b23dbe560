using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Tidemark.Platform.Api;
using Tidemark.Running;

namespace Tidemark.Platform.Realtime;

/// <summary>A hub with a short queue, little patience and a short memory.</summary>
public sealed class ShortHub(TestPostgres postgres) : RunningServer(postgres)
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

    protected override void Replace(IServiceCollection services) =>
        services.AddSingleton(new HubLimits { QueueLength = 20, Idle = TimeSpan.FromSeconds(10), ForgetAfter = TimeSpan.FromMilliseconds(400) });

    public Hub Hub => Services.GetRequiredService<Hub>();
}

public sealed class A_healthy_client_stays(ShortHub server) : IClassFixture<ShortHub>
{
    [Fact]
    public async Task When_much_comes_at_once()
    {
        await using var talker = await Talker.Connect(server.Address);
        var before = (int)await talker.Subscribe("keyed:burst");

        for (var i = 0; i < 1_000; i++)
        {
            await server.Hub.Publish("keyed:burst", new { i, load = new string('x', 2_000) }, CancellationToken.None);
        }

        (await talker.HearMessages(1_000)).ShouldBe(Enumerable.Range(before + 1, 1_000).Select(number => (long)number));
    }

    [Fact]
    public async Task When_it_only_answers_pings_and_one_that_does_not_is_closed()
    {
        await using var talker = await Talker.Connect(server.Address);
        await using var silent = await Talker.Connect(server.Address);
        var closing = silent.HearClose();

        for (var i = 0; i < 2; i++)
        {
            await talker.Hear("ping");
            await talker.Say(new { op = "pong" });
        }

        (await closing).ShouldBe(CloseCodes.Idle);
        await talker.Say(new { op = "ping", id = "still here" });
        await talker.Hear("pong");
    }

    [Fact]
    public async Task When_a_channel_was_forgotten_the_client_is_told_what_it_may_have_missed()
    {
        await using var first = await Talker.Connect(server.Address);
        await first.Subscribe("keyed:forgotten");
        await server.Hub.Publish("keyed:forgotten", "one", CancellationToken.None);
        await server.Hub.Publish("keyed:forgotten", "two", CancellationToken.None);
        var seen = (await first.HearMessages(2))[^1];
        await using (var other = await Talker.Connect(server.Address))
        {
            await other.Subscribe("keyed:others");
            server.Hub.Keeps("keyed:others").ShouldBeTrue("somebody hears it");
        }
        await Until(() => !server.Hub.Keeps("keyed:others"));
        server.Hub.Keeps("keyed:forgotten").ShouldBeTrue("somebody hears it");
        first.Socket.Abort();
        await Until(() => !server.Hub.Keeps("keyed:forgotten"));

        await server.Hub.Publish("keyed:forgotten", "three", CancellationToken.None);
        await using var again = await Talker.Connect(server.Address);
        await again.Subscribe("keyed:forgotten", first.Epoch, seen);
        var three = await again.Hear("message");

        three.GetProperty("seq").GetInt64().ShouldBeGreaterThan(seen);
        three.GetProperty("data").GetString().ShouldBe("three");
    }

    static async Task Until(Func<bool> isSo)
    {
        for (var began = Stopwatch.GetTimestamp(); !isSo(); await Task.Delay(20))
        {
            Stopwatch.GetElapsedTime(began).TotalSeconds.ShouldBeLessThan(60, "waited in vain");
        }
    }
}
