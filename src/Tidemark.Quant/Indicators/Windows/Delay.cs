namespace Tidemark.Quant.Indicators.Windows;

/// <summary>Gives back each value a fixed number of steps later, NaN before; a delay of zero gives it at once.</summary>
struct Delay
{
    readonly double[] values;
    int next;

    public Delay(int steps)
    {
        values = new double[steps];
        Array.Fill(values, double.NaN);
    }

    public double Push(double value)
    {
        if (values.Length == 0)
        {
            return value;
        }

        ref var slot = ref values[next];
        var leaving = slot;
        slot = value;
        if (++next == values.Length)
        {
            next = 0;
        }

        return leaving;
    }
}
