using Tidemark.Quant.Strategies;

namespace Tidemark.Quant.Backtesting;

/// <summary>A trade as it is closed, before anyone has decided to keep it.</summary>
readonly ref struct TradeFacts
{
    public required string Symbol { get; init; }
    public required Side Side { get; init; }
    public required int EntryBar { get; init; }
    public required long EntryTime { get; init; }
    public required double EntryPrice { get; init; }
    public required double Quantity { get; init; }
    public required double EntryFee { get; init; }
    public required double Stop { get; init; }
    public required double Target { get; init; }
    public required int ExitBar { get; init; }
    public required long ExitTime { get; init; }
    public required double ExitPrice { get; init; }
    public required double ExitFee { get; init; }
    public required double Funding { get; init; }
    public required double Slipped { get; init; }
    public required ExitReason Reason { get; init; }
    public required bool IsAmbiguous { get; init; }

    public Trade ToTrade() => new(
        Symbol, Side, EntryBar, EntryTime, EntryPrice, Quantity, EntryFee, Price(Stop), Price(Target), ExitBar, ExitTime, ExitPrice, ExitFee, Reason)
    {
        Funding = Funding,
        SpreadAndSlippage = Slipped,
        IsAmbiguous = IsAmbiguous,
    };

    static double? Price(double price) => double.IsNaN(price) ? null : price;
}
