using Tidemark.Quant.Indicators.Statistics;

namespace Tidemark.Quant.Indicators;

/// <summary>The second series of the references is not among the shared data; it follows from their ratio to the first, which has cents.</summary>
public sealed class Comparisons_match_the_reference_series
{
    [Fact]
    public void In_their_relative_strength()
    {
        var rows = ReferenceSeries.Rows("prs");
        var values = new RelativeStrengthValue[rows.Length];

        Batch.Run(new RelativeStrength(20), Pairs(), values.AsSpan());

        ReferenceSeries.ShouldMatch([.. values.Select(value => value.Ratio)], ReferenceSeries.Column(rows, "prs"), "ratio");
        ReferenceSeries.ShouldMatch([.. values.Select(value => value.Lead)], ReferenceSeries.Column(rows, "prsPercent"), "lead");
    }

    [Fact]
    public void In_beta()
    {
        var rows = ReferenceSeries.Rows("beta");
        var values = new BetaValue[rows.Length];

        Batch.Run(new Beta(50), Pairs(), values.AsSpan());

        ReferenceSeries.ShouldMatch([.. values.Select(value => value.Beta)], ReferenceSeries.Column(rows, "beta"), "beta");
        ReferenceSeries.ShouldMatch([.. values.Select(value => value.Returns)], ReferenceSeries.Column(rows, "returnsEval"), "returns");
        ReferenceSeries.ShouldMatch([.. values.Select(value => value.MarketReturns)], ReferenceSeries.Column(rows, "returnsMrkt"), "market");
    }

    [Fact]
    public void In_correlation()
    {
        var rows = ReferenceSeries.Rows("corr");
        var values = new CorrelationValue[rows.Length];

        Batch.Run(new Correlation(20), Pairs(), values.AsSpan());

        double[] scale = [.. values.Select(value => Math.Sqrt(value.VarianceA * value.VarianceB))];
        double[] whole = [.. values.Select(_ => 1.0)];
        ReferenceSeries.ShouldMatch([.. values.Select(value => value.VarianceA)], ReferenceSeries.Column(rows, "varianceA"), "variance a");
        ReferenceSeries.ShouldMatch([.. values.Select(value => value.VarianceB)], ReferenceSeries.Column(rows, "varianceB"), "variance b");
        ReferenceSeries.ShouldMatch([.. values.Select(value => value.Covariance)], ReferenceSeries.Column(rows, "covariance"), scale, "covariance");
        ReferenceSeries.ShouldMatch([.. values.Select(value => value.Correlation)], ReferenceSeries.Column(rows, "correlation"), whole, "correlation");
        ReferenceSeries.ShouldMatch([.. values.Select(value => value.RSquared)], ReferenceSeries.Column(rows, "rSquared"), whole, "r squared");
    }

    static ValuePair[] Pairs()
    {
        var ratios = ReferenceSeries.Column(ReferenceSeries.Rows("prs"), "prs");
        var closes = ReferenceSeries.Candles().Closes.ToArray();
        return [.. closes.Zip(ratios, (close, ratio) => new ValuePair(Math.Round(ratio * close, 2), close))];
    }
}
