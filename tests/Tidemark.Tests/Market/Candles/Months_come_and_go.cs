using static Tidemark.Market.MadeUpCandles;

namespace Tidemark.Market.Candles;

public sealed class Months_come_and_go(CandleRoom room) : IClassFixture<CandleRoom>
{
    [Fact]
    public async Task Any_number_of_nodes_makes_a_month_once()
    {
        var nodes = Enumerable.Range(0, 8).Select(_ => new CandlePartitions(room.Source)).ToList();

        var made = await Task.WhenAll(nodes.Select(node => node.Cover(new(2030, 1, 1, 0, 0, 0, TimeSpan.Zero), new(2030, 6, 30, 0, 0, 0, TimeSpan.Zero), default)));

        made.Sum().ShouldBe(6);
        (await room.Partitions.Months(default)).Count(month => month.Year == 2030).ShouldBe(6);
    }

    [Fact]
    public async Task Old_months_go_with_their_candles_and_come_back_when_needed()
    {
        var key = Minutes with { Symbol = new("OLD", "USDT") };
        var start = new DateTimeOffset(2020, 1, 31, 23, 0, 0, TimeSpan.Zero);
        var candles = MadeUpCandles.Of(120, start);
        await room.Store.Save(key, candles.All(), default);
        var other = room.NewStore(new HotCandles(1_000));

        var dropped = await other.Partitions.DropBefore(new DateOnly(2020, 2, 1), default);

        dropped.ShouldBe(60);
        var series = (await room.Catalog.Find(key, default))!;
        series.Candles.ShouldBe(60);
        series.FirstOpen.ShouldBe(start.AddHours(1));
        (await room.Store.Load(key, start, start.AddHours(2), default)).List().ShouldBe(candles.List().Skip(60));
        // This store still believes the month is there.
        (await room.Store.Save(key, candles.All(), default)).Stored.ShouldBe(60);
        (await room.Store.Load(key, start, start.AddHours(2), default)).List().ShouldBe(candles.List());
    }
}
