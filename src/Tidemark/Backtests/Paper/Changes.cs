using System.Globalization;
using Tidemark.Market.Candles;
using Tidemark.Quant.Series;

namespace Tidemark.Backtests.Paper;

/// <summary>In which candles two stretches of the same series differ, in words.</summary>
static class Changes
{
    public static IEnumerable<string> Of(CandleSlice taken, CandleSlice stored, string kind)
    {
        var (i, j) = (0, 0);
        while (i < taken.Count || j < stored.Count)
        {
            var (mine, other) = (i < taken.Count ? taken.Times[i] : long.MaxValue, j < stored.Count ? stored.Times[j] : long.MaxValue);
            if (mine < other)
            {
                yield return $"{Moment(mine)}{kind} is gone";
                i++;
            }
            else if (mine > other)
            {
                yield return $"{Moment(other)}{kind} came later";
                j++;
            }
            else
            {
                if (!Same(taken[i], stored[j]))
                {
                    yield return string.Create(CultureInfo.InvariantCulture, $"{Moment(mine)}{kind} closed at {taken[i].Close:0.########}, now {stored[j].Close:0.########}");
                }
                i++;
                j++;
            }
        }
    }

    static bool Same(in Candle left, in Candle right) => left.Open.Equals(right.Open) && left.High.Equals(right.High) && left.Low.Equals(right.Low) && left.Close.Equals(right.Close) && left.Volume.Equals(right.Volume);

    static string Moment(long time) => CandleTable.TimeOf(time).UtcDateTime.ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture);
}
