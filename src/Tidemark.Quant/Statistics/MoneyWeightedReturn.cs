namespace Tidemark.Quant.Statistics;

/// <summary>A payment in (negative) or out (positive), seen from the investor.</summary>
/// <param name="Day">Day number, from any start.</param>
/// <param name="Amount">Money, in one currency.</param>
public readonly record struct CashFlow(int Day, double Amount);

/// <summary>
/// The yearly rate at which payments into and out of an investment balance (XIRR). Payments that change sign more than once may balance at
/// several rates: the search steps outwards from zero, growth before loss, and answers the first it meets; two rates within one step go unseen.
/// </summary>
public static class MoneyWeightedReturn
{
    const double Lowest = -0.9999;
    const double Highest = 100;
    const double DaysAYear = 365;
    const int Steps = 200;

    /// <summary>
    /// The rate a year as a fraction, above -0.9999 and below 100, counting actual days over 365; null where no rate balances or every rate does.
    /// Amounts must be finite numbers.
    /// </summary>
    public static double? Of(ReadOnlySpan<CashFlow> flows)
    {
        var days = NetOfDays(flows);
        if (!days.Exists(flow => flow.Amount < 0) || !days.Exists(flow => flow.Amount > 0))
        {
            return null;
        }

        var atZero = SignAt(days, 0);
        if (atZero == 0)
        {
            return 0;
        }

        var (below, above) = (0.0, 0.0);
        for (var step = 1; step <= Steps; step++)
        {
            var lower = Lowest * step / Steps;
            var upper = Math.Pow(1 + Highest, (double)step / Steps) - 1;
            if (SignAt(days, upper) != atZero)
            {
                return Within(Bisect(days, above, upper));
            }

            if (SignAt(days, lower) != atZero)
            {
                return Within(Bisect(days, lower, below));
            }

            (below, above) = (lower, upper);
        }

        return null;
    }

    // What is paid in and out on one day balances at any rate; amounts are scaled so that none is too large to add.
    static List<CashFlow> NetOfDays(ReadOnlySpan<CashFlow> flows)
    {
        var largest = 0.0;
        foreach (var flow in flows)
        {
            largest = double.IsFinite(flow.Amount)
                ? Math.Max(largest, Math.Abs(flow.Amount))
                : throw new ArgumentOutOfRangeException(nameof(flows), flow.Amount, "an amount must be a finite number");
        }

        var nets = new SortedDictionary<int, double>();
        foreach (var flow in flows)
        {
            nets[flow.Day] = nets.GetValueOrDefault(flow.Day) + (largest > 0 ? flow.Amount / largest : 0);
        }

        return [.. nets.Where(net => net.Value != 0).Select(net => new CashFlow(net.Key, net.Value))];
    }

    static int SignAt(List<CashFlow> days, double rate) => Math.Sign(ValueAt(days, rate));

    // The value at the first day, or at the last where the rate is negative: no factor is above 1, so none is too large for a number.
    static double ValueAt(List<CashFlow> days, double rate)
    {
        var at = rate < 0 ? days[^1].Day : days[0].Day;
        var value = 0.0;
        foreach (var flow in days)
        {
            value += flow.Amount * Math.Pow(1 + rate, ((double)at - flow.Day) / DaysAYear);
        }

        return value;
    }

    static double Bisect(List<CashFlow> days, double low, double high)
    {
        var signLow = SignAt(days, low);
        while (low + ((high - low) / 2) is var middle && middle != low && middle != high)
        {
            (low, high) = SignAt(days, middle) == signLow ? (middle, high) : (low, middle);
        }

        return Math.Abs(ValueAt(days, low)) < Math.Abs(ValueAt(days, high)) ? low : high;
    }

    static double? Within(double rate) => rate is > Lowest and < Highest ? rate : null;
}
