namespace Tidemark.Quant.Strategies.Columns;

/// <summary>One number a bar, in the unit of what it was asked for, NaN where undefined; filled at once or growing with the series.</summary>
public sealed class Column
{
    double[] values;

    internal Column(double[] values, int count)
    {
        this.values = values;
        Count = count;
    }

    /// <summary>Bars with a value.</summary>
    public int Count { get; private set; }

    /// <summary>All values so far, each in the column's unit.</summary>
    public ReadOnlySpan<double> Values => values.AsSpan(0, Count);

    /// <summary>The value at a bar, in the column's unit.</summary>
    public double this[int index] => values[index];

    internal void Append(double value)
    {
        if (Count == values.Length)
        {
            Array.Resize(ref values, Math.Max(256, 2 * Count));
        }

        values[Count++] = value;
    }
}
