namespace Tidemark.Quant.Backtesting.Proof;

/// <summary>What a record proves.</summary>
public enum Evidence
{
    /// <summary>Nothing that luck would not show as well.</summary>
    None,

    /// <summary>More than luck would likely show, but not in every respect.</summary>
    Weak,

    /// <summary>All that can be asked of a backtest speaks for it; the future may still differ.</summary>
    Strong,
}

/// <summary>A question the verdict asks.</summary>
public enum VerdictQuestion
{
    /// <summary>Closed trades out-of-sample, a count.</summary>
    EnoughTrades,

    /// <summary>Days of the record over the days that such a ratio needs.</summary>
    LongEnough,

    /// <summary>Lower end of the 95 % bootstrap interval of the Sharpe ratio a year.</summary>
    AboveLuckByResampling,

    /// <summary>Deflated Sharpe ratio, a probability; asked twice, for weak and for full evidence.</summary>
    AboveLuckOfAllTrials,

    /// <summary>Decisions that later candles changed, a count.</summary>
    BlindToTheFuture,

    /// <summary>Probability of backtest overfitting; asked where parameters were chosen.</summary>
    ChoiceHolds,

    /// <summary>Return with all costs doubled, a fraction.</summary>
    SurvivesDoubledCosts,

    /// <summary>Sanity flags raised, a count.</summary>
    Believable,

    /// <summary>Bars of warm-up missing before decisions are settled, a count.</summary>
    WarmedUp,
}

/// <summary>How a figure must stand to its limit.</summary>
public enum Bound
{
    /// <summary>Equal or greater.</summary>
    AtLeast,

    /// <summary>Equal or less.</summary>
    AtMost,

    /// <summary>Greater.</summary>
    Above,
}

/// <summary>One answer the verdict rests on.</summary>
/// <param name="Question">What was asked.</param>
/// <param name="For">The evidence it is asked for.</param>
/// <param name="Measured">The figure, in the unit of the question; null where it is undefined, which counts as no.</param>
/// <param name="Bound">How the figure must stand to the limit.</param>
/// <param name="Limit">The limit, in the same unit.</param>
/// <param name="Passed">Whether it does.</param>
public readonly record struct VerdictAnswer(VerdictQuestion Question, Evidence For, double? Measured, Bound Bound, double Limit, bool Passed);

/// <summary>What the verdict asks about; see the questions for the units.</summary>
public sealed record VerdictFigures
{
    /// <summary>Closed trades out-of-sample, a count.</summary>
    public required int Trades { get; init; }

    /// <summary>The out-of-sample record.</summary>
    public required Significance Record { get; init; }

    /// <summary>Whether parameters were chosen among several, so that the choice must be shown to hold.</summary>
    public required bool Chosen { get; init; }

    /// <summary>Overfitting of the choice; null where it could not be measured.</summary>
    public Overfitting? Overfitting { get; init; }

    /// <summary>Return out-of-sample with all costs doubled, a fraction.</summary>
    public double? ReturnAtTwiceTheCosts { get; init; }

    /// <summary>Sanity flags of the out-of-sample record.</summary>
    public required IReadOnlyList<SanityFlag> Flags { get; init; }

    /// <summary>Decisions that later candles changed, a count; null where they were not looked for.</summary>
    public int? Rewritten { get; init; }

    /// <summary>Bars of warm-up missing, a count; null where it was not looked at.</summary>
    public int? MissingWarmUp { get; init; }
}

/// <summary>
/// The verdict on a record, by a rule without judgement: weak evidence takes all of thirty trades, a record as long as its ratio needs at 95 %,
/// a bootstrap interval of the Sharpe ratio above 0, a deflated Sharpe ratio of at least 0.975, and decisions blind to the future; full evidence
/// takes besides a deflated Sharpe ratio of at least 0.99, a probability of overfitting of at most 0.2 where parameters were chosen, a profit
/// with doubled costs, no sanity flag, and enough warm-up.
/// </summary>
/// <param name="Evidence">The verdict.</param>
/// <param name="Answers">What it rests on, in the order asked.</param>
public sealed record Verdict(Evidence Evidence, IReadOnlyList<VerdictAnswer> Answers)
{
    const int FewestTrades = 30;
    const double WeakDeflated = 0.975;
    const double StrongDeflated = 0.99;
    const double MostOverfitting = 0.2;

    /// <summary>Applies the rule.</summary>
    public static Verdict Of(VerdictFigures figures)
    {
        var record = figures.Record;
        List<VerdictAnswer> answers =
        [
            AtLeast(VerdictQuestion.EnoughTrades, Evidence.Weak, figures.Trades, FewestTrades),
            AtLeast(VerdictQuestion.LongEnough, Evidence.Weak, record.Days / record.ShortestRecord, 1),
            Above(VerdictQuestion.AboveLuckByResampling, Evidence.Weak, record.Intervals.Sharpe?.Low, 0),
            AtLeast(VerdictQuestion.AboveLuckOfAllTrials, Evidence.Weak, record.Deflated, WeakDeflated),
            AtMost(VerdictQuestion.BlindToTheFuture, Evidence.Weak, figures.Rewritten, 0),
            AtLeast(VerdictQuestion.AboveLuckOfAllTrials, Evidence.Strong, record.Deflated, StrongDeflated),
            Above(VerdictQuestion.SurvivesDoubledCosts, Evidence.Strong, figures.ReturnAtTwiceTheCosts, 0),
            AtMost(VerdictQuestion.Believable, Evidence.Strong, figures.Flags.Count, 0),
            AtMost(VerdictQuestion.WarmedUp, Evidence.Strong, figures.MissingWarmUp, 0),
        ];
        if (figures.Chosen)
        {
            answers.Add(AtMost(VerdictQuestion.ChoiceHolds, Evidence.Strong, figures.Overfitting?.Probability, MostOverfitting));
        }

        return new Verdict(EvidenceOf(answers), answers);
    }

    /// <summary>What answers come to.</summary>
    public static Evidence EvidenceOf(IReadOnlyList<VerdictAnswer> answers) =>
        answers.Any(answer => answer is { For: Evidence.Weak, Passed: false }) ? Evidence.None
        : answers.Any(answer => !answer.Passed) ? Evidence.Weak
        : Evidence.Strong;

    static VerdictAnswer AtLeast(VerdictQuestion question, Evidence level, double? measured, double limit) =>
        new(question, level, measured, Bound.AtLeast, limit, measured >= limit);

    static VerdictAnswer AtMost(VerdictQuestion question, Evidence level, double? measured, double limit) =>
        new(question, level, measured, Bound.AtMost, limit, measured <= limit);

    static VerdictAnswer Above(VerdictQuestion question, Evidence level, double? measured, double limit) =>
        new(question, level, measured, Bound.Above, limit, measured > limit);
}
