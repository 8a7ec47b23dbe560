using Tidemark.Quant.Indicators.MovingAverages;
using Tidemark.Quant.Series;

namespace Tidemark.Quant.Indicators.Volatility;

/// <summary>Average true range and the last true range in the price unit, and the average in percent of the close.</summary>
public readonly record struct AtrValue(double Atr, double TrueRange, double Percent);

/// <summary>Average true range over <paramref name="period"/> candles, smoothed Wilder's way.</summary>
public struct Atr(int period) : IIndicator<Candle, AtrValue>
{
    TrueRange range = new();
    Smma mean = new(period);

    /// <summary>Its entry in the registry.</summary>
    public static IndicatorDescription Description { get; } = IndicatorDescription
        .Of("ATR", "Average true range", IndicatorGroup.Volatility, IndicatorPlacement.Pane, "How far a candle usually travels.")
        .Whole("period", 14)
        .Output("atr", p => p.Whole(0))
        .Output("tr", _ => 1)
        .Output("percent", p => p.Whole(0))
        .OnCandles<Atr, AtrValue>(p => new Atr(p.Whole(0)));

    /// <summary>Takes the next candle and answers the averages.</summary>
    public AtrValue Next(in Candle input)
    {
        var last = range.Next(in input);
        var atr = mean.Next(in last);
        return new AtrValue(atr, last, input.Close == 0 ? double.NaN : 100 * atr / input.Close);
    }
}
