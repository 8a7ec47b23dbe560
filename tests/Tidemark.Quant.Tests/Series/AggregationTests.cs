namespace Tidemark.Quant.Series;

public sealed class Aggregation_of_candles
{
    [Fact]
    public void Takes_first_open_highest_high_lowest_low_last_close_and_the_sum_of_volumes()
    {
        var minutes = new CandleSeries([new(0, 10, 12, 9, 11, 1), new(60_000, 11, 15, 11, 14, 2), new(120_000, 14, 14, 8, 9, 3)]);

        var threes = Aggregation.To(Timeframe.OfMinutes(3), minutes.All(), Timeframe.M1);

        threes.Count.ShouldBe(1);
        threes[0].ShouldBe(new Candle(0, 10, 15, 8, 9, 6, 3));
    }

    [Fact]
    public void Leaves_empty_buckets_out_and_counts_the_minutes_of_thin_ones()
    {
        var fives = Aggregation.To(Timeframe.M5, At(0, 1, 4, 12, 20, 21).All(), Timeframe.M1);

        fives.Times.ToArray().ShouldBe([0, 600_000]);
        fives.Minutes.ToArray().ShouldBe([3, 1]);
    }

    [Fact]
    public void Hands_a_bucket_out_when_its_end_has_come_and_not_before()
    {
        var aggregator = new Aggregator(Timeframe.M1, Timeframe.M5);
        var closed = new CandleSeries();

        aggregator.Next(new Candle(0, 1, 1, 1, 1, 1), closed);
        aggregator.CloseUpTo(299_999, closed);
        closed.Count.ShouldBe(0);

        aggregator.CloseUpTo(300_000, closed);
        closed.Count.ShouldBe(1);
        closed[0].Minutes.ShouldBe(1);
    }

    [Fact]
    public void Hands_two_buckets_out_when_a_minute_closes_one_late_and_its_own_on_time()
    {
        var fives = Aggregation.To(Timeframe.M5, At(0, 9).All(), Timeframe.M1);

        fives.Times.ToArray().ShouldBe([0, 300_000]);
    }

    [Fact]
    public void Refuses_a_target_that_is_no_multiple()
    {
        Should.Throw<ArgumentException>(() => new Aggregator(Timeframe.M15, Timeframe.OfMinutes(20)));
        Should.Throw<ArgumentException>(() => new Aggregator(Timeframe.M15, Timeframe.M15));
    }

    [Fact]
    public void Up_a_ladder_equals_aggregation_from_the_minutes()
    {
        var random = new Random(7);
        var minutes = new CandleSeries();
        for (var minute = 0; minute < 30_000; minute += 1 + (random.Next(10) == 0 ? random.Next(700) : 0))
        {
            minutes.Append(new Candle(minute * 60_000L, random.Next(90, 110), random.Next(110, 120), random.Next(80, 90), random.Next(90, 110), random.Next(5)));
        }

        var longer = Timeframe.Standard.Skip(1).ToList();
        var ladder = new TimeframeLadder(Timeframe.M1, longer);
        for (var i = 0; i < minutes.Count; i++)
        {
            ladder.Next(minutes[i]);
            if (i % 997 == 0)
            {
                longer.ShouldAllBe(target => ladder.Closed(target).Count == Aggregation.To(target, minutes.Slice(0, i + 1), Timeframe.M1).Count);
            }
        }

        var inTwoParts = new TimeframeLadder(Timeframe.M1, longer);
        inTwoParts.Next(minutes.Slice(0, 333));
        inTwoParts.Next(minutes.Slice(333, minutes.Count - 333));
        foreach (var target in longer)
        {
            Rows(ladder.Closed(target)).ShouldBe(Rows(Aggregation.To(target, minutes.All(), Timeframe.M1)));
            Rows(inTwoParts.Closed(target)).ShouldBe(Rows(ladder.Closed(target)));
        }
    }

    static List<Candle> Rows(CandleSeries series) => [.. Enumerable.Range(0, series.Count).Select(i => series[i])];

    static CandleSeries At(params int[] minutes) => new([.. minutes.Select(minute => new Candle(minute * 60_000L, 1, 1, 1, 1, 1))]);
}
