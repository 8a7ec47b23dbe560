namespace Tidemark.Quant.Indicators;

/// <summary>
/// One number an indicator gives each candle.
/// </summary>
/// <param name="Name">The name it is asked for by.</param>
/// <param name="First">The index of the first defined value, in candles from 0, for given parameters.</param>
public sealed record IndicatorOutput(string Name, Func<IndicatorArguments, int> First)
{
    /// <summary>Candles to the right of the candle it became known at where a chart draws it; below zero is further left.</summary>
    public Func<IndicatorArguments, int> Shift { get; init; } = _ => 0;

    /// <summary>True where the data decide when a value is defined and <see cref="First"/> is only the earliest index.</summary>
    public bool IsOccasional { get; init; }

    /// <summary>True for what is drawn for the eye and never an input to a decision.</summary>
    public bool IsDisplayOnly { get; init; }
}
