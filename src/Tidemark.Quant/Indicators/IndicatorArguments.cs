namespace Tidemark.Quant.Indicators;

/// <summary>Checked values for the parameters of one indicator, in the order of its description.</summary>
public readonly struct IndicatorArguments
{
    readonly double[] values;

    internal IndicatorArguments(double[] values) => this.values = values;

    /// <summary>The values in order, in each parameter's unit.</summary>
    public ReadOnlySpan<double> Values => values;

    /// <summary>The value at a position, in the parameter's unit.</summary>
    public double this[int position] => values[position];

    /// <summary>The value at a position as a whole number, most often of candles.</summary>
    public int Whole(int position) => (int)values[position];
}
