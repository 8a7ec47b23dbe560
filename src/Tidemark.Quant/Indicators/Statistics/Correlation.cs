using Tidemark.Quant.Indicators.Windows;

namespace Tidemark.Quant.Indicators.Statistics;

/// <summary>Population variances and covariance in the squared units of the two series, their correlation (-1 to 1) and its square.</summary>
public readonly record struct CorrelationValue(double Correlation, double RSquared, double VarianceA, double VarianceB, double Covariance);

/// <summary>Correlation of two series over the last <paramref name="period"/> candles.</summary>
public struct Correlation(int period) : IIndicator<ValuePair, CorrelationValue>
{
    SlidingWindow values = new(period);
    SlidingWindow others = new(period);

    /// <summary>Its entry in the registry.</summary>
    public static IndicatorDescription Description { get; } = IndicatorDescription
        .Of("CORR", "Correlation", IndicatorGroup.Statistics, IndicatorPlacement.Pane, "How closely two series move together, from -1 to 1.")
        .Whole("period", 20)
        .Output(new IndicatorOutput("correlation", p => p.Whole(0) - 1) { IsOccasional = true })
        .Output(new IndicatorOutput("rSquared", p => p.Whole(0) - 1) { IsOccasional = true })
        .Output("varianceA", p => p.Whole(0) - 1)
        .Output("varianceB", p => p.Whole(0) - 1)
        .Output("covariance", p => p.Whole(0) - 1)
        .Works(4)
        .OnPairs<Correlation, CorrelationValue>(p => new Correlation(p.Whole(0)));

    /// <summary>Takes the next pair and answers the correlation.</summary>
    public CorrelationValue Next(in ValuePair input)
    {
        values.Add(input.Value);
        others.Add(input.Against);
        if (!values.IsFull)
        {
            return new CorrelationValue(double.NaN, double.NaN, double.NaN, double.NaN, double.NaN);
        }

        var spread = Covariance.Of(values.Values, others.Values);
        var divisor = Math.Sqrt(spread.VarianceA * spread.VarianceB);
        var correlation = divisor == 0 ? double.NaN : spread.Joint / divisor;
        return new CorrelationValue(correlation, correlation * correlation, spread.VarianceA, spread.VarianceB, spread.Joint);
    }
}
