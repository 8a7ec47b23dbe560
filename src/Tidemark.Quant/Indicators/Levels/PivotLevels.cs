namespace Tidemark.Quant.Indicators.Levels;

/// <summary>The pivot, then support and resistance from near to far, in the price unit; NaN for those a formula does not have.</summary>
public readonly record struct PivotLevels(
    double Pivot, double S1, double S2, double S3, double S4, double R1, double R2, double R3, double R4)
{
    internal static PivotLevels Undefined { get; } = new(
        double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN);

    /// <summary>The levels from a past period's prices and the open of the current one, in the price unit.</summary>
    public static PivotLevels Of(PivotFormula formula, double open, double high, double low, double close, double currentOpen)
    {
        var range = high - low;
        return formula switch
        {
            PivotFormula.Camarilla => Around(close, 1.1 / 12 * range, 1.1 / 6 * range, 1.1 / 4 * range, 1.1 / 2 * range),
            PivotFormula.Fibonacci => Around((high + low + close) / 3, 0.382 * range, 0.618 * range, range, double.NaN),
            PivotFormula.Demark => Demark(open, high, low, close),
            PivotFormula.Woodie => Floor((high + low + (2 * currentOpen)) / 4, high, low),
            _ => Floor((high + low + close) / 3, high, low),
        };
    }

    static PivotLevels Around(double pivot, double first, double second, double third, double fourth) => new(
        pivot, pivot - first, pivot - second, pivot - third, pivot - fourth, pivot + first, pivot + second, pivot + third, pivot + fourth);

    static PivotLevels Floor(double pivot, double high, double low) => new(
        pivot,
        (2 * pivot) - high,
        pivot - (high - low),
        low - (2 * (high - pivot)),
        double.NaN,
        (2 * pivot) - low,
        pivot + (high - low),
        high + (2 * (pivot - low)),
        double.NaN);

    static PivotLevels Demark(double open, double high, double low, double close)
    {
        var sum = close.CompareTo(open) switch
        {
            < 0 => high + (2 * low) + close,
            > 0 => (2 * high) + low + close,
            _ => high + low + (2 * close),
        };
        return Undefined with { Pivot = sum / 4, S1 = (sum / 2) - high, R1 = (sum / 2) - low };
    }

    internal static IndicatorDescription Outputs(IndicatorDescription description, Func<IndicatorArguments, int> first)
    {
        string[] names = ["pp", "s1", "s2", "s3", "s4", "r1", "r2", "r3", "r4"];
        foreach (var name in names)
        {
            description = description.Output(new IndicatorOutput(name, first) { IsOccasional = true });
        }

        return description;
    }
}
