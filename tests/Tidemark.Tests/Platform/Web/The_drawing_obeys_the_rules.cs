using Tidemark.Platform.Web.Landing;

namespace Tidemark.Platform.Web;

/// <summary>The picture on the landing page is made up; what it marks is marked by the product's own rules.</summary>
public sealed class The_drawing_obeys_the_rules
{
    static readonly IReadOnlyList<ChartDrawing.Candle> Candles = ChartDrawing.Candles;

    [Fact]
    public void Every_candle_is_one() =>
        Candles.ShouldAllBe(candle => candle.Low <= Math.Min(candle.Open, candle.Close) && candle.High >= Math.Max(candle.Open, candle.Close));

    [Fact]
    public void The_sweep_takes_a_swing_low_and_closes_back_above_it()
    {
        var level = Candles[ChartDrawing.SweptLow].Low;

        Around(ChartDrawing.SweptLow, 3).ShouldAllBe(candle => candle.Low > level);
        Between(ChartDrawing.SweptLow, ChartDrawing.Sweep).ShouldAllBe(candle => candle.Low >= level);
        Candles[ChartDrawing.Sweep].Low.ShouldBeLessThan(level);
        Candles[ChartDrawing.Sweep].Close.ShouldBeGreaterThan(level);
    }

    [Fact]
    public void The_break_is_the_first_close_above_a_swing_high()
    {
        var level = Candles[ChartDrawing.BrokenHigh].High;

        Around(ChartDrawing.BrokenHigh, 5).ShouldAllBe(candle => candle.High < level);
        Between(ChartDrawing.BrokenHigh, ChartDrawing.Break).ShouldAllBe(candle => candle.Close <= level);
        Candles[ChartDrawing.Break].Close.ShouldBeGreaterThan(level);
    }

    [Fact]
    public void The_gap_lies_between_the_wicks_of_its_neighbours_and_is_never_filled()
    {
        var (bottom, top) = (Candles[ChartDrawing.Gap - 1].High, Candles[ChartDrawing.Gap + 1].Low);

        ((top - bottom) / bottom).ShouldBeGreaterThan(0.0015);
        Between(ChartDrawing.Gap + 1, Candles.Count).ShouldAllBe(candle => candle.Low > bottom);
        Between(ChartDrawing.Gap + 1, Candles.Count).ShouldContain(candle => candle.Low <= top);
    }

    static IEnumerable<ChartDrawing.Candle> Around(int index, int reach) =>
        Enumerable.Range(index - reach, (2 * reach) + 1).Where(other => other != index).Select(other => Candles[other]);

    static IEnumerable<ChartDrawing.Candle> Between(int after, int before) => Candles.Skip(after + 1).Take(before - after - 1);
}
