using Tidemark.Quant.Indicators.Windows;

namespace Tidemark.Quant.Indicators.Statistics;

/// <summary>The Hurst exponent (0.5 random, above trending, below reverting), plain and with the Anis-Lloyd correction for short samples.</summary>
public readonly record struct HurstValue(double Exponent, double Corrected);

/// <summary>Hurst exponent of the last <paramref name="period"/> returns by rescaled range over ever smaller chunks.</summary>
public struct Hurst(int period) : IIndicator<double, HurstValue>
{
    const int ShortestChunk = 8;

    readonly ExpectedRange[] expected = ExpectedRange.ForChunksOf(period, ShortestChunk);
    readonly double[] measured = new double[ChunkSizes(period)];
    SlidingWindow returns = new(period);
    double previous = double.NaN;

    /// <summary>Its entry in the registry.</summary>
    public static IndicatorDescription Description { get; } = IndicatorDescription
        .Of("HURST", "Hurst exponent", IndicatorGroup.Statistics, IndicatorPlacement.Pane, "Whether moves tend to go on (above 0.5) or to turn (below).")
        .Whole("period", 100, minimum: 20)
        .Output("hurst", p => p.Whole(0))
        .Output("corrected", p => p.Whole(0))
        .Works(24)
        .OnValues<Hurst, HurstValue>(p => new Hurst(p.Whole(0)));

    /// <summary>Takes the next value and answers the exponents.</summary>
    public HurstValue Next(in double input)
    {
        if (!double.IsNaN(previous))
        {
            returns.Add(previous == 0 ? 0 : (input / previous) - 1);
        }

        previous = input;
        if (!returns.IsFull)
        {
            return new HurstValue(double.NaN, double.NaN);
        }

        for (var set = 0; set < measured.Length; set++)
        {
            measured[set] = Math.Log10(MeanRescaledRange(returns.Values, expected[set].ChunkSize));
        }

        return Fit();
    }

    readonly HurstValue Fit()
    {
        var meanX = 0.0;
        foreach (var set in expected)
        {
            meanX += set.LogSize / expected.Length;
        }

        var xx = 0.0;
        var plain = 0.0;
        var corrected = 0.0;
        for (var set = 0; set < measured.Length; set++)
        {
            var x = expected[set].LogSize - meanX;
            xx += x * x;
            plain += x * measured[set];
            corrected += x * (measured[set] - expected[set].LogRange);
        }

        return new HurstValue(plain / xx, 0.5 + (corrected / xx));
    }

    static double MeanRescaledRange(ReadOnlySpan<double> returns, int size)
    {
        var chunks = returns.Length / size;
        var sum = 0.0;
        for (var chunk = 0; chunk < chunks; chunk++)
        {
            sum += RescaledRange(returns.Slice(chunk * size, size));
        }

        return sum / chunks;
    }

    static double RescaledRange(ReadOnlySpan<double> chunk)
    {
        var mean = Sample.Mean(chunk);
        var walk = 0.0;
        var highest = 0.0;
        var lowest = 0.0;
        var squares = 0.0;
        foreach (var value in chunk)
        {
            var step = value - mean;
            walk += step;
            squares += step * step;
            highest = Math.Max(highest, walk);
            lowest = Math.Min(lowest, walk);
        }

        var deviation = Math.Sqrt(squares / chunk.Length);
        return deviation == 0 ? 0 : (highest - lowest) / deviation;
    }

    static int ChunkSizes(int period)
    {
        var sizes = 0;
        for (var size = period; size >= ShortestChunk; size /= 2)
        {
            sizes++;
        }

        return sizes;
    }
}
