namespace Tidemark.Simulator.Synthetic;

/// <summary>How busy the market is over the week: most around 14 UTC, least before European morning, less on weekends. The mean is 1.</summary>
static class Seasons
{
    const int MinutesADay = 1_440;
    const int MinutesAWeek = 7 * MinutesADay;
    const double Weekend = 0.6;

    // The week is counted from Thursday, as 1970 was, so the weekend is its third and fourth day.
    static readonly double[] Sum = Build();

    /// <summary>The business done between two minutes counted from 1970.</summary>
    public static double Between(long from, long to) => Until(to) - Until(from);

    static double Until(long minute)
    {
        var (week, rest) = Math.DivRem(minute, MinutesAWeek);
        return (week * (double)MinutesAWeek) + Sum[rest];
    }

    static double[] Build()
    {
        var sum = new double[MinutesAWeek + 1];
        for (var minute = 0; minute < MinutesAWeek; minute++)
        {
            var hour = minute % MinutesADay / 60.0;
            var day = 1 + (0.45 * Math.Cos((hour - 14.5) * Math.PI / 12)) + (0.15 * Math.Cos((hour - 14) * Math.PI / 6));
            sum[minute + 1] = sum[minute] + (day * (minute / MinutesADay is 2 or 3 ? Weekend : 1));
        }

        var scale = MinutesAWeek / sum[^1];
        for (var minute = 0; minute <= MinutesAWeek; minute++)
        {
            sum[minute] *= scale;
        }

        return sum;
    }
}
