using Tidemark.Quant.Patterns;
using Tidemark.Quant.Patterns.Confluence;
using Tidemark.Quant.Patterns.Outcomes;
using Tidemark.Quant.Series;
using Tidemark.Quant.Statistics;

namespace Tidemark.Patterns.Statistics;

/// <summary>Which finished patterns stand together: kind, timeframe and direction, and how much the timeframes agreed with them.</summary>
public readonly record struct SampleGroup(PatternKind Kind, Timeframe Timeframe, Direction Direction, ConfluenceGrade Class)
{
    public SampleGroup Any => this with { Class = default };
}

/// <summary>What became of the finished patterns of a group.</summary>
public sealed class OutcomeSamples
{
    /// <summary>Above so many trades the normal approximation is as good as the bootstrap, and free.</summary>
    const int MostResampled = 1_000;

    const int Resamples = 500;

    public int Cases { get; set; }
    public int Filled { get; set; }
    public int Wins { get; set; }
    public int Decided { get; set; }
    public int Ambiguous { get; set; }
    public DateTimeOffset FirstAt { get; set; } = DateTimeOffset.MaxValue;
    public List<double> Results { get; } = [];
    public List<double> HoursToTouch { get; } = [];
    public List<double> HoursToFill { get; } = [];

    public void Add(in Pattern pattern, in PatternOutcome outcome)
    {
        Cases++;
        Filled += outcome.FillPercent >= 100 ? 1 : 0;
        Wins += outcome.Result == TradeResult.Target ? 1 : 0;
        Decided += outcome.Result is TradeResult.Target or TradeResult.Stop ? 1 : 0;
        Ambiguous += outcome.IsAmbiguous ? 1 : 0;
        var knownAt = DateTimeOffset.FromUnixTimeMilliseconds(pattern.KnownAt);
        FirstAt = knownAt < FirstAt ? knownAt : FirstAt;
        if (outcome.Result != TradeResult.NotEntered)
        {
            Results.Add(outcome.RiskMultiple);
        }
        if (outcome.HoursToTouch is { } touch)
        {
            HoursToTouch.Add(touch);
        }
        if (outcome.HoursToFill is { } fill)
        {
            HoursToFill.Add(fill);
        }
    }

    public void Add(OutcomeSamples other)
    {
        (Cases, Filled, Wins, Decided, Ambiguous) = (Cases + other.Cases, Filled + other.Filled, Wins + other.Wins, Decided + other.Decided, Ambiguous + other.Ambiguous);
        FirstAt = other.FirstAt < FirstAt ? other.FirstAt : FirstAt;
        Results.AddRange(other.Results);
        HoursToTouch.AddRange(other.HoursToTouch);
        HoursToFill.AddRange(other.HoursToFill);
    }

    /// <summary>Each figure where enough cases carry it.</summary>
    public Interval? HitRate => Decided >= Reliability.Least ? Interval.Wilson(Wins, Decided) : null;
    public Interval? FillRate => Cases >= Reliability.Least ? Interval.Wilson(Filled, Cases) : null;
    public Interval? MedianToTouch => Median(HoursToTouch);
    public Interval? MedianToFill => Median(HoursToFill);

    public Interval? Expectancy =>
        Results.Count < Reliability.Least ? null
        : Results.Count > MostResampled ? Interval.OfMean(Results.ToArray())
        : Interval.BootstrapOfMean(Results.ToArray(), new Random(Results.Count), Resamples);

    static Interval? Median(List<double> hours) => hours.Count >= Reliability.Least ? Interval.OfMedian(hours.ToArray()) : null;
}
