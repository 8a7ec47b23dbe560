using Tidemark.Quant.Indicators.MovingAverages;
using Tidemark.Quant.Series;

namespace Tidemark.Quant.Indicators.Volume;

/// <summary>Elder's force index, in price times volume: each change weighted with its volume, smoothed over <paramref name="period"/> candles.</summary>
public struct ForceIndex(int period) : IIndicator<Candle, double>
{
    Ema mean = new(period);
    double previousClose = double.NaN;

    /// <summary>Its entry in the registry.</summary>
    public static IndicatorDescription Description { get; } = IndicatorDescription
        .Of("FORCE", "Force index", IndicatorGroup.Volume, IndicatorPlacement.Pane, "Price changes weighted with their volume.")
        .Whole("period", 2)
        .Output("force", p => p.Whole(0))
        .OnCandles<ForceIndex, double>(p => new ForceIndex(p.Whole(0)));

    /// <summary>Takes the next candle and answers the index.</summary>
    public double Next(in Candle input)
    {
        var change = input.Close - previousClose;
        previousClose = input.Close;
        return mean.Next(change * input.Volume);
    }
}
