using Tidemark.Quant.Backtesting.Proof;
using Tidemark.Quant.Statistics;

namespace Tidemark.Backtests.Results;

/// <summary>What deflates a record anew, whatever was tried since it was made.</summary>
/// <param name="Ratio">Sharpe ratio a day.</param>
/// <param name="Days">Daily returns of the record, a count.</param>
/// <param name="Spread">1 - S·SR + (K-1)/4·SR², of the record's skewness and kurtosis.</param>
/// <param name="Besides">none, weak or strong: what all questions but deflation come to; null of a search.</param>
public sealed record Deflation(double Ratio, int Days, double Spread, string? Besides)
{
    const double DaysAYear = 365, Confidence = 0.95, WeakBar = 0.975, StrongBar = 0.99;

    /// <summary>Of the record that a verdict rests on; null where it has no ratio.</summary>
    public static Deflation? Of(HonestyView honesty)
    {
        var answers = honesty.Answers.Select(Wording.Read).Where(static answer => answer.Question != VerdictQuestion.AboveLuckOfAllTrials).ToList();
        return honesty.OutOfSample is { } record && Of(record) is { } found ? found with { Besides = Wording.Of(Verdict.EvidenceOf(answers)) } : null;
    }

    /// <summary>
    /// Of a record as it is kept: its moments are told by the length it would need, or by how probable its ratio is where it is not above 0.
    /// </summary>
    public static Deflation? Of(JudgedView record)
    {
        if (record.DeflatedSharpe is null || record.Intervals.FirstOrDefault(static one => one.Name == "sharpeRatio") is not { Value: not 0 } sharpe)
        {
            return null;
        }
        var ratio = sharpe.Value / Math.Sqrt(DaysAYear);
        var distance = record.MinimumTrackRecordDays is { } needed ? NormalDistribution.Quantile(Confidence) / Math.Sqrt(needed - 1)
            : record.ProbabilisticSharpe is > 0 and < 1 and var probability ? NormalDistribution.Quantile(probability) / Math.Sqrt(record.TrackRecordDays - 1)
            : double.NaN;
        var spread = ratio / distance * (ratio / distance);
        return double.IsFinite(spread) && spread > 0 ? new Deflation(ratio, record.TrackRecordDays, spread, null) : null;
    }

    /// <summary>Of the best trial of a search.</summary>
    public static Deflation? Of(BestMoments? best) =>
        best is not null && 1 - (best.Skewness * best.Ratio) + ((best.Kurtosis - 1) / 4 * best.Ratio * best.Ratio) is > 0 and var spread && best.Days > 1 ? new Deflation(best.Ratio, best.Days, spread, null) : null;

    /// <summary>Probability, 0 to 1, that the true ratio is above what the best of so many trials shows by luck.</summary>
    public double Deflated(TrialTally tried) => NormalDistribution.Probability((Ratio - tried.RatioOfLuck(Days)) * Math.Sqrt((Days - 1) / Spread));

    /// <summary>The verdict with so many trials.</summary>
    public string? VerdictBy(TrialTally tried) => Besides is null or "none" || Deflated(tried) < WeakBar ? Besides is null ? null : "none" : Deflated(tried) < StrongBar ? "weak" : Besides;
}
