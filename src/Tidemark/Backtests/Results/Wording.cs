using System.Globalization;
using Tidemark.Quant.Backtesting;
using Tidemark.Quant.Backtesting.Proof;
using Tidemark.Quant.Backtesting.Proof.Checks;

namespace Tidemark.Backtests.Results;

/// <summary>What judgements mean in plain words.</summary>
static class Wording
{
    public static string Of(Evidence evidence) => evidence switch { Evidence.Strong => "strong", Evidence.Weak => "weak", _ => "none" };

    /// <summary>The verdict in a sentence; where nobody named what to choose among, it was chosen among neighbours of the settings that were given.</summary>
    public static string Summary(Verdict verdict, bool hasOutOfSample, bool isAmongNeighbours) => verdict.Evidence switch
    {
        _ when !hasOutOfSample => "No evidence: the period is too short to try the settings on days that did not choose them.",
        Evidence.Strong => "Strong evidence, as far as a backtest goes: out of sample it holds against luck, costs and the choice of settings. " + (isAmongNeighbours ? "It was chosen among neighbours of your settings, which you may have picked with this time in view. " : "") + "The future may still differ.",
        Evidence.Weak => $"Weak evidence: more than luck would likely show, but {Failed(verdict, Evidence.Strong)}.",
        _ => $"No evidence: luck would show this as well; {Failed(verdict, Evidence.Weak)}.",
    };

    static string Failed(Verdict verdict, Evidence level) =>
        string.Join("; ", verdict.Answers.Where(answer => !answer.Passed && answer.For == level).Select(Short).Distinct().Take(3)) is { Length: > 0 } said ? said : "not in every respect";

    static string Short(VerdictAnswer answer) => answer.Question switch
    {
        VerdictQuestion.EnoughTrades => "there are under 30 trades out of sample",
        VerdictQuestion.LongEnough => "the record is too short for such a ratio",
        VerdictQuestion.AboveLuckByResampling => "resampling reaches below zero",
        VerdictQuestion.AboveLuckOfAllTrials => "so many trials explain it",
        VerdictQuestion.BlindToTheFuture => "later candles changed earlier decisions",
        VerdictQuestion.ChoiceHolds => "the best settings of one half are often no good in the other",
        VerdictQuestion.SurvivesDoubledCosts => "doubled costs take the profit",
        VerdictQuestion.Believable => "a warning is raised",
        _ => "the warm-up is too short",
    };

    public static AnswerView Of(VerdictAnswer answer) => new(
        Word(answer.Question), Of(answer.For), answer.Measured, answer.Limit, answer.Passed,
        answer.Question switch
        {
            VerdictQuestion.EnoughTrades => $"Closed trades out of sample: {Number(answer.Measured)}, at least {Number(answer.Limit)} wanted.",
            VerdictQuestion.LongEnough => $"Days of the record over the days such a ratio needs: {Number(answer.Measured)}, at least 1 wanted.",
            VerdictQuestion.AboveLuckByResampling => $"Lower end of the 95 % interval of the Sharpe ratio a year: {Number(answer.Measured)}, above 0 wanted.",
            VerdictQuestion.AboveLuckOfAllTrials => $"Deflated Sharpe ratio: {Number(answer.Measured)}, at least {Number(answer.Limit)} wanted.",
            VerdictQuestion.BlindToTheFuture => $"Decisions that later candles changed: {Number(answer.Measured)}, none wanted.",
            VerdictQuestion.ChoiceHolds => $"Probability of overfitting: {Number(answer.Measured)}, at most {Number(answer.Limit)} wanted.",
            VerdictQuestion.SurvivesDoubledCosts => $"Return with doubled costs: {Percent(answer.Measured)}, above 0 wanted.",
            VerdictQuestion.Believable => $"Warnings raised: {Number(answer.Measured)}, none wanted.",
            _ => $"Bars of warm-up missing: {Number(answer.Measured)}, none wanted.",
        });

    /// <summary>The answer that words were made of.</summary>
    public static VerdictAnswer Read(AnswerView answer) => new(
        Enum.Parse<VerdictQuestion>(answer.Question, ignoreCase: true), Enum.Parse<Evidence>(answer.For, ignoreCase: true), answer.Measured, Bound.AtLeast, answer.Limit, answer.Passed);

    public static FlagView Of(SanityFlag flag) => new(
        Word(flag.Concern),
        flag.Concern switch
        {
            SanityConcern.SharpeTooHigh => $"A Sharpe ratio of {Number(flag.Measured)} a year; hardly any real strategy is above {Number(flag.Limit)}.",
            SanityConcern.WinsTooOften => $"{Percent(flag.Measured)} of the trades win; over {Percent(flag.Limit)} mostly means small profits taken at once and losses that wait.",
            SanityConcern.FewTrades => $"{Number(flag.Measured)} trades; under {Number(flag.Limit)} their average means little.",
            SanityConcern.ProfitFromThreeTrades => $"{Percent(flag.Measured)} of the profit comes of three trades.",
            _ => $"The average trade earns {Number(flag.Measured)}, under twice what it costs ({Number(flag.Limit)}): slightly dearer fills would take it.",
        });

    public static CheckView Of(LookAheadCheck check) => new(
        "lookAhead", check.Passed,
        check.Passed ? $"Later candles changed none of {check.Decisions:N0} decisions in {check.Bars:N0} bars." : $"Later candles changed {check.Rewritten:N0} of {check.Decisions:N0} decisions: the strategy knows what nobody knew.");

    public static CheckView Of(WarmUpCheck check) => new(
        "warmUp", check.DeclaredIsEnough,
        check switch
        {
            { Decisions: 0 } => $"It says it needs {check.Declared:N0} bars; it decided nothing that could show whether that is enough.",
            { Needed: { } needed } when needed <= check.Declared => $"{check.Declared:N0} bars of past are enough, as it says.",
            { Needed: { } needed } => $"It says it needs {check.Declared:N0} bars; decisions settle after {needed:N0}. Runs read at least as many before they begin.",
            _ => $"It says it needs {check.Declared:N0} bars; even with {check.Bars:N0} its decisions still depend on where it began.",
        });

    public static string Of(BacktestWarning warning) => warning switch
    {
        BacktestWarning.FewerBarsThanWarmUp => "There are fewer bars than the strategy needs before it can decide.",
        BacktestWarning.GapsInBars => "Bars are missing between others.",
        BacktestWarning.NoTrades => "No trade was closed.",
        BacktestWarning.AmbiguousFills => "A stop and a target fell into one candle at least once; the stop was assumed.",
        _ => "The account was closed by force.",
    };

    public static string Word<T>(T value)
        where T : struct, Enum => Running.RunTable.Word(value);

    public static string Number(double? value) => value is { } known && double.IsFinite(known) ? known.ToString("#,0.###", CultureInfo.InvariantCulture) : "unknown";

    public static string Percent(double? value) => value is { } known && double.IsFinite(known) ? known.ToString("0.##%", CultureInfo.InvariantCulture) : "unknown";
}
