namespace Tidemark.Quant.Patterns.Detection;

/// <summary>Strength of a pattern from 0 to 100, fixed at confirmation: size, determination, volume, and whether the trend agrees.</summary>
static class Strength
{
    public static double Of(in Finding finding, CandleWindow window, Direction trend)
    {
        var size = window.Ticks(finding.Zone.Top) - window.Ticks(finding.Zone.Bottom);
        var relativeSize = window.Atr14.Ticks is { } range && range > 0 ? size / range : 0;
        var strength =
            (40 * Math.Min(1, relativeSize))
            + (30 * Math.Min(1, finding.Determination))
            + (20 * Math.Min(1, finding.RelativeVolume / 2))
            + (trend == finding.Direction ? 10 : 0);
        return ToHundredths(strength);
    }

    // A strength on paper exactly between two hundredths must not fall to the noise of the last bit.
    static double ToHundredths(double strength) => (double)decimal.Round((decimal)Math.Round(strength, 11), 2, MidpointRounding.ToEven);
}
