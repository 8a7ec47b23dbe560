using Tidemark.Quant.Series;

namespace Tidemark.Quant.Indicators.Levels;

/// <summary>The calendar period, in UTC, whose range makes the levels of the next one.</summary>
public enum PivotPeriod
{
    /// <summary>A day.</summary>
    Day,

    /// <summary>A week from Monday.</summary>
    Week,

    /// <summary>A month.</summary>
    Month,
}

/// <summary>Pivot points: levels from the range of the calendar period before, in the price unit.</summary>
public struct PivotPoints(PivotPeriod period, PivotFormula formula) : IIndicator<Candle, PivotLevels>
{
    PivotLevels levels = PivotLevels.Undefined;
    long current = long.MinValue;
    double open;
    double high;
    double low;
    double close;

    /// <summary>Its entry in the registry.</summary>
    public static IndicatorDescription Description { get; } = PivotLevels
        .Outputs(
            IndicatorDescription
                .Of("PIVOTPOINTS", "Pivot points", IndicatorGroup.Levels, IndicatorPlacement.Overlay, "Levels from the range of the day, week or month before.")
                .Choice("period", PivotPeriod.Day)
                .Choice("formula", PivotFormula.Standard),
            _ => 1)
        .OnCandles<PivotPoints, PivotLevels>(p => new PivotPoints((PivotPeriod)p.Whole(0), (PivotFormula)p.Whole(1)));

    /// <summary>Takes the next candle and answers the levels it meets; undefined in the first period.</summary>
    public PivotLevels Next(in Candle input)
    {
        var number = period switch
        {
            PivotPeriod.Day => Calendar.Day(input.OpenTime),
            PivotPeriod.Week => Calendar.Week(input.OpenTime),
            _ => Calendar.Month(input.OpenTime),
        };
        if (number == current)
        {
            high = Math.Max(high, input.High);
            low = Math.Min(low, input.Low);
            close = input.Close;
            return levels;
        }

        if (current != long.MinValue)
        {
            levels = PivotLevels.Of(formula, open, high, low, close, input.Open);
        }

        (current, open, high, low, close) = (number, input.Open, input.High, input.Low, input.Close);
        return levels;
    }
}
