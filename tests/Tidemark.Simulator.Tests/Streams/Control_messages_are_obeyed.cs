using System.Net.WebSockets;

namespace Tidemark.Simulator.Streams;

public sealed class Control_messages_are_obeyed : ExchangeTest
{
    internal override SimulatorOptions Options => base.Options with { Speed = 0, Limits = new() { StreamsAConnection = 3 } };

    [Fact]
    public async Task Subscriptions_come_and_go()
    {
        using var listener = await Listener.To(Server, "/ws");

        (await listener.Ask("""{"method":"SUBSCRIBE","params":["btcusdt@kline_1m","btcusdt@depth"],"id":1}""")).ShouldBe("""{"result":null,"id":1}""");
        (await listener.Ask("""{"method":"LIST_SUBSCRIPTIONS","id":"a-2"}""")).ShouldBe("""{"result":["btcusdt@kline_1m","btcusdt@depth"],"id":"a-2"}""");
        (await listener.Ask("""{"method":"UNSUBSCRIBE","params":["btcusdt@depth"],"id":null}""")).ShouldBe("""{"result":null,"id":null}""");
        (await listener.Ask("""{"method":"LIST_SUBSCRIPTIONS","id":3}""")).ShouldBe("""{"result":["btcusdt@kline_1m"],"id":3}""");
    }

    [Theory]
    [InlineData("/ws/btcusdt@trade", "false")]
    [InlineData("/stream?streams=btcusdt@trade", "true")]
    public async Task The_way_of_wrapping_can_be_asked_and_set(string path, string combined)
    {
        using var listener = await Listener.To(Server, path);

        (await listener.Ask("""{"method":"GET_PROPERTY","params":["combined"],"id":1}""")).ShouldBe($$"""{"result":{{combined}},"id":1}""");
        (await listener.Ask("""{"method":"SET_PROPERTY","params":["combined",true],"id":2}""")).ShouldBe("""{"result":null,"id":2}""");
        (await listener.Ask("""{"method":"GET_PROPERTY","params":["combined"],"id":3}""")).ShouldBe("""{"result":true,"id":3}""");
    }

    [Theory]
    [InlineData("hello", "\"code\":3")]
    [InlineData("""{"id":1}""", "missing field `method`")]
    [InlineData("""{"method":"SHOUT","id":1}""", "unknown variant SHOUT, expected one of `SUBSCRIBE`")]
    [InlineData("""{"method":"LIST_SUBSCRIPTIONS"}""", "request ID must be an unsigned integer")]
    [InlineData("""{"method":"GET_PROPERTY","params":["colour"],"id":7}""", "{\"code\":0,\"msg\":\"Unknown property\",\"id\":7}")]
    [InlineData("""{"method":"SET_PROPERTY","params":["combined","yes"],"id":7}""", "Invalid value type: expected Boolean")]
    [InlineData("""{"method":"GET_PROPERTY","params":["combined",1],"id":7}""", "too many parameters")]
    public async Task What_cannot_be_obeyed_is_said(string message, string answer)
    {
        using var listener = await Listener.To(Server, "/ws");

        (await listener.Ask(message)).ShouldContain(answer);
    }

    [Fact]
    public async Task More_than_five_messages_a_second_end_the_connection()
    {
        using var listener = await Listener.To(Server, "/ws");
        for (var i = 0; i < 5; i++)
        {
            (await listener.Ask("""{"method":"LIST_SUBSCRIPTIONS","id":1}""")).ShouldNotBeEmpty();
        }

        (await listener.Ask("""{"method":"LIST_SUBSCRIPTIONS","id":1}""")).ShouldBeEmpty();
        listener.CloseStatus.ShouldBe(WebSocketCloseStatus.PolicyViolation);
        Server.Sightings.ControlMessages.ShouldBe(5);
    }

    [Fact]
    public async Task Too_many_streams_end_the_connection()
    {
        using var listener = await Listener.To(Server, "/stream?streams=a@trade/b@trade/c@trade/d@trade");

        (await listener.HearText()).ShouldBeEmpty();
        listener.CloseStatus.ShouldBe(WebSocketCloseStatus.PolicyViolation);
    }
}
