using Tidemark.Quant.Series;

namespace Tidemark.Quant.Indicators.Volatility;

/// <summary>True range, in the price unit: the candle's range, widened to the close before it.</summary>
public struct TrueRange : IIndicator<Candle, double>
{
    double previousClose = double.NaN;

    /// <summary>A range that has seen no candle yet.</summary>
    public TrueRange()
    {
    }

    /// <summary>Its entry in the registry.</summary>
    public static IndicatorDescription Description { get; } = IndicatorDescription
        .Of("TR", "True range", IndicatorGroup.Volatility, IndicatorPlacement.Pane, "The ground covered since the last close.")
        .Output("tr", _ => 1)
        .OnCandles<TrueRange, double>(_ => new TrueRange());

    /// <summary>Takes the next candle and answers its true range; the first has none.</summary>
    public double Next(in Candle input)
    {
        var before = previousClose;
        previousClose = input.Close;
        return Math.Max(input.High - input.Low, Math.Max(Math.Abs(input.High - before), Math.Abs(input.Low - before)));
    }
}
