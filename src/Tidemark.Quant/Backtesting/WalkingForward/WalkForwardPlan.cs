namespace Tidemark.Quant.Backtesting.WalkingForward;

/// <summary>How a record is cut into stretches on which parameters are chosen and stretches on which the choice is tried.</summary>
public sealed record WalkForwardPlan
{
    /// <summary>Six windows that leave two thirds of the record out of sample.</summary>
    public static WalkForwardPlan Standard { get; } = new();

    /// <summary>Windows, a count.</summary>
    public int Windows { get; init; } = 6;

    /// <summary>What is in sample of the first window, in-sample and out-of-sample stretch together; a fraction.</summary>
    public double InSampleShare { get; init; } = 0.75;

    /// <summary>Whether each in-sample stretch starts at the record's start and grows; else all are of the same length and roll on.</summary>
    public bool IsAnchored { get; init; }

    internal WalkForwardPlan Checked() => Windows is >= 1 and <= 100 && InSampleShare is > 0 and < 1
        ? this
        : throw new BacktestException($"a walk forward takes 1 to 100 windows and an in-sample share between 0 and 1, not {Windows} and {InSampleShare}");

    /// <summary>The windows over so many days, in days from the first; none where the days are too few for one a window on either side.</summary>
    internal IReadOnlyList<(Range In, Range Out)> Over(int days)
    {
        var ratio = InSampleShare / (1 - InSampleShare);
        var length = days / (Windows + ratio);
        var first = days - (int)Math.Round(Windows * length);
        if (length < 1 || first < 2)
        {
            return [];
        }

        return
        [
            .. Enumerable.Range(0, Windows).Select(window =>
            {
                var (from, until) = (first + (int)Math.Round(window * length), Math.Min(days, first + (int)Math.Round((window + 1) * length)));
                return ((IsAnchored ? 0 : from - first)..from, from..until);
            }),
        ];
    }
}
