using System.Net.WebSockets;
using System.Text.Json;
using Tidemark.Simulator.Markets;

namespace Tidemark.Simulator.Streams;

public sealed class Streams_tell_what_happens : ExchangeTest
{
    static readonly long Minute = Ms(Morning) / 60_000 * 60_000;

    [Fact]
    public async Task A_kline_stream_tells_the_forming_bar_and_once_that_it_closed()
    {
        using var listener = await Listening("/ws/btcusdt@kline_1m", "btcusdt@kline_1m");
        Time.Advance(TimeSpan.FromSeconds(31));

        var closed = await listener.Hear();
        var forming = await listener.Hear();

        var bar = Market().Tape.Minute(Minute / 60_000);
        var told = closed.GetProperty("k");
        told.GetProperty("x").GetBoolean().ShouldBeTrue();
        told.GetProperty("t").GetInt64().ShouldBe(Minute);
        told.GetProperty("T").GetInt64().ShouldBe(Minute + 59_999);
        decimal.Parse(told.GetProperty("c").GetString()!).ShouldBe(bar.Close / 100m);
        told.GetProperty("n").GetInt64().ShouldBe(bar.Trades);
        (told.GetProperty("f").GetInt64(), told.GetProperty("L").GetInt64()).ShouldBe((bar.FirstTrade, bar.LastTrade));
        forming.GetProperty("k").GetProperty("x").GetBoolean().ShouldBeFalse();
        forming.GetProperty("k").GetProperty("t").GetInt64().ShouldBe(Minute + 60_000);
    }

    [Fact]
    public async Task A_leap_over_many_minutes_tells_each_close()
    {
        using var listener = await Listening("/ws/ethusdt@kline_1m", "ethusdt@kline_1m");
        Time.Advance(TimeSpan.FromMinutes(5));

        for (var i = 0; i < 5; i++)
        {
            var bar = (await listener.Hear()).GetProperty("k");
            (bar.GetProperty("t").GetInt64(), bar.GetProperty("x").GetBoolean()).ShouldBe((Minute + (i * 60_000), true));
        }
    }

    [Fact]
    public async Task Trades_arrive_one_by_one_with_consecutive_ids()
    {
        using var listener = await Listening("/stream?streams=btcusdt@aggTrade", "btcusdt@aggTrade");
        Time.Advance(TimeSpan.FromSeconds(20));

        var expected = Market().Trades(Ms(Morning) + 1, Ms(Morning) + 20_000).ToList();
        expected.ShouldNotBeEmpty();
        foreach (var trade in expected)
        {
            var message = await listener.Hear();
            message.GetProperty("stream").GetString().ShouldBe("btcusdt@aggTrade");
            message.GetProperty("data").GetProperty("a").GetInt64().ShouldBe(trade.Id);
            message.GetProperty("data").GetProperty("T").GetInt64().ShouldBe(trade.Time);
        }
    }

    [Fact]
    public async Task A_local_book_kept_from_the_changes_equals_the_snapshot()
    {
        using var listener = await Listening("/ws/btcusdt@depth@100ms", "btcusdt@depth@100ms");
        var snapshot = await Get("/api/v3/depth?symbol=BTCUSDT&limit=5000");
        var book = new LocalBook(snapshot);

        for (var beat = 0; beat < 100; beat++)
        {
            Time.Advance(TimeSpan.FromMilliseconds(100));
            book.Apply(await listener.Hear());
        }

        var now = await Get("/api/v3/depth?symbol=BTCUSDT&limit=5000");
        book.LastUpdateId.ShouldBe(now.GetProperty("lastUpdateId").GetInt64());
        book.Bids.Reverse().ShouldBe(LocalBook.Levels(now, "bids"));
        book.Asks.ShouldBe(LocalBook.Levels(now, "asks"));
    }

    [Fact]
    public void Changes_a_second_say_the_same_as_changes_ten_times_a_second()
    {
        var book = Server.Exchange.Find("ETHUSDT")!.Book;
        var from = book.SlotAt(Ms(Morning));
        var snapshot = book.At(from).Bids.ToDictionary(level => level.Price, level => level.Quantity);
        foreach (var level in book.Change(from, from + 10).Bids)
        {
            snapshot[level.Price] = level.Quantity;
        }

        snapshot.Where(level => level.Value > 0).OrderByDescending(level => level.Key).Select(level => new Level(level.Key, level.Value)).ShouldBe(book.At(from + 10).Bids);
    }

    [Fact]
    public async Task Best_prices_and_tickers_have_their_shapes()
    {
        using var listener = await Listening("/stream?streams=btcusdt@bookTicker/btcusdt@ticker/btcusdt@miniTicker/btcusdt@depth5/!miniTicker@arr", "!miniTicker@arr");
        Time.Advance(TimeSpan.FromSeconds(15));

        var heard = new Dictionary<string, JsonElement>(StringComparer.Ordinal);
        while (heard.Count < 5)
        {
            var message = await listener.Hear();
            heard.TryAdd(message.GetProperty("stream").GetString()!, message.GetProperty("data"));
        }

        Names(heard["btcusdt@bookTicker"]).ShouldBe("u s b B a A");
        Names(heard["btcusdt@ticker"]).ShouldBe("e E s p P w x c Q b B a A o h l v q O C F L n");
        Names(heard["btcusdt@miniTicker"]).ShouldBe("e E s c o h l v q");
        Names(heard["!miniTicker@arr"][0]).ShouldBe("e E s c o h l v q");
        Names(heard["btcusdt@depth5"]).ShouldBe("lastUpdateId bids asks");
        heard["btcusdt@depth5"].GetProperty("bids").GetArrayLength().ShouldBe(5);
    }

    [Fact]
    public async Task Microseconds_come_where_the_address_asks_for_them()
    {
        using var listener = await Listening("/ws/btcusdt@trade?timeUnit=MICROSECOND", "btcusdt@trade");
        Time.Advance(TimeSpan.FromSeconds(20));

        (await listener.Hear()).GetProperty("T").GetInt64().ShouldBeGreaterThan(1_000_000_000_000_000);
    }

    [Fact]
    public async Task After_a_day_the_connection_ends_with_a_warning()
    {
        using var listener = await Listening("/stream?streams=none@trade", "none@trade");
        Time.Advance(TimeSpan.FromHours(24) - TimeSpan.FromSeconds(20));
        (await listener.HearText()).ShouldStartWith("{\"stream\":\"!serverShutdown\",\"data\":{\"e\":\"serverShutdown\",\"E\":");

        Time.Advance(TimeSpan.FromSeconds(21));
        (await listener.HearText()).ShouldBeEmpty();
        listener.CloseStatus.ShouldBe(WebSocketCloseStatus.EndpointUnavailable);
    }

    [Fact]
    public async Task A_server_that_stops_says_goodbye()
    {
        using var listener = await Listening("/ws/none@trade", "none@trade");

        var stopping = Server.Stop();

        (await listener.HearText()).ShouldStartWith("{\"e\":\"serverShutdown\"");
        (await listener.HearText()).ShouldBeEmpty();
        await stopping;
    }

    /// <summary>A listener whose stream is known to be subscribed.</summary>
    async Task<Listener> Listening(string path, string stream)
    {
        var listener = await Listener.To(Server, path);
        (await listener.Ask("""{"method":"LIST_SUBSCRIPTIONS","id":0}""")).ShouldContain(stream);
        return listener;
    }

    static string Names(JsonElement message) => string.Join(' ', message.EnumerateObject().Select(property => property.Name));
}
