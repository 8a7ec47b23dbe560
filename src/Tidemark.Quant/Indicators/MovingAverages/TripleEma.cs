namespace Tidemark.Quant.Indicators.MovingAverages;

/// <summary>Three exponential averages, each of the one before and all started from the same mean; in the unit of the values.</summary>
struct TripleEma(int period)
{
    readonly double weight = 2.0 / (period + 1);
    Ema first = new(period);

    public double First { get; private set; } = double.NaN;

    public double Second { get; private set; } = double.NaN;

    public double Third { get; private set; } = double.NaN;

    public void Add(double value)
    {
        First = first.Next(in value);
        if (double.IsNaN(Third))
        {
            Second = Third = First;
            return;
        }

        Second += weight * (First - Second);
        Third += weight * (Second - Third);
    }
}
