namespace Tidemark.Quant.Backtesting.WalkingForward;

/// <summary>One window: parameters chosen on one stretch and tried on the next. Returns are fractions, ratios a year.</summary>
/// <param name="InSample">The stretch they were chosen on.</param>
/// <param name="OutOfSample">The stretch they were tried on, which the choice knew nothing of.</param>
/// <param name="Parameters">What was chosen, each in its own unit.</param>
public sealed record WalkForwardWindow(TrialPeriod InSample, TrialPeriod OutOfSample, IReadOnlyDictionary<string, double> Parameters)
{
    /// <summary>Whether any combination had a score in sample; else the parameters are those given.</summary>
    public required bool WasChosen { get; init; }

    /// <summary>Sharpe ratio a year in sample; null where undefined.</summary>
    public double? InSampleSharpe { get; init; }

    /// <summary>Mean daily return in sample, a fraction; null without days.</summary>
    public double? InSampleMean { get; init; }

    /// <summary>Sharpe ratio a year out of sample; null where undefined.</summary>
    public double? OutOfSampleSharpe { get; init; }

    /// <summary>Mean daily return out of sample, a fraction; null without days.</summary>
    public double? OutOfSampleMean { get; init; }

    /// <summary>Growth out of sample, a fraction.</summary>
    public required double OutOfSampleReturn { get; init; }

    /// <summary>Trades closed out of sample, a count.</summary>
    public required int Trades { get; init; }

    /// <summary>What of the mean daily return in sample was left out of sample, a fraction; null where there was none in sample.</summary>
    public double? Efficiency => InSampleMean > 0 ? OutOfSampleMean / InSampleMean : null;
}

/// <summary>
/// What a strategy would have done had its parameters been chosen again and again on the past alone: the out-of-sample stretches put together to
/// one record. Each stretch starts without a position and with the money the last one ended with, and closes what is open at its end.
/// </summary>
public sealed record WalkForwardResult
{
    /// <summary>The windows, oldest first; one where there was nothing to choose.</summary>
    public required IReadOnlyList<WalkForwardWindow> Windows { get; init; }

    /// <summary>Combinations that were chosen among, a count.</summary>
    public required int Combinations { get; init; }

    /// <summary>Open times of the bars out of sample in UTC milliseconds.</summary>
    public required IReadOnlyList<long> Times { get; init; }

    /// <summary>Equity at the close of each bar out of sample, money.</summary>
    public required IReadOnlyList<double> Equity { get; init; }

    /// <summary>Simple returns of the equity at the last bar of each UTC day out of sample, fractions.</summary>
    public required IReadOnlyList<double> DailyReturns { get; init; }

    /// <summary>Trades closed out of sample.</summary>
    public required IReadOnlyList<Trade> Trades { get; init; }

    /// <summary>What they come to.</summary>
    public required BacktestStatistics Statistics { get; init; }

    /// <summary>Fees, spread and slippage, money.</summary>
    public required double Costs { get; init; }

    /// <summary>Exits where stop and target fell into one candle and the stop was assumed, a count.</summary>
    public required int AmbiguousFills { get; init; }

    /// <summary>Mean daily return out of sample over that in sample, both averaged over the windows, a fraction; null where there was none in sample.</summary>
    public double? Efficiency => Windows.Average(window => window.InSampleMean) is { } inside and > 0 ? Windows.Average(window => window.OutOfSampleMean) / inside : null;
}
