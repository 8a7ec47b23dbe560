using Tidemark.Quant.Series;

namespace Tidemark.Bench;

/// <summary>A year of minutes to all seven longer timeframes.</summary>
static class AggregationSuite
{
    public static IReadOnlyList<Measurement> Measure()
    {
        var minutes = Market.Minutes();
        var targets = Timeframe.Standard.Skip(1).ToArray();
        var ladder = Clock.Median(() => new TimeframeLadder(Timeframe.M1, targets, minutes.Count).Next(minutes.All()));
        var alone = Clock.Median(() =>
        {
            foreach (var target in targets)
            {
                Aggregation.To(target, minutes.All(), Timeframe.M1);
            }
        });
        var half = minutes.Count / 2;
        var steady = new TimeframeLadder(Timeframe.M1, targets, minutes.Count);
        steady.Next(minutes.Slice(0, half));
        var allocated = Clock.Allocated(() => steady.Next(minutes.Slice(half, minutes.Count - half)));
        return
        [
            new("525,600 minutes to 7 timeframes", ladder, "ms", 15, "limit"),
            new("525,600 minutes to 7 timeframes, one ladder", ladder, "ms", alone, "each timeframe by itself"),
            new("allocated by the second half-year", allocated, "bytes", 0, "limit"),
        ];
    }
}
