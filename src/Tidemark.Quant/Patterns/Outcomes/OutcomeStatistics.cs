using Tidemark.Quant.Series;
using Tidemark.Quant.Statistics;

namespace Tidemark.Quant.Patterns.Outcomes;

/// <summary>Which finished patterns a statistic speaks of.</summary>
/// <param name="Kind">Their kind.</param>
/// <param name="Timeframe">Their timeframe.</param>
/// <param name="Direction">Their direction.</param>
public readonly record struct OutcomeGroup(PatternKind Kind, Timeframe Timeframe, Direction Direction);

/// <summary>The record of one group of finished patterns, brought up to date one case at a time.</summary>
public sealed class OutcomeStatistics
{
    readonly List<double> results = [];
    readonly List<double> hoursToTouch = [];
    readonly List<double> hoursToFill = [];
    int filled;
    int wins;
    int decided;

    /// <summary>Finished patterns, a count.</summary>
    public int Cases { get; private set; }

    /// <summary>Trades in which stop and target fell in one candle, a count.</summary>
    public int Ambiguous { get; private set; }

    /// <summary>How often the target came before the stop, a fraction of the trades that reached either, with its 95 % Wilson interval; null of none.</summary>
    public Interval? TargetBeforeStop => Interval.Wilson(wins, decided);

    /// <summary>How often the whole zone was traded through, a fraction of all cases, with its 95 % Wilson interval; null of none.</summary>
    public Interval? FillRate => Interval.Wilson(filled, Cases);

    /// <summary>Median hours from confirmation to the first touch, of those touched, with its 95 % interval; null of none.</summary>
    public Interval? HoursToTouch => Interval.OfMedian(hoursToTouch.ToArray());

    /// <summary>Median hours from confirmation until the whole zone was traded through, of those filled, with its 95 % interval; null of none.</summary>
    public Interval? HoursToFill => Interval.OfMedian(hoursToFill.ToArray());

    /// <summary>Adds a finished pattern.</summary>
    public void Add(in PatternOutcome outcome)
    {
        Cases++;
        filled += outcome.FillPercent >= 100 ? 1 : 0;
        Ambiguous += outcome.IsAmbiguous ? 1 : 0;
        wins += outcome.Result == TradeResult.Target ? 1 : 0;
        decided += outcome.Result is TradeResult.Target or TradeResult.Stop ? 1 : 0;
        AddTo(hoursToTouch, outcome.HoursToTouch);
        AddTo(hoursToFill, outcome.HoursToFill);

        if (outcome.Result != TradeResult.NotEntered)
        {
            results.Add(outcome.RiskMultiple);
        }
    }

    /// <summary>Mean result of the entered trades after costs, in multiples of the risk, with its bootstrap interval; null of none.</summary>
    public Interval? Expectancy(Random random, int resamples = 2_000) => Interval.BootstrapOfMean(results.ToArray(), random, resamples);

    static void AddTo(List<double> durations, double? hours)
    {
        if (hours is { } duration)
        {
            durations.Add(duration);
        }
    }
}

/// <summary>The records of all groups.</summary>
public sealed class OutcomeBook
{
    readonly Dictionary<OutcomeGroup, OutcomeStatistics> groups = [];

    /// <summary>The groups that have cases.</summary>
    public IReadOnlyDictionary<OutcomeGroup, OutcomeStatistics> Groups => groups;

    /// <summary>Adds a finished pattern to the record of its group.</summary>
    public void Add(in PatternOutcome outcome)
    {
        var group = new OutcomeGroup(outcome.Kind, outcome.Timeframe, outcome.Direction);
        if (!groups.TryGetValue(group, out var statistics))
        {
            statistics = new OutcomeStatistics();
            groups.Add(group, statistics);
        }

        statistics.Add(outcome);
    }
}
