using Microsoft.Extensions.DependencyInjection;

namespace Tidemark.Platform.Realtime;

public sealed class Five_hundred_sockets(HubServer server) : IClassFixture<HubServer>
{
    const int Clients = 500, Messages = 400, CutAt = 150;

    /// <summary>
    /// Every client hears every message once and in order; each tenth is cut in the middle and resumes;
    /// a few never read at all and neither slow nor lose anything for the rest.
    /// </summary>
    [Fact]
    public async Task Hear_everything_in_order_whatever_their_neighbours_do()
    {
        var stalled = await Task.WhenAll(Enumerable.Range(0, 5).Select(_ => Stall()));
        var clients = await Task.WhenAll(Enumerable.Range(0, Clients - stalled.Length).Select(_ => Join()));
        var hub = server.Services.GetRequiredService<Hub>();
        hub.Connections.ShouldBe(Clients);

        var hearing = clients.Select((client, i) => Hear(client, isCut: i % 10 == 0)).ToArray();
        var load = new string('x', 2_000);
        var flood = new string('x', 60_000);
        for (var i = 0; i < Messages; i++)
        {
            await server.Publish("wide", new { i, load });
            await server.Publish("slow", new { i, flood }, new { i, flood });
            if (i % 20 == 19)
            {
                // A pace that readers can hold on two cores, and that fills the pipe of who does not read.
                await Task.Delay(50);
            }
        }
        var heard = await Task.WhenAll(hearing);

        var expected = Enumerable.Range(1, Messages).Select(seq => (long)seq).ToArray();
        foreach (var sequence in heard)
        {
            sequence.ShouldBe(expected);
        }
        foreach (var talker in stalled)
        {
            // Cut off or told to come back, and in neither case anybody's burden.
            (await talker.HearUntilClosed()).Seen.Count.ShouldBeLessThan(3 * Messages);
            await talker.DisposeAsync();
        }
    }

    async Task<Talker> Join()
    {
        var talker = await Talker.Connect(server.Address);
        await talker.Subscribe("wide");
        return talker;
    }

    /// <summary>Subscribes, to a flood as well, and then never reads again.</summary>
    async Task<Talker> Stall()
    {
        var talker = await Join();
        await talker.Subscribe("slow");
        return talker;
    }

    async Task<List<long>> Hear(Talker talker, bool isCut)
    {
        var heard = new List<long>();
        while (heard.Count < Messages)
        {
            heard.Add((await talker.Hear("message")).GetProperty("seq").GetInt64());
            if (isCut && heard.Count == CutAt)
            {
                talker.Socket.Abort();
                var again = await Talker.Connect(server.Address);
                await again.Subscribe("wide", talker.Epoch, heard[^1]);
                talker = again;
            }
        }
        await talker.DisposeAsync();
        return heard;
    }
}

public sealed class A_stalled_reader(HubServer server) : IClassFixture<HubServer>
{
    [Fact]
    public async Task Is_told_to_come_back_and_resumes_without_loss()
    {
        await using var stalled = await Talker.Connect(server.Address);
        await stalled.Subscribe("slow");
        var load = new string('x', 20_000);
        // More than its queue and the pipes between can hold.
        for (var i = 0; i < 1_200; i++)
        {
            await server.Publish("slow", new { i, load });
        }

        var (seen, code) = await stalled.HearUntilClosed();
        await using var again = await Talker.Connect(server.Address);
        await again.Subscribe("slow", stalled.Epoch, seen.LastOrDefault());
        var rest = await again.HearMessages(1_200 - seen.Count);

        code.ShouldBe(CloseCodes.TooSlow);
        seen.Concat(rest).ShouldBe(Enumerable.Range(1, 1_200).Select(number => (long)number));
    }

    [Fact]
    public async Task Of_a_latest_wins_channel_gets_the_newest_when_it_comes_back()
    {
        await using var slow = await Talker.Connect(server.Address);
        await slow.Subscribe("latest");
        var load = new string('x', 20_000);
        for (var i = 1; i <= 3_000; i++)
        {
            await server.Publish("latest", new { i, load });
        }

        var heard = new List<int>();
        while (heard.Count == 0 || heard[^1] < 3_000)
        {
            heard.Add((await slow.Hear("message")).GetProperty("data").GetProperty("i").GetInt32());
        }

        heard.ShouldBeInOrder();
        heard.Count.ShouldBeLessThan(3_000);
    }
}

public sealed class A_stopping_node(HubServer server) : IClassFixture<HubServer>
{
    [Fact]
    public async Task Closes_its_sockets_with_the_code_to_come_back()
    {
        await using var talker = await Talker.Connect(server.Address);
        await talker.Subscribe("orderly");

        var stopping = server.Stop();

        (await talker.HearClose()).ShouldBe(CloseCodes.Restart);
        await stopping;
    }
}
