namespace Tidemark.Quant.Series;

public sealed class A_candle_series
{
    [Fact]
    public void Gives_back_what_was_appended()
    {
        var series = new CandleSeries(0);
        var candle = new Candle(60_000, 1, 3, 0.5, 2, 7, 5);

        series.Append(candle);

        series.Count.ShouldBe(1);
        series[0].ShouldBe(candle);
        series.Minutes[0].ShouldBe(5);
    }

    [Fact]
    public void Refuses_a_candle_out_of_order()
    {
        var series = Minutes(2);

        Should.Throw<ArgumentException>(() => series.Append(new Candle(60_000, 1, 1, 1, 1, 1)));
    }

    [Fact]
    public void Is_sliced_without_copying_and_slices_stay_when_it_grows()
    {
        var series = Minutes(10);
        var slice = series.Slice(3, 4).Slice(1, 2);

        for (var i = 10; i < 500; i++)
        {
            series.Append(Minute(i));
        }

        slice.Count.ShouldBe(2);
        slice[0].ShouldBe(Minute(4));
        slice.Closes.ToArray().ShouldBe([4, 5]);
        Should.Throw<ArgumentOutOfRangeException>(() => slice[2]);
    }

    [Fact]
    public void Finds_a_time_or_the_next_after_it()
    {
        var series = Minutes(5);

        series.IndexAtOrAfter(120_000).ShouldBe(2);
        series.IndexAtOrAfter(120_001).ShouldBe(3);
        series.IndexAtOrAfter(long.MaxValue).ShouldBe(5);
    }

    static CandleSeries Minutes(int count) => new([.. Enumerable.Range(0, count).Select(Minute)]);

    static Candle Minute(int i) => new(i * 60_000L, i, i + 1, i - 1, i, 1);
}
