using Tidemark.Quant.Indicators.Windows;
using Tidemark.Quant.Series;

namespace Tidemark.Quant.Indicators.Momentum;

/// <summary>Balance of power, -1 to 1: the mean share of the candle's range that its body gained; a candle without range counts 0.</summary>
public struct BalanceOfPower(int period) : IIndicator<Candle, double>
{
    SlidingSum sum = new(period);

    /// <summary>Its entry in the registry.</summary>
    public static IndicatorDescription Description { get; } = IndicatorDescription
        .Of("BOP", "Balance of power", IndicatorGroup.Momentum, IndicatorPlacement.Pane, "Whether buyers or sellers end the candle ahead.")
        .Whole("period", 14)
        .Output("bop", p => p.Whole(0) - 1)
        .OnCandles<BalanceOfPower, double>(p => new BalanceOfPower(p.Whole(0)));

    /// <summary>Takes the next candle and answers the balance.</summary>
    public double Next(in Candle input)
    {
        var range = input.High - input.Low;
        var total = sum.Add(range == 0 ? 0 : (input.Close - input.Open) / range);
        return sum.IsFull ? total / period : double.NaN;
    }
}
