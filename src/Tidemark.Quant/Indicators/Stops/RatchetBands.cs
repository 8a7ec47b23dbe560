namespace Tidemark.Quant.Indicators.Stops;

/// <summary>
/// Two bands in the price unit, of which the upper only falls and the lower only rises, until the close before has broken them.
/// The direction turns when a close reaches the band it moves towards.
/// </summary>
struct RatchetBands
{
    double previousClose = double.NaN;
    bool started;

    public RatchetBands()
    {
    }

    public double Upper { get; private set; } = double.PositiveInfinity;

    public double Lower { get; private set; } = double.NegativeInfinity;

    public bool IsUp { get; private set; }

    /// <summary>Remembers a close for which there are no bands yet.</summary>
    public void Skip(double close) => previousClose = close;

    public void Next(double close, double upper, double lower, bool startsUp)
    {
        if (!started)
        {
            started = true;
            IsUp = startsUp;
        }

        if (upper < Upper || previousClose > Upper)
        {
            Upper = upper;
        }

        if (lower > Lower || previousClose < Lower)
        {
            Lower = lower;
        }

        IsUp = IsUp ? close > Lower : close > Upper;
        previousClose = close;
    }
}
