using Tidemark.Quant.Series;

namespace Tidemark.Quant.Indicators.Levels;

/// <summary>The last known fractal high and low, in the price unit.</summary>
public readonly record struct FractalBandsValue(double Upper, double Lower);

/// <summary>Fractal chaos bands: the last fractals that were known by this candle.</summary>
public struct FractalBands(int span) : IIndicator<Candle, FractalBandsValue>
{
    Fractal fractal = new(span);
    double upper = double.NaN;
    double lower = double.NaN;

    /// <summary>Its entry in the registry.</summary>
    public static IndicatorDescription Description { get; } = IndicatorDescription
        .Of("FCB", "Fractal chaos bands", IndicatorGroup.Bands, IndicatorPlacement.Overlay, "The last highs and lows that stood out.")
        .Whole("span", 2, maximum: 500)
        .Output(new IndicatorOutput("upper", p => 2 * p.Whole(0)) { IsOccasional = true })
        .Output(new IndicatorOutput("lower", p => 2 * p.Whole(0)) { IsOccasional = true })
        .Works(4)
        .OnCandles<FractalBands, FractalBandsValue>(p => new FractalBands(p.Whole(0)));

    /// <summary>Takes the next candle and answers the bands.</summary>
    public FractalBandsValue Next(in Candle input)
    {
        var found = fractal.Next(in input);
        upper = double.IsNaN(found.Bear) ? upper : found.Bear;
        lower = double.IsNaN(found.Bull) ? lower : found.Bull;
        return new FractalBandsValue(upper, lower);
    }
}
