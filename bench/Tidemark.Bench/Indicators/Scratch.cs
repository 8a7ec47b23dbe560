namespace Tidemark.Bench.Indicators;

/// <summary>Columns that a bare loop may write to, made once before the clock runs.</summary>
sealed class Scratch(int count)
{
    readonly double[][] columns = [.. Enumerable.Range(0, 10).Select(_ => new double[count])];

    public double[] this[int column] => columns[column];
}
