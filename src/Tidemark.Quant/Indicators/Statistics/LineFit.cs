namespace Tidemark.Quant.Indicators.Statistics;

/// <summary>A straight line fitted to a span of values by least squares, its x being 1 for the oldest.</summary>
readonly struct LineFit
{
    LineFit(double slope, double meanX, double meanY, double spread, double agreement)
    {
        Slope = slope;
        MeanX = meanX;
        MeanY = meanY;
        Deviation = spread;
        RSquared = agreement;
    }

    /// <summary>Change of the values a step.</summary>
    public double Slope { get; }

    public double MeanX { get; }

    public double MeanY { get; }

    /// <summary>Population standard deviation of the values.</summary>
    public double Deviation { get; }

    /// <summary>Share of the variance that the line explains, 0 to 1; NaN where nothing varies.</summary>
    public double RSquared { get; }

    public double At(double x) => MeanY + (Slope * (x - MeanX));

    public static LineFit Through(ReadOnlySpan<double> values)
    {
        var meanX = (values.Length + 1) / 2.0;
        var meanY = Sample.Mean(values);
        var xx = 0.0;
        var yy = 0.0;
        var xy = 0.0;
        for (var i = 0; i < values.Length; i++)
        {
            var x = i + 1 - meanX;
            var y = values[i] - meanY;
            xx += x * x;
            yy += y * y;
            xy += x * y;
        }

        var agreement = xx * yy == 0 ? double.NaN : xy * xy / (xx * yy);
        return new LineFit(xy / xx, meanX, meanY, Math.Sqrt(yy / values.Length), agreement);
    }
}
