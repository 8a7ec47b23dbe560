using System.Net.WebSockets;
using Microsoft.Extensions.DependencyInjection;
using Tidemark.Platform.Api;
using Tidemark.Running;

namespace Tidemark.Platform.Realtime;

/// <summary>A server with channels to try: `orderly`, `latest`, one for each key of `keyed`, one for operators only.</summary>
public sealed class HubServer(TestPostgres postgres) : RunningServer(postgres)
{
    protected override Product Product
    {
        get
        {
            var product = Program.Everything();
            product.Parts.Channels.Add(new ChannelDefinition("orderly", Caller.Anyone) { Kept = 100 });
            product.Parts.Channels.Add(new ChannelDefinition("latest", Caller.Anyone, Delivery.LatestWins) { Kept = 10 });
            product.Parts.Channels.Add(new ChannelDefinition("keyed", Caller.Anyone) { Admits = (_, key) => key is "a" or "b" });
            product.Parts.Channels.Add(new ChannelDefinition("wide", Caller.Anyone) { Kept = 700 });
            product.Parts.Channels.Add(new ChannelDefinition("slow", Caller.Anyone) { Kept = 1_300 });
            product.Parts.Channels.Add(new ChannelDefinition("private", Caller.Operator));
            return product;
        }
    }

    protected override void Replace(IServiceCollection services) => services.AddSingleton(new HubLimits { QueueLength = 550, QueueMost = 550, CloseWait = TimeSpan.FromSeconds(10) });

    public async Task Publish(string channel, params IEnumerable<object> all)
    {
        var hub = Services.GetRequiredService<Hub>();
        foreach (var data in all)
        {
            await hub.Publish(channel, data, CancellationToken.None);
        }
    }
}

public sealed class The_hub_keeps_its_promises(HubServer server) : IClassFixture<HubServer>
{
    [Fact]
    public async Task Messages_arrive_numbered_and_in_order()
    {
        await using var talker = await Talker.Connect(server.Address);
        var seq = await talker.Subscribe("keyed:a");

        await server.Publish("keyed:a", Enumerable.Range(0, 50).Select(i => (object)new { i }));

        (await talker.HearMessages(50)).ShouldBe(Enumerable.Range((int)seq + 1, 50).Select(number => (long)number));
    }

    [Fact]
    public async Task Who_was_cut_off_resumes_without_a_gap()
    {
        await using var first = await Talker.Connect(server.Address);
        await first.Subscribe("keyed:b");
        await server.Publish("keyed:b", 1, 2, 3);
        var seen = (await first.HearMessages(3))[^1];
        first.Socket.Abort();
        await server.Publish("keyed:b", 4, 5);

        await using var again = await Talker.Connect(server.Address);
        await again.Subscribe("keyed:b", first.Epoch, seen);
        await server.Publish("keyed:b", 6);

        (await again.HearMessages(3)).ShouldBe([seen + 1, seen + 2, seen + 3]);
    }

    [Fact]
    public async Task What_is_no_longer_kept_is_told_as_a_gap()
    {
        await using var talker = await Talker.Connect(server.Address);
        await server.Publish("orderly", Enumerable.Range(0, 150).Select(i => (object)i));
        await Settled("orderly");

        await talker.Say(new { op = "subscribe", channel = "orderly", id = "s", resume = new { epoch = talker.Epoch, seq = 0 } });
        var newest = (await talker.Hear("subscribed")).GetProperty("seq").GetInt64();
        var gap = await talker.Hear("gap");

        gap.GetProperty("from").GetInt64().ShouldBe(1);
        var last = gap.GetProperty("to").GetInt64();
        last.ShouldBe(newest - 100);
        (await talker.HearMessages(100)).ShouldBe(Enumerable.Range(1, 100).Select(i => last + i));
    }

    [Fact]
    public async Task A_position_of_another_life_of_the_node_is_told_as_a_gap()
    {
        await using var talker = await Talker.Connect(server.Address);

        await talker.Say(new { op = "subscribe", channel = "latest", id = "s", resume = new { epoch = "another-life", seq = 7 } });

        (await talker.Hear("gap")).GetProperty("epoch").GetString().ShouldBe(talker.Epoch);
    }

    [Fact]
    public async Task Unsubscribing_ends_the_messages()
    {
        await using var talker = await Talker.Connect(server.Address);
        await talker.Subscribe("keyed:a");
        await talker.Say(new { op = "unsubscribe", channel = "keyed:a", id = "u" });
        await talker.Hear("unsubscribed");

        await server.Publish("keyed:a", "unheard");
        await talker.Say(new { op = "ping", id = "p" });

        (await talker.Hear(CancellationToken.None)).GetProperty("type").GetString().ShouldBe("pong");
    }

    [Theory]
    [InlineData("nothing", "NOT_FOUND")]
    [InlineData("keyed", "NOT_FOUND")]
    [InlineData("keyed:z", "NOT_FOUND")]
    [InlineData("private", "SIGN_IN_REQUIRED")]
    public async Task A_channel_one_may_not_hear_is_refused(string channel, string code)
    {
        await using var talker = await Talker.Connect(server.Address);

        await talker.Say(new { op = "subscribe", channel, id = "x" });

        var error = await talker.Hear("error");
        error.GetProperty("code").GetString().ShouldBe(code);
        error.GetProperty("id").GetString().ShouldBe("x");
    }

    [Theory]
    [InlineData("not json")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("""{"op":"dance"}""")]
    [InlineData("""{"op":"subscribe"}""")]
    [InlineData("""{"op":"ping","op":"ping"}""")]
    public async Task A_frame_without_sense_is_answered_and_the_connection_lives(string text)
    {
        await using var talker = await Talker.Connect(server.Address);

        await talker.SayText(text);

        (await talker.Hear("error")).GetProperty("code").GetString().ShouldBe("BAD_REQUEST");
        await talker.Say(new { op = "ping", id = "p" });
        await talker.Hear("pong");
    }

    [Fact]
    public async Task A_flood_is_closed()
    {
        await using var talker = await Talker.Connect(server.Address);
        for (var i = 0; i < 400; i++)
        {
            await talker.Say(new { op = "ping", id = "p" });
        }

        (await talker.HearClose()).ShouldBe(CloseCodes.RateLimited);
    }

    [Fact]
    public async Task A_giant_frame_is_closed()
    {
        await using var talker = await Talker.Connect(server.Address);

        await talker.SayText(new string('x', 20_000));

        (await talker.HearClose()).ShouldBe(CloseCodes.TooLarge);
    }

    [Fact]
    public async Task A_page_of_another_origin_is_refused()
    {
        var refused = await Should.ThrowAsync<WebSocketException>(() => Talker.Connect(server.Address, "https://evil.example"));
        refused.Message.ShouldContain("403");

        await using var own = await Talker.Connect(server.Address, $"http://{server.Address.Authority}");
    }

    [Fact]
    public async Task The_status_arrives_by_itself()
    {
        await using var talker = await Talker.Connect(server.Address);
        await talker.Subscribe("status");

        (await talker.Hear("message")).GetProperty("data").GetProperty("version").GetString().ShouldBe(Product.Version);
    }

    /// <summary>Waits until the hub has numbered what was published.</summary>
    async Task Settled(string channel)
    {
        await using var talker = await Talker.Connect(server.Address);
        await talker.Subscribe(channel);
        await server.Publish(channel, "last");
        await talker.Hear("message");
    }
}
