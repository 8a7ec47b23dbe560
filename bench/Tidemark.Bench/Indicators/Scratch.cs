namespace Tidemark.Bench.Indicators;

/// <summary>Columns that a bare loop writes to, made once before the clock runs: its outputs first, then what it keeps for itself.</summary>
sealed class Scratch(int count)
{
    const int Columns = 16;

    readonly double[][] columns = [.. Enumerable.Range(0, Columns).Select(_ => new double[count])];

    public double[] this[int column] => columns[column];

    /// <summary>Leaves values that no indicator gives, so that a place the loop does not write shows.</summary>
    public void Soil()
    {
        foreach (var column in columns)
        {
            Array.Fill(column, double.MinValue);
        }
    }
}
