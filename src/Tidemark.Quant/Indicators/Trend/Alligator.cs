using Tidemark.Quant.Indicators.MovingAverages;
using Tidemark.Quant.Indicators.Windows;

namespace Tidemark.Quant.Indicators.Trend;

/// <summary>Three smoothed averages of the past, slowest first, in the unit of the values.</summary>
public readonly record struct AlligatorValue(double Jaw, double Teeth, double Lips);

/// <summary>Williams' Alligator: three smoothed averages, each moved some candles into the future.</summary>
public struct Alligator(int jawPeriod, int jawOffset, int teethPeriod, int teethOffset, int lipsPeriod, int lipsOffset)
    : IIndicator<double, AlligatorValue>
{
    Smma jaw = new(jawPeriod);
    Smma teeth = new(teethPeriod);
    Smma lips = new(lipsPeriod);
    Delay jawDelay = new(jawOffset);
    Delay teethDelay = new(teethOffset);
    Delay lipsDelay = new(lipsOffset);

    /// <summary>Its entry in the registry.</summary>
    public static IndicatorDescription Description { get; } = IndicatorDescription
        .Of("ALLIGATOR", "Williams Alligator", IndicatorGroup.Trend, IndicatorPlacement.Overlay, "Three slow means that part in a trend and tangle without one.")
        .Whole("jawPeriod", 13)
        .Whole("jawOffset", 8)
        .Whole("teethPeriod", 8)
        .Whole("teethOffset", 5)
        .Whole("lipsPeriod", 5)
        .Whole("lipsOffset", 3)
        .Output("jaw", p => p.Whole(0) + p.Whole(1) - 1)
        .Output("teeth", p => p.Whole(2) + p.Whole(3) - 1)
        .Output("lips", p => p.Whole(4) + p.Whole(5) - 1)
        .OnValues<Alligator, AlligatorValue>(
            p => new Alligator(p.Whole(0), p.Whole(1), p.Whole(2), p.Whole(3), p.Whole(4), p.Whole(5)), PriceTransforms.PricePart.Hl2);

    /// <summary>Takes the next value and answers the three lines.</summary>
    public AlligatorValue Next(in double input) => new(
        jawDelay.Push(jaw.Next(in input)),
        teethDelay.Push(teeth.Next(in input)),
        lipsDelay.Push(lips.Next(in input)));
}
