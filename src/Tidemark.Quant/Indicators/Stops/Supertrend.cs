using Tidemark.Quant.Indicators.Volatility;
using Tidemark.Quant.Series;

namespace Tidemark.Quant.Indicators.Stops;

/// <summary>In the price unit the line, and the line again where it stands above or below the price; then the direction, 1 up, -1 down.</summary>
public readonly record struct SupertrendValue(double Line, double Upper, double Lower, double Direction);

/// <summary>Supertrend: a stop some average true ranges from the middle of the candle that only moves with the trend.</summary>
public struct Supertrend(int period, double multiplier) : IIndicator<Candle, SupertrendValue>
{
    Atr range = new(period);
    RatchetBands bands = new();

    /// <summary>Its entry in the registry.</summary>
    public static IndicatorDescription Description { get; } = IndicatorDescription
        .Of("SUPERTREND", "Supertrend", IndicatorGroup.Stops, IndicatorPlacement.Overlay, "A stop that follows the trend and turns with it.")
        .Whole("period", 10)
        .Number("multiplier", 3, 0.01, 100)
        .Output("line", p => p.Whole(0))
        .Output(new IndicatorOutput("upper", p => p.Whole(0)) { IsOccasional = true })
        .Output(new IndicatorOutput("lower", p => p.Whole(0)) { IsOccasional = true })
        .Output("direction", p => p.Whole(0))
        .OnCandles<Supertrend, SupertrendValue>(p => new Supertrend(p.Whole(0), p[1]));

    /// <summary>Takes the next candle and answers line and direction.</summary>
    public SupertrendValue Next(in Candle input)
    {
        var distance = multiplier * range.Next(in input).Atr;
        if (double.IsNaN(distance))
        {
            bands.Skip(input.Close);
            return new SupertrendValue(double.NaN, double.NaN, double.NaN, double.NaN);
        }

        var middle = (input.High + input.Low) / 2;
        bands.Next(input.Close, middle + distance, middle - distance, startsUp: input.Close >= middle);
        return bands.IsUp
            ? new SupertrendValue(bands.Lower, double.NaN, bands.Lower, 1)
            : new SupertrendValue(bands.Upper, bands.Upper, double.NaN, -1);
    }
}
