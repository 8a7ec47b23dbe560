using Tidemark.Quant.Statistics;

namespace Tidemark.Quant.Backtesting.Proof;

/// <summary>
/// All that was ever tried, as far as deflation needs it: how many trials, and how much their Sharpe ratios differ. It only grows; two tallies
/// can be added. Ratios are those of daily returns, per day.
/// </summary>
/// <param name="Trials">All trials, a count.</param>
/// <param name="Measured">Trials that have a ratio, a count; one whose equity never moved has none.</param>
/// <param name="MeanRatio">Mean of the ratios.</param>
/// <param name="SquaredDeviations">Sum of the squared distances of the ratios from their mean.</param>
public readonly record struct TrialTally(long Trials, long Measured, double MeanRatio, double SquaredDeviations)
{
    /// <summary>Nothing tried yet.</summary>
    public static TrialTally None => default;

    /// <summary>Variance of the sample of ratios (n-1); null below two.</summary>
    public double? VarianceOfRatios => Measured < 2 ? null : SquaredDeviations / (Measured - 1);

    /// <summary>The trials of one search. One that did just what another did is counted, but adds no ratio: copies would make trials look more alike than they are.</summary>
    public static TrialTally OfSearch(IEnumerable<double?> ratios)
    {
        var seen = new HashSet<double>();
        return ratios.Aggregate(None, (tally, ratio) => tally.With(ratio is { } value && seen.Add(value) ? value : null));
    }

    /// <summary>
    /// The ratio a day that the best of all trials is expected to show by luck over so many days. Trials that hardly differ do not lower it: their
    /// variance is never taken as less than that of ratios without skill over as many days.
    /// </summary>
    public double RatioOfLuck(int days) => SharpeSignificance.ExpectedBest(
        (int)Math.Clamp(Trials, 1, int.MaxValue), Math.Max(VarianceOfRatios ?? 0, 1.0 / Math.Max(1, days - 1)));

    /// <summary>The tally with one more trial.</summary>
    public TrialTally With(double? ratio) =>
        ratio is { } value && double.IsFinite(value) ? Plus(new TrialTally(1, 1, value, 0)) : this with { Trials = Trials + 1 };

    /// <summary>Both tallies together.</summary>
    public TrialTally Plus(TrialTally other)
    {
        if (Measured == 0 || other.Measured == 0)
        {
            return (Measured == 0 ? other : this) with { Trials = Trials + other.Trials };
        }

        var measured = Measured + other.Measured;
        var apart = other.MeanRatio - MeanRatio;
        return new TrialTally(
            Trials + other.Trials,
            measured,
            MeanRatio + (apart * other.Measured / measured),
            SquaredDeviations + other.SquaredDeviations + (apart * apart * Measured * other.Measured / measured));
    }
}
