using Tidemark.Quant.Strategies;

namespace Tidemark.Quant.Backtesting;

/// <summary>
/// Runs one strategy with many settings over the same data: columns are shared, results are light. May be used by several threads at once.
/// A trial gives the same money as <see cref="Backtester.Run"/> does.
/// </summary>
public sealed class TrialRunner
{
    /// <summary>Room for shared columns where nothing else is said, in bytes.</summary>
    public const long StandardRoom = 256L << 20;

    readonly BacktestInput input;
    readonly BacktestSettings settings;
    readonly ColumnStores columns;

    /// <summary>Prepares trials of a strategy; at most the given bytes are kept for shared columns.</summary>
    public TrialRunner(StrategyDescription strategy, BacktestInput input, BacktestSettings settings, long room = StandardRoom)
    {
        Strategy = strategy;
        this.input = input;
        this.settings = settings.Checked();
        columns = new ColumnStores(input, room);
    }

    TrialRunner(TrialRunner other, BacktestSettings settings)
    {
        Strategy = other.Strategy;
        input = other.input;
        this.settings = settings.Checked();
        columns = other.columns;
    }

    /// <summary>The strategy on trial.</summary>
    public StrategyDescription Strategy { get; }

    /// <summary>The same strategy and columns with other settings.</summary>
    public TrialRunner With(BacktestSettings other) => new(this, other);

    /// <summary>Runs one trial over the whole input.</summary>
    public TrialResult Run(IReadOnlyDictionary<string, double>? parameters, CancellationToken stop = default) =>
        Run(parameters, TrialPeriod.All, stop);

    /// <summary>Runs one trial over a part of the input; indicators have seen what was before it.</summary>
    public TrialResult Run(IReadOnlyDictionary<string, double>? parameters, TrialPeriod period, CancellationToken stop = default) =>
        Run(parameters, period, settings.InitialCash, stop);

    /// <summary>Runs one trial over a part of the input with other money at the start than in the settings.</summary>
    public TrialResult Run(IReadOnlyDictionary<string, double>? parameters, TrialPeriod period, double initialCash, CancellationToken stop = default) =>
        Strategy.Runner.Trial(Job.Of(Strategy, parameters, input, settings with { InitialCash = initialCash }), columns, period, stop);

    /// <summary>Runs a part of the input in full, on the shared columns; the money at the start may be another than in the settings.</summary>
    public BacktestResult Result(IReadOnlyDictionary<string, double>? parameters, TrialPeriod period, double? initialCash = null, CancellationToken stop = default)
    {
        var own = initialCash is { } cash ? settings with { InitialCash = cash } : settings;
        return Strategy.Runner.Run(Job.Of(Strategy, parameters, input, own), columns, period, stop);
    }
}

/// <summary>A part of an input: bars that open at one moment or later and before another; UTC milliseconds.</summary>
public readonly record struct TrialPeriod(long From, long Until)
{
    /// <summary>All of it.</summary>
    public static TrialPeriod All { get; } = new(long.MinValue, long.MaxValue);
}
