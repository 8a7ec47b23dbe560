using System.ComponentModel;

namespace Tidemark.Backtests.Results;

/// <summary>The figures of the documents.</summary>
public sealed record RunFigures(
    [property: Description("Growth of equity, a fraction.")] double TotalReturn,
    [property: Description("Sharpe ratio a year (365 days) of daily returns; null where undefined.")] double? SharpeRatio,
    [property: Description("The deepest loss from a peak of equity, a fraction, written negative.")] double MaxDrawdown,
    [property: Description("The same, written positive.")] double MaxDrawdownRatio,
    [property: Description("Winning trades over all closed ones, a fraction; null without trades.")] double? WinRate,
    [property: Description("Closed trades, a count.")] int TotalTrades,
    [property: Description("Sum of profits over sum of losses; null without a loss.")] double? ProfitFactor);

/// <summary>What lists show of a result.</summary>
public sealed record RunSummaryFigures(
    RunFigures? Results,
    [property: Description("Growth and Sharpe ratio a year out of sample; null where the period is too short.")] OutOfSampleFigures? OutOfSample,
    [property: Description("Deflated Sharpe ratio of the out-of-sample record, 0 to 1: 0.5 is what the luckiest of as many worthless trials as yours shows.")] double? DeflatedSharpe,
    [property: Description("none, weak or strong.")] string? Verdict,
    IReadOnlyList<string> Flags)
{
    /// <summary>What deflates the record anew by all that was tried since; null where there is none, and of runs that were made before it was kept.</summary>
    public Deflation? Deflation { get; init; }
}

public sealed record OutOfSampleFigures(
    [property: Description("A fraction.")] double TotalReturn,
    [property: Description("A year.")] double? SharpeRatio,
    [property: Description("Closed trades, a count.")] int TotalTrades);

/// <summary>An estimate and the range that likely holds the truth.</summary>
public sealed record Range95(
    string Name,
    [property: Description("In the figure's own unit, as low and high.")] double Value,
    double Low,
    double High,
    [property: Description("How likely the range holds the truth, a fraction.")] double Level);

/// <summary>All the figures of a record.</summary>
public sealed record RunStatistics(
    [property: Description("Quote currency.")] double FinalEquity,
    [property: Description("Final equity less initial capital, quote currency.")] double Profit,
    [property: Description("A fraction.")] double TotalReturn,
    [property: Description("Compound growth a year, a fraction; null where undefined.")] double? AnnualReturn,
    [property: Description("Deviation of daily returns, a fraction a year.")] double? Volatility,
    [property: Description("A year.")] double? SharpeRatio,
    [property: Description("A year.")] double? SortinoRatio,
    [property: Description("Annual return over the deepest drawdown.")] double? CalmarRatio,
    [property: Description("A fraction, positive.")] double MaxDrawdownRatio,
    [property: Description("Daily loss that 95 % of days stay under, a fraction.")] double? ValueAtRisk95,
    [property: Description("Mean of the worst 5 % of days, a fraction.")] double? ExpectedShortfall95,
    [property: Description("Daily returns these rest on, a count.")] int Days,
    [property: Description("Closed trades, a count.")] int Trades,
    [property: Description("Trades with a profit, a count.")] int Wins,
    [property: Description("A fraction; null without trades.")] double? WinRate,
    [property: Description("Wilson's 95 % interval of the win rate.")] Range95? WinRateInterval,
    double? ProfitFactor,
    [property: Description("Mean result of a trade, quote currency.")] double? Expectancy,
    [property: Description("Quote currency.")] double? AverageWin,
    [property: Description("Quote currency, positive.")] double? AverageLoss,
    [property: Description("Longest run of losing trades, a count.")] int LongestLosingRun,
    [property: Description("Mean of the bars trades were held.")] double? AverageBars,
    [property: Description("Share of bars with a position, a fraction.")] double Exposure,
    [property: Description("Kelly's fraction of equity; null where undefined.")] double? Kelly,
    [property: Description("Quote currency.")] double Fees,
    [property: Description("Received (positive) or paid, quote currency.")] double Funding,
    [property: Description("What spread and slippage took, quote currency.")] double SlippageCost,
    [property: Description("Bought and sold in all, quote currency.")] double Turnover,
    [property: Description("Growth of the first symbol from first open to last close, without costs, a fraction.")] double? MarketReturn);

/// <summary>A result at another level of costs.</summary>
public sealed record CostLevelView(
    [property: Description("What fees, spread and slippage are multiplied by.")] double Multiple,
    [property: Description("A fraction.")] double TotalReturn,
    [property: Description("A year.")] double? SharpeRatio,
    [property: Description("A count.")] int TotalTrades);

/// <summary>Something that makes a result hard to believe.</summary>
public sealed record FlagView(
    [property: Description("sharpeTooHigh, winsTooOften, fewTrades, profitFromThreeTrades, tradeNearItsCost or ambiguousFills.")] string Code,
    string Text);

/// <summary>A check of the strategy itself.</summary>
public sealed record CheckView(
    [property: Description("lookAhead or warmUp.")] string Name,
    bool Passed,
    string Text);

/// <summary>One question the verdict rests on.</summary>
public sealed record AnswerView(
    string Question,
    [property: Description("weak or strong: the evidence it is asked for.")] string For,
    [property: Description("In the question's own unit; null where undefined, which counts as no.")] double? Measured,
    [property: Description("In the same unit.")] double Limit,
    bool Passed,
    string Text);

/// <summary>What speaks for and against a record.</summary>
public sealed record JudgedView(
    [property: Description("Probability, 0 to 1, that the true Sharpe ratio is above 0, were this the only trial.")] double? ProbabilisticSharpe,
    [property: Description("Deflated Sharpe ratio, 0 to 1: 0.5 is what the luckiest of as many worthless trials as yours shows.")] double? DeflatedSharpe,
    [property: Description("Sharpe ratio a year that the best of all your trials is expected to show by luck.")] double ExpectedBestSharpe,
    [property: Description("Days after which such a ratio would be above 0 with 95 % confidence; null where it is not above 0.")] double? MinimumTrackRecordDays,
    [property: Description("Days of the record, a count.")] int TrackRecordDays,
    [property: Description("95 % intervals of a block bootstrap of daily returns: that of maxDrawdownRatio is of the deepest loss at days' ends, which never exceeds the one at bars.")] IReadOnlyList<Range95> Intervals,
    IReadOnlyList<CostLevelView> Costs,
    IReadOnlyList<FlagView> Flags);

/// <summary>What a result is worth.</summary>
public sealed record HonestyView(
    [property: Description("none, weak or strong.")] string Verdict,
    [property: Description("The verdict in plain words.")] string Summary,
    IReadOnlyList<AnswerView> Answers,
    [property: Description("All backtests and optimiser trials of yours up to now that deflate this, those on the same kind of market, real or simulated, this one among them; a count.")] long Trials,
    [property: Description("Mean Sharpe ratio of them, a year.")] double TrialSharpeMean,
    [property: Description("Deviation of their Sharpe ratios, a year; null below two.")] double? TrialSharpeDeviation,
    [property: Description("The out-of-sample record, the first to look at; null where the period is too short for one.")] JudgedView? OutOfSample,
    [property: Description("The run with the given settings over the whole period.")] JudgedView InSample,
    [property: Description("How often the best combination of one half is no good in the other, a probability; null where it cannot be said.")] double? OverfittingProbability,
    IReadOnlyList<CheckView> Checks)
{
    [Description("The same count when it was made. Deflated ratios, what luck would show and the verdict count all trials up to now.")]
    public long TrialsThen { get; init; }
}

/// <summary>One window of a walk-forward test.</summary>
public sealed record WindowView(
    DateTimeOffset TrainFrom,
    DateTimeOffset TrainUntil,
    DateTimeOffset TestFrom,
    DateTimeOffset TestUntil,
    [property: Description("What was chosen on the training stretch, each in its own unit.")] IReadOnlyDictionary<string, double> Parameters,
    [property: Description("Whether any combination had a score; else the settings that were given.")] bool WasChosen,
    [property: Description("A year.")] double? TrainSharpe,
    [property: Description("A year.")] double? TestSharpe,
    [property: Description("A fraction.")] double TestReturn,
    [property: Description("Closed trades, a count.")] int TestTrades);

/// <summary>What the strategy would have done had its settings been chosen again and again on the past alone.</summary>
public sealed record WalkForwardView(
    IReadOnlyList<WindowView> Windows,
    RunStatistics Statistics,
    RunFigures Results,
    [property: Description("What of the mean daily return in training was left in testing, a fraction; null where there was none.")] double? Efficiency,
    [property: Description("Combinations that were chosen among, a count.")] int Combinations,
    string Text);

/// <summary>One combination of settings and what it gave.</summary>
public sealed record TrialRow(
    [property: Description("Place among all, the best being 1.")] int Rank,
    [property: Description("Each in its own unit.")] IReadOnlyDictionary<string, double> Parameters,
    [property: Description("By the measure asked for; null where undefined or where there were too few trades.")] double? Score,
    [property: Description("A fraction.")] double TotalReturn,
    [property: Description("A year.")] double? SharpeRatio,
    [property: Description("A year.")] double? SortinoRatio,
    [property: Description("Deepest loss from a peak at days' ends, a fraction, positive.")] double MaxDrawdownRatio,
    double? ProfitFactor,
    [property: Description("A fraction.")] double? WinRate,
    [property: Description("A count.")] int TotalTrades);

public sealed record TriedSetting(string Name, [property: Description("In the setting's own unit.")] IReadOnlyList<double> Values);

/// <summary>What a search found.</summary>
public sealed record OptimisationView(
    string Search,
    string Measure,
    [property: Description("Combinations tried, a count.")] int Combinations,
    [property: Description("Combinations left out because they make no sense, a count.")] int Unreasonable,
    IReadOnlyList<TriedSetting> Parameters,
    [property: Description("The ten best.")] IReadOnlyList<TrialRow> Best,
    [property: Description("How often the best of one half of the record is no good in the other, a probability.")] double? OverfittingProbability,
    [property: Description("Deflated Sharpe ratio of the best one, 0 to 1: 0.5 is what the luckiest of as many worthless trials as yours shows.")] double? DeflatedSharpe,
    [property: Description("Sharpe ratio a year that the best of all your trials is expected to show by luck.")] double? ExpectedBestSharpe,
    string Text);

/// <summary>Whether a result counted as a try.</summary>
public sealed record TrialNote(bool IsNew, string Text);

/// <summary>All that was computed of a run, as it is kept.</summary>
public sealed record RunReport
{
    public required IReadOnlyList<Coverage> Data { get; init; }
    public RunFigures? Results { get; init; }
    public RunStatistics? Statistics { get; init; }
    public HonestyView? Honesty { get; init; }
    public WalkForwardView? WalkForward { get; init; }
    public OptimisationView? Optimisation { get; init; }
    public required TrialNote Trial { get; init; }
    public required string Fingerprint { get; init; }
    public required IReadOnlyList<string> Warnings { get; init; }
    public IReadOnlyList<string> Assumptions { get; init; } = [];
    public int AmbiguousFills { get; init; }
    public int RejectedOrders { get; init; }
    public IReadOnlyDictionary<string, int> Rejections { get; init; } = new Dictionary<string, int>();
    public IReadOnlyList<OpenPositionView> OpenPositions { get; init; } = [];
}

/// <summary>A position still open at the end: marked at the last close, not closed.</summary>
public sealed record OpenPositionView(
    string Symbol,
    [property: Description("long or short.")] string Side,
    [property: Description("Open time of the bar of entry, UTC.")] DateTimeOffset EntryAt,
    [property: Description("Quote currency.")] double EntryPrice,
    [property: Description("Base currency.")] double Quantity,
    [property: Description("Last close, quote currency.")] double LastPrice,
    [property: Description("Net of the fee of entry, quote currency.")] double Profit);

/// <summary>A closed trade.</summary>
public sealed record RunTrade(
    [property: Description("In the order in which they were closed, from 1.")] int Number,
    string Symbol,
    [property: Description("long or short.")] string Side,
    [property: Description("Open time of the bar of entry, UTC.")] DateTimeOffset EntryAt,
    [property: Description("Open time of the bar of exit, UTC.")] DateTimeOffset ExitAt,
    [property: Description("Quote currency.")] double EntryPrice,
    [property: Description("Quote currency.")] double ExitPrice,
    [property: Description("Base currency.")] double Quantity,
    [property: Description("Net of both fees and with funding, quote currency.")] double Profit,
    [property: Description("Profit over what the entry was worth, a fraction.")] double Return,
    [property: Description("Both sides, quote currency.")] double Fees,
    [property: Description("Received (positive) or paid, quote currency.")] double Funding,
    [property: Description("What spread and slippage took, quote currency.")] double SlippageCost,
    [property: Description("Bars held, the bar of entry not counted.")] int Bars,
    [property: Description("signal, stop, target, trailing, liquidation, drawdown, end or manual (closed by hand, on paper).")] string Reason,
    [property: Description("Whether stop and target fell into one candle and the stop was assumed.")] bool Ambiguous,
    [property: Description("Worst price while held against the entry, a fraction, by whole bars; null where unknown.")] double? WorstMove,
    [property: Description("Best price while held against the entry, a fraction, by whole bars.")] double? BestMove,
    [property: Description("run or outOfSample: which of the two records it belongs to.")] string Curve);

/// <summary>What is kept of a curve: every bar where there are few, else the lowest and highest of each of many stretches.</summary>
public sealed record KeptCurve(int Bars, double Initial, IReadOnlyList<long> Times, IReadOnlyList<double> Equity, IReadOnlyList<double> Drawdown, IReadOnlyList<double>? Hold);

/// <summary>The curves of a result.</summary>
public sealed record KeptCurves(KeptCurve? Run, KeptCurve? OutOfSample);

/// <summary>An optimisation's table as it is kept.</summary>
public sealed record KeptTrials(IReadOnlyList<string> Names, string Measure, IReadOnlyList<TriedSetting> Varied, IReadOnlyList<KeptTrial> Trials, BestMoments? Best);

public sealed record KeptTrial(double[] Values, double? Score, double TotalReturn, double? Sharpe, double? Sortino, double Drawdown, double? ProfitFactor, double? WinRate, int Trades);

/// <summary>The daily returns of the best trial as deflation needs them.</summary>
public sealed record BestMoments(double Ratio, int Days, double Skewness, double Kurtosis);

/// <summary>A result ready to be kept.</summary>
public sealed record RunOutcome(string Fingerprint, string? SameAs, string TrialFingerprint, Trials.Tried Tried, RunSummaryFigures Summary, byte[] Report, byte[]? Trades, byte[]? Curve, byte[]? Trials);
