using Tidemark.Quant.Indicators.Windows;
using Tidemark.Quant.Series;

namespace Tidemark.Quant.Indicators.Volume;

/// <summary>Money flow index, 0 to 100: the share of rising money among <paramref name="period"/> changes of the typical price; without falling money it is 100.</summary>
public struct MoneyFlowIndex(int period) : IIndicator<Candle, double>
{
    SlidingPairSum sums = new(period);
    double previousPrice = double.NaN;

    /// <summary>Its entry in the registry.</summary>
    public static IndicatorDescription Description { get; } = IndicatorDescription
        .Of("MFI", "Money flow index", IndicatorGroup.Volume, IndicatorPlacement.Pane, "The share of money that went into rises, 0 to 100.")
        .Whole("period", 14)
        .Output("mfi", p => p.Whole(0))
        .OnCandles<MoneyFlowIndex, double>(p => new MoneyFlowIndex(p.Whole(0)));

    /// <summary>Takes the next candle and answers the index.</summary>
    public double Next(in Candle input)
    {
        var price = (input.High + input.Low + input.Close) / 3;
        var before = previousPrice;
        previousPrice = price;
        if (double.IsNaN(before))
        {
            return double.NaN;
        }

        var money = price * input.Volume;
        var (up, down) = sums.Add(price > before ? money : 0, price < before ? money : 0);
        if (!sums.IsFull)
        {
            return double.NaN;
        }

        return down == 0 ? 100 : 100 - (100 / (1 + (up / down)));
    }
}
