using Tidemark.Quant.Indicators.PriceTransforms;
using Tidemark.Quant.Indicators.Volatility;
using Tidemark.Quant.Series;

namespace Tidemark.Quant.Indicators.Stops;

/// <summary>All in the price unit: the stop, the stop where it would buy, the stop where it would sell, and the average true range.</summary>
public readonly record struct AtrStopValue(double Stop, double Buy, double Sell, double Atr);

/// <summary>A trailing stop some average true ranges from the price.</summary>
public struct AtrStop(int period, double multiplier, CandleEnd end) : IIndicator<Candle, AtrStopValue>
{
    Atr range = new(period);
    RatchetBands bands = new();
    double previousClose = double.NaN;

    /// <summary>Its entry in the registry.</summary>
    public static IndicatorDescription Description { get; } = IndicatorDescription
        .Of("ATRSTOP", "ATR trailing stop", IndicatorGroup.Stops, IndicatorPlacement.Overlay, "A stop that trails by some usual candle ranges.")
        .Whole("period", 21)
        .Number("multiplier", 3, 0.01, 100)
        .Choice("end", CandleEnd.Close)
        .Output("stop", p => p.Whole(0))
        .Output(new IndicatorOutput("buy", p => p.Whole(0)) { IsOccasional = true })
        .Output(new IndicatorOutput("sell", p => p.Whole(0)) { IsOccasional = true })
        .Output("atr", p => p.Whole(0))
        .OnCandles<AtrStop, AtrStopValue>(p => new AtrStop(p.Whole(0), p[1], (CandleEnd)p.Whole(2)));

    /// <summary>Takes the next candle and answers the stop.</summary>
    public AtrStopValue Next(in Candle input)
    {
        var atr = range.Next(in input).Atr;
        var rising = input.Close >= previousClose;
        previousClose = input.Close;
        if (double.IsNaN(atr))
        {
            bands.Skip(input.Close);
            return new AtrStopValue(double.NaN, double.NaN, double.NaN, double.NaN);
        }

        var (above, below) = end == CandleEnd.Close ? (input.Close, input.Close) : (input.High, input.Low);
        var distance = multiplier * atr;
        bands.Next(input.Close, above + distance, below - distance, rising);
        return bands.IsUp
            ? new AtrStopValue(bands.Lower, double.NaN, bands.Lower, atr)
            : new AtrStopValue(bands.Upper, bands.Upper, double.NaN, atr);
    }
}
