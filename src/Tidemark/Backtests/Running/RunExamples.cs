using Tidemark.Backtests.Results;
using Tidemark.Market;

namespace Tidemark.Backtests.Running;

/// <summary>Real-looking values for the API's description.</summary>
static class RunExamples
{
    static readonly DateTimeOffset Began = new(2025, 11, 13, 11, 44, 59, TimeSpan.Zero), Ended = new(2025, 11, 13, 11, 45, 0, TimeSpan.Zero), From = new(2025, 10, 14, 11, 0, 0, TimeSpan.Zero), Until = new(2025, 11, 13, 11, 0, 0, TimeSpan.Zero);
    static readonly Dictionary<string, double> Parameters = new() { ["period"] = 14, ["buy_below"] = 30, ["sell_above"] = 70 };
    static readonly RunFigures Figures = new(0.045, 1.92, -0.018, 0.018, 0.62, 48, 2.15);

    public static RunRequest Request { get; } = new()
    {
        StrategyName = "RSI Mean Reversion",
        Symbol = "BTC-USD",
        Timeframe = "1h",
        Period = "30d",
        Parameters = new Dictionary<string, double> { ["rsiPeriod"] = 14, ["buyThreshold"] = 30, ["sellThreshold"] = 70 },
        InitialCapital = 10_000,
    };

    public static OptimiseRequest Search { get; } = new()
    {
        StrategyName = "rsi",
        Symbol = "BTC/USDT",
        Timeframe = "1h",
        Period = "30d",
        Grid = new Dictionary<string, GridRange> { ["period"] = new(10, 16, 2), ["buy_below"] = new(Values: [25, 30, 35]) },
        Measure = SearchMeasure.SharpeRatio,
    };

    public static WalkForwardRequest Walk { get; } = new()
    {
        StrategyName = "rsi",
        Symbol = "BTC/USDT",
        Timeframe = "1h",
        Period = "30d",
        Grid = new Dictionary<string, GridRange> { ["period"] = new(10, 16, 2) },
        Windows = 4,
    };

    public static Run Done { get; } = Of(RunKind.Run, RunStatus.Done, Figures);

    public static Run Waiting(RunKind kind) => Of(kind, RunStatus.Queued, null);

    public static RunSummary Summary { get; } = new(
        "BT-20251113-001", RunKind.Run, "RSI Mean Reversion", "rsi", "Baseline", null, RunStatus.Done, 1, null, ["BTC/USDT"], "1h", From, Until, Provenance.Live, Figures, new OutOfSampleFigures(0.01, 0.4, 20), 0.31, "none", ["fewTrades"], Began, Ended, null);

    public static RunTrade Trade { get; } = new(1, "BTC/USDT", "long", From, From.AddHours(9), 100_000, 101_000, 0.1, 79.9, 0.00799, 20.1, 0, 0, 9, "signal", false, -0.004, 0.012, "run");

    public static ResultEndpoints.EquityCurve Curve { get; } = new("run", [[1_760_439_600_000, 10_000, 0, 10_000], [1_760_443_200_000, 10_012.5, 0, 10_020]], 720, 720, 10_000, "Every bar.");

    public static TrialRow Row { get; } = new(1, Parameters, 1.92, 0.045, 1.92, 2.4, 0.018, 2.15, 0.62, 48);

    public static ResultEndpoints.HeatMapView Heat { get; } = new(
        new("period", [10, 12]), new("buy_below", [25, 30]), "score", "median", [[0.4, 0.6], [0.7, null]], [[1, 1], [1, 1]], "A good cell among bad ones is luck more likely than not; a plateau is worth a look.");

    public static ResultEndpoints.Comparison Comparison { get; } = new([Done], [new("BT-20251113-001", "run", [[1_760_439_600_000, 1], [1_760_443_200_000, 1.00125]])], ["parameters.period"], true, "All of them saw the same candles.");

    static Run Of(RunKind kind, RunStatus status, RunFigures? figures)
    {
        var isDone = status == RunStatus.Done;
        var code = kind switch { RunKind.Optimisation => "OP-20251113-001", RunKind.WalkForward => "WF-20251113-001", _ => "BT-20251113-001" };
        var judged = new JudgedView(0.71, 0.31, 1.4, 600, 20, [new Range95("sharpeRatio", 0.4, -1.1, 1.9, 0.95)], [new CostLevelView(1, 0.01, 0.4, 20)], [new FlagView("fewTrades", "20 trades; under 30 their average means little.")]);
        return new Run(
            code, kind, "RSI Mean Reversion", figures, isDone ? $"/api/v1/backtest/runs/{code}/equity.svg" : null, isDone ? Ended : null, status, isDone ? 1 : 0, null, isDone ? null : 0, null, Began, isDone ? Began : null, isDone ? 1 : null,
            new RunStrategy("rsi", "RSI mean reversion", null, null, "RSI after Wilder…", Parameters, null), ["BTC/USDT"], ["BTC-USD"], true, "1h", "binance", Provenance.Live, From, Until, 10_000, new RunSettings().Complete(), null, null,
            isDone ? [new Coverage("BTC/USDT", "binance", Provenance.Live, "1h", From, Until, 720, 720, 1, "Data covers 720 of 720 candles.", [], 0, 0, null)] : null, null,
            isDone ? new HonestyView("none", "No evidence: luck would show this as well; there are under 30 trades out of sample.", [], 215, 0.2, 0.9, judged, judged, 0.4, [new CheckView("lookAhead", true, "Later candles changed none of 48 decisions in 720 bars.")]) { TrialsThen = 215 } : null,
            null, null, isDone ? new TrialNote(true, "Counted as trial 215.") : null, isDone ? "9f2c…" : null, null, isDone ? [] : null, isDone ? [MarketSteps.NoFunding] : null, isDone ? 0 : null, isDone ? new Dictionary<string, int>() : null, isDone ? [] : null, Words.Disclaimer);
    }
}
