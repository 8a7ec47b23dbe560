namespace Tidemark.Quant.Indicators.Trend;

/// <summary>In the unit of the values the distance of jaw and teeth above zero and of teeth and lips below; then 1 where a bar has grown since the last candle, else 0.</summary>
public readonly record struct GatorValue(double Upper, double Lower, double UpperExpands, double LowerExpands);

/// <summary>Gator oscillator: how far the mouth of the standard Alligator is open.</summary>
public struct Gator : IIndicator<double, GatorValue>
{
    Alligator alligator = new(13, 8, 8, 5, 5, 3);
    double upper = double.NaN;
    double lower = double.NaN;

    /// <summary>An oscillator that has seen no value yet.</summary>
    public Gator()
    {
    }

    /// <summary>Its entry in the registry.</summary>
    public static IndicatorDescription Description { get; } = IndicatorDescription
        .Of("GATOR", "Gator oscillator", IndicatorGroup.Trend, IndicatorPlacement.Pane, "How far the Alligator's mouth is open.")
        .Output("upper", _ => 20)
        .Output("lower", _ => 12)
        .Output("upperExpands", _ => 21)
        .Output("lowerExpands", _ => 13)
        .OnValues<Gator, GatorValue>(_ => new Gator(), PriceTransforms.PricePart.Hl2);

    /// <summary>Takes the next value and answers both bars.</summary>
    public GatorValue Next(in double input)
    {
        var mouth = alligator.Next(in input);
        var (upperBefore, lowerBefore) = (upper, lower);
        upper = Math.Abs(mouth.Jaw - mouth.Teeth);
        lower = -Math.Abs(mouth.Teeth - mouth.Lips);
        return new GatorValue(upper, lower, Flag(upper, upperBefore), Flag(-lower, -lowerBefore));
    }

    static double Flag(double now, double before)
    {
        if (double.IsNaN(before))
        {
            return double.NaN;
        }

        return now > before ? 1 : 0;
    }
}
