using Tidemark.Quant.Indicators.Statistics;

namespace Tidemark.Quant.Indicators.MovingAverages;

/// <summary>Endpoint moving average, in the unit of its values: where the least-squares line through the last values ends.</summary>
public struct Epma(int period) : IIndicator<double, double>
{
    Slope slope = new(period);

    /// <summary>Its entry in the registry.</summary>
    public static IndicatorDescription Description { get; } = IndicatorDescription
        .Of("EPMA", "Endpoint moving average", IndicatorGroup.MovingAverages, IndicatorPlacement.Overlay, "Where a straight line through the last closes ends.")
        .Whole("period", 10, minimum: 2)
        .Output("epma", p => p.Whole(0) - 1)
        .Works(2)
        .OnValues<Epma, double>(p => new Epma(p.Whole(0)));

    /// <summary>Takes the next value and answers the end of the line.</summary>
    public double Next(in double input) => slope.Next(in input).End;
}
