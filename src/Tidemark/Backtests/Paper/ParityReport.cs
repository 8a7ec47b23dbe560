using System.ComponentModel;

namespace Tidemark.Backtests.Paper;

/// <summary>What one cause adds to a difference.</summary>
public sealed record ParityCause(
    [property: Description("data: candles were changed, added or taken away since. signal: trades that only one of both has, on the same candles. fill: the same trades at other prices. fee: at other fees. open: positions that are marked otherwise, and what earlier days left. manual: positions closed by hand, and what came of that since. latency: candles that were decided on late; it moves no simulated fill, so that it adds 0, and its text says what it would have cost.")] string Cause,
    [property: Description("What it adds to the difference, quote currency.")] double Amount,
    [property: Description("Cases, a count.")] int Count,
    string Text);

/// <summary>A day of a paper session beside the same day in the backtester.</summary>
public sealed record ParityReport(
    DateOnly Day,
    [property: Description("Whether both agree in every trade and all money.")] bool Agreed,
    [property: Description("Trades closed on the day, a count.")] int PaperTrades,
    int BacktestTrades,
    [property: Description("What the paper account gained on the day, quote currency.")] double PaperProfit,
    double BacktestProfit,
    [property: Description("Paper less backtest, quote currency; the causes sum to it.")] double Difference,
    IReadOnlyList<ParityCause> Causes,
    [property: Description("Fingerprint of the replay over the candles as they are now.")] string Fingerprint,
    string Text)
{
    [Description("What fills at the first minute after each late decision would have changed, quote currency, negative where they would have been worse; null where no fill came of a late decision, or no minute is stored.")]
    public double? LatencyAmount { get; init; }
}
