using Tidemark.Quant.Series;

namespace Tidemark.Quant.Indicators.Volume;

/// <summary>When the average of <see cref="Vwap"/> starts anew, in UTC.</summary>
public enum VwapAnchor
{
    /// <summary>At midnight.</summary>
    Day,

    /// <summary>At midnight to Monday.</summary>
    Week,

    /// <summary>At midnight to the first of the month.</summary>
    Month,

    /// <summary>Never: it runs from the first candle.</summary>
    Start,
}

/// <summary>Volume-weighted average price since the last anchor, in the price unit; undefined until something was traded.</summary>
public struct Vwap(VwapAnchor anchor) : IIndicator<Candle, double>
{
    long session = long.MinValue;
    double money;
    double volume;

    /// <summary>Its entry in the registry.</summary>
    public static IndicatorDescription Description { get; } = IndicatorDescription
        .Of("VWAP", "Volume-weighted average price", IndicatorGroup.Volume, IndicatorPlacement.Overlay, "The average price paid since the session began.")
        .Choice("anchor", VwapAnchor.Day)
        .Output(new IndicatorOutput("vwap", _ => 0) { IsOccasional = true })
        .OnCandles<Vwap, double>(p => new Vwap((VwapAnchor)p.Whole(0)));

    /// <summary>Takes the next candle and answers the average.</summary>
    public double Next(in Candle input)
    {
        var current = anchor switch
        {
            VwapAnchor.Day => Calendar.Day(input.OpenTime),
            VwapAnchor.Week => Calendar.Week(input.OpenTime),
            VwapAnchor.Month => Calendar.Month(input.OpenTime),
            _ => 0,
        };
        if (current != session)
        {
            (session, money, volume) = (current, 0, 0);
        }

        money += (input.High + input.Low + input.Close) / 3 * input.Volume;
        volume += input.Volume;
        return volume == 0 ? double.NaN : money / volume;
    }
}
