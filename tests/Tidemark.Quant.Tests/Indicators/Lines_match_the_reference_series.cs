using Tidemark.Quant.Indicators.Bands;
using Tidemark.Quant.Indicators.Levels;
using Tidemark.Quant.Indicators.PriceTransforms;
using Tidemark.Quant.Indicators.Statistics;
using Tidemark.Quant.Indicators.Volatility;

namespace Tidemark.Quant.Indicators;

public sealed class Lines_match_the_reference_series
{
    [Theory]
    [InlineData("zigzag")]
    [InlineData("zigzag-close")]
    public void Of_the_zigzag(string name)
    {
        var rows = ReferenceSeries.Rows(name);
        var candles = ReferenceSeries.Candles();
        var states = new ZigZagValue[candles.Count];
        Batch.Run(new ZigZag(5, CandleEnd.Close), candles.All(), states.AsSpan());
        var (line, highs, lows) = (new double[candles.Count], new double[candles.Count], new double[candles.Count]);

        ZigZagLines.Draw(states, candles.Closes[^1], line, highs, lows);

        ReferenceSeries.ShouldMatch(line, ReferenceSeries.Column(rows, "zigZag"), "line");
        ReferenceSeries.ShouldMatch(highs, ReferenceSeries.Column(rows, "retraceHigh"), "highs");
        ReferenceSeries.ShouldMatch(lows, ReferenceSeries.Column(rows, "retraceLow"), "lows");
    }

    [Theory]
    [InlineData("high", "highTrend", "highLine", 0, 1)]
    [InlineData("low", "lowTrend", "lowLine", 2, 3)]
    public void Of_the_pivots(string point, string trend, string line, double rising, double falling)
    {
        const int Longest = 20;
        var rows = ReferenceSeries.Rows("pivots");
        var candles = ReferenceSeries.Candles();
        var pivots = IndicatorCall.Parse($"PIVOTS(2, 2, {Longest})");
        var columns = pivots.Run(candles.All());
        var points = pivots.DrawnAtItsCandle(columns, point);
        var trends = pivots.DrawnAtItsCandle(columns, trend);
        var drawn = new double[points.Length];

        PivotLines.Draw(points, Longest, drawn);

        ReferenceSeries.ShouldMatch(drawn, ReferenceSeries.Column(rows, line), line);
        var expected = ReferenceSeries.Column(rows, trend);
        for (var i = 0; i < points.Length; i++)
        {
            if (!double.IsNaN(points[i]) && !double.IsNaN(expected[i]))
            {
                trends[i].ShouldBe(expected[i] == rising ? 1 : -1, $"{trend}[{i}]");
                expected[i].ShouldBeOneOf(rising, falling);
            }
        }
    }

    [Fact]
    public void Of_the_regression_slope()
    {
        var expected = ReferenceSeries.Column(ReferenceSeries.Rows("slope"), "line");
        var closes = ReferenceSeries.Candles().Closes;
        var fits = new SlopeValue[closes.Length];
        Batch.Run(new Slope(14), closes, fits.AsSpan());

        var last = fits[^1];

        for (var back = 0; back < 14; back++)
        {
            (last.End - (back * last.Slope)).ShouldBe(expected[^(back + 1)], 1e-9 * expected[^1]);
        }
    }

    [Fact]
    public void Of_the_deviation_channels()
    {
        var rows = ReferenceSeries.Rows("stdev-channels");
        var closes = ReferenceSeries.Candles().Closes.ToArray();
        var (middle, upper, lower) = (new double[closes.Length], new double[closes.Length], new double[closes.Length]);

        var starts = DeviationChannelLines.Draw(closes, 20, 2, middle, upper, lower);

        ReferenceSeries.ShouldMatch(middle, ReferenceSeries.Column(rows, "centerline"), "middle");
        ReferenceSeries.ShouldMatch(upper, ReferenceSeries.Column(rows, "upperChannel"), "upper");
        ReferenceSeries.ShouldMatch(lower, ReferenceSeries.Column(rows, "lowerChannel"), "lower");
        var breaks = ReferenceSeries.Column(rows, "breakPoint");
        starts.Order().ShouldBe(Enumerable.Range(0, breaks.Length).Where(i => breaks[i] == 1));
    }

    [Theory]
    [InlineData("renko", false)]
    [InlineData("renko-atr", true)]
    public void Of_the_renko_bricks(string name, bool sizedByRange)
    {
        var rows = ReferenceSeries.Rows(name);
        var candles = ReferenceSeries.Candles();
        var ranges = new AtrValue[candles.Count];
        Batch.Run(new Atr(14), candles.All(), ranges.AsSpan());
        var size = sizedByRange ? ranges[^1].Atr : 1;
        var states = new RenkoValue[candles.Count];
        Batch.Run(new Renko(size, CandleEnd.Close), candles.All(), states.AsSpan());
        var bricks = new List<RenkoBrick>();

        foreach (var laid in states)
        {
            RenkoBrick.List(in laid, size, bricks);
        }

        ReferenceSeries.ShouldMatch([.. bricks.Select(brick => brick.Open)], ReferenceSeries.Column(rows, "open"), "open");
        ReferenceSeries.ShouldMatch([.. bricks.Select(brick => brick.High)], ReferenceSeries.Column(rows, "high"), "high");
        ReferenceSeries.ShouldMatch([.. bricks.Select(brick => brick.Low)], ReferenceSeries.Column(rows, "low"), "low");
        ReferenceSeries.ShouldMatch([.. bricks.Select(brick => brick.Close)], ReferenceSeries.Column(rows, "close"), "close");
        ReferenceSeries.ShouldMatch([.. bricks.Select(brick => brick.Volume)], ReferenceSeries.Column(rows, "volume"), "volume");
        ReferenceSeries.ShouldMatch([.. bricks.Select(brick => brick.IsUp ? 1.0 : 0)], ReferenceSeries.Column(rows, "isUp"), "isUp");
    }
}
