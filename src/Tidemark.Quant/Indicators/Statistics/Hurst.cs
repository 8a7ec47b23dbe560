using Tidemark.Quant.Indicators.Windows;

namespace Tidemark.Quant.Indicators.Statistics;

/// <summary>The Hurst exponent (0.5 random, above trending, below reverting), plain and with the Anis-Lloyd correction for short samples.</summary>
public readonly record struct HurstValue(double Exponent, double Corrected);

/// <summary>Hurst exponent of the last <paramref name="period"/> logarithmic returns by rescaled range over one chunk, two, four and so on to 32.</summary>
public struct Hurst(int period) : IIndicator<double, HurstValue>
{
    readonly ChunkSet[] sets = ChunkSet.Of(period);
    SlidingWindow returns = new(period);
    double previous = double.NaN;

    /// <summary>Its entry in the registry.</summary>
    public static IndicatorDescription Description { get; } = IndicatorDescription
        .Of("HURST", "Hurst exponent", IndicatorGroup.Statistics, IndicatorPlacement.Pane, "Whether moves tend to go on (above 0.5) or to turn (below).")
        .Whole("period", 100, minimum: 20)
        .Output(new IndicatorOutput("hurst", p => p.Whole(0)) { IsOccasional = true })
        .Output(new IndicatorOutput("corrected", p => p.Whole(0)) { IsOccasional = true })
        .Works(24)
        .OnValues<Hurst, HurstValue>(p => new Hurst(p.Whole(0)));

    /// <summary>Takes the next value, above zero, and answers the exponents; undefined where a chunk count shows no movement at all.</summary>
    public HurstValue Next(in double input)
    {
        if (!double.IsNaN(previous))
        {
            returns.Add(Math.Log(input / previous));
        }

        previous = input;
        return returns.IsFull ? Fit() : new HurstValue(double.NaN, double.NaN);
    }

    // The exponent is the slope of log range over log size; the sizes stand still, so their part of the fit is known beforehand.
    readonly HurstValue Fit()
    {
        var plain = 0.0;
        var corrected = 0.0;
        foreach (ref readonly var set in sets.AsSpan())
        {
            var range = MeanRescaledRange(returns.Values, set.Chunks);
            plain += set.Weight * Math.Log10(range);
            corrected += set.Weight * Math.Log10(range + set.Correction);
        }

        return double.IsFinite(plain) ? new HurstValue(plain, corrected) : new HurstValue(double.NaN, double.NaN);
    }

    // Where the returns do not fill the chunks, the oldest are left out.
    static double MeanRescaledRange(ReadOnlySpan<double> returns, int chunks)
    {
        var size = returns.Length / chunks;
        returns = returns[(returns.Length - (size * chunks))..];
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
            highest = walk > highest ? walk : highest;
            lowest = walk < lowest ? walk : lowest;
        }

        var deviation = Math.Sqrt(squares / chunk.Length);
        return deviation == 0 ? 0 : (highest - lowest) / deviation;
    }
}
