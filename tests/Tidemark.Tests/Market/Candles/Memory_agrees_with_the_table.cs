using Tidemark.Quant.Series;
using static Tidemark.Market.MadeUpCandles;

namespace Tidemark.Market.Candles;

public sealed class Memory_agrees_with_the_table(CandleRoom room) : IClassFixture<CandleRoom>
{
    static int s_symbols;

    static SeriesKey NewSeries() => new(Source, new Symbol($"H{Interlocked.Increment(ref s_symbols)}", "USDT"), Timeframe.M1);

    [Fact]
    public async Task A_close_is_appended_and_an_earlier_view_stays_as_it_was()
    {
        await using var node = await Node.Start(room);
        var key = NewSeries();
        var candles = MadeUpCandles.Of(3_000);
        await node.Store.Save(key, candles.Slice(0, 2_999), default);
        var before = await node.Store.Newest(key, 500, default);

        await node.Store.Save(key, candles.Slice(2_999, 1), default);
        var after = await node.Store.Newest(key, 500, default);

        before.List().ShouldBe(candles.List()[2_499..2_999]);
        after.List().ShouldBe(candles.List()[2_500..]);
        node.Hot.Count.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task What_another_process_stores_is_seen()
    {
        await using var node = await Node.Start(room);
        var key = NewSeries();
        var candles = MadeUpCandles.Of(1_000);
        await node.Store.Save(key, candles.Slice(0, 500), default);
        (await node.Store.Load(key, Start, Start.AddDays(1), default)).Count.ShouldBe(500);
        var other = room.NewStore(new HotCandles(1_000)).Store;

        await other.Save(key, candles.Slice(500, 500), default);
        await Eventually(async () => (await node.Store.Load(key, Start, Start.AddDays(1), default)).List().SequenceEqual(candles.List()));
        await other.Delete(key, Start, Start.AddMinutes(100), default);
        await Eventually(async () => (await node.Store.Load(key, Start, Start.AddDays(1), default)).List().SequenceEqual(candles.List().Skip(100)));
        await other.DeleteEverything(default);
        await Eventually(async () => (await node.Store.Newest(key, 10, default)).Count == 0);
    }

    [Fact]
    public async Task Readers_among_writers_see_whole_prefixes()
    {
        await using var node = await Node.Start(room);
        var key = NewSeries();
        var candles = MadeUpCandles.Of(4_000);
        var all = candles.List();
        await node.Store.Save(key, candles.Slice(0, 1_000), default);
        using var done = new CancellationTokenSource();

        var reading = Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(async () =>
        {
            var seen = 0;
            while (!done.IsCancellationRequested)
            {
                var view = await node.Store.Load(key, Start, Start.AddDays(30), default);
                view.Count.ShouldBeGreaterThanOrEqualTo(seen);
                view.List().ShouldBe(all.Take(view.Count));
                seen = view.Count;
            }
        })));
        for (var i = 1_000; i < 4_000; i += 60)
        {
            await node.Store.Save(key, candles.Slice(i, Math.Min(60, 4_000 - i)), default);
            (await node.Store.Newest(key, 1, default)).List().ShouldBe([all[Math.Min(i + 59, 3_999)]]);
        }
        await done.CancelAsync();

        await reading;
    }

    [Fact]
    public async Task Late_minutes_take_their_place()
    {
        await using var node = await Node.Start(room);
        var key = NewSeries();
        var candles = MadeUpCandles.Of(300);
        await node.Store.Save(key, candles.Slice(0, 100), default);
        await node.Store.Save(key, candles.Slice(200, 100), default);
        (await node.Store.Load(key, Start, Start.AddDays(1), default)).Count.ShouldBe(200);

        await node.Store.Save(key, candles.Slice(90, 120), default);

        (await node.Store.Load(key, Start, Start.AddDays(1), default)).List().ShouldBe(candles.List());
    }

    [Fact]
    public async Task Memory_stays_within_its_room()
    {
        await using var node = await Node.Start(room, candles: 8_000);
        var keys = Enumerable.Range(0, 6).Select(_ => NewSeries()).ToList();
        foreach (var key in keys)
        {
            await node.Store.Save(key, MadeUpCandles.Of(1_900).All(), default);
            (await node.Store.Load(key, Start, Start.AddDays(2), default)).Count.ShouldBe(1_900);
        }
        await node.Store.Save(keys[0], MadeUpCandles.Of(5_000).All(), default);
        (await node.Store.Load(keys[0], Start, Start.AddDays(4), default)).Count.ShouldBe(5_000);

        node.Hot.Count.ShouldBeLessThanOrEqualTo(8_000);
        node.Hot.Count.ShouldBeGreaterThan(1_899);
    }

    static async Task Eventually(Func<Task<bool>> holds)
    {
        for (var i = 0; i < 200; i++)
        {
            if (await holds())
            {
                return;
            }
            await Task.Delay(25);
        }
        (await holds()).ShouldBeTrue();
    }

    /// <summary>A store that hears the news of others.</summary>
    sealed class Node : IAsyncDisposable
    {
        readonly StoredCandleNews _news;

        Node(CandleRoom room, long candles)
        {
            Hot = new HotCandles(candles);
            Store = room.NewStore(Hot).Store;
            _news = room.News(Store, Hot);
        }

        public HotCandles Hot { get; }
        public CandleStore Store { get; }

        public static async Task<Node> Start(CandleRoom room, long candles = 1_000_000)
        {
            var node = new Node(room, candles);
            await node._news.StartAsync(default);
            await Eventually(() => Task.FromResult(node.Hot.IsTrusted));
            return node;
        }

        public async ValueTask DisposeAsync()
        {
            await _news.StopAsync(default);
            _news.Dispose();
            Hot.Dispose();
        }
    }
}
