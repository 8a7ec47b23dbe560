namespace Tidemark.Quant.Statistics;

/// <summary>A payment in (negative) or out (positive), seen from the investor.</summary>
/// <param name="Day">Day number, from any start.</param>
/// <param name="Amount">Money, in one currency.</param>
public readonly record struct CashFlow(int Day, double Amount);

/// <summary>The yearly rate at which payments into and out of an investment balance (XIRR).</summary>
public static class MoneyWeightedReturn
{
    const double Lowest = -0.9999;
    const double Highest = 100;
    const double DaysAYear = 365;

    /// <summary>The rate a year as a fraction between -0.9999 and 100, counting actual days over 365; null where no rate balances.</summary>
    public static double? Of(ReadOnlySpan<CashFlow> flows)
    {
        if (flows.IsEmpty)
        {
            return null;
        }

        // From zero outwards, so that of several rates the one nearest to none is taken.
        var (below, above) = (0.0, 0.0);
        var atZero = NetPresentValue(flows, 0);
        if (atZero == 0)
        {
            return IsOneSided(flows) ? null : 0;
        }

        for (var step = 1; step <= 200; step++)
        {
            var lower = Lowest * step / 200;
            var upper = Math.Pow(1 + Highest, step / 200.0) - 1;
            if (Math.Sign(NetPresentValue(flows, upper)) != Math.Sign(atZero))
            {
                return Bisect(flows, above, upper);
            }

            if (Math.Sign(NetPresentValue(flows, lower)) != Math.Sign(atZero))
            {
                return Bisect(flows, lower, below);
            }

            (below, above) = (lower, upper);
        }

        return null;
    }

    static double NetPresentValue(ReadOnlySpan<CashFlow> flows, double rate)
    {
        var value = 0.0;
        foreach (var flow in flows)
        {
            value += flow.Amount * Math.Pow(1 + rate, (flows[0].Day - flow.Day) / DaysAYear);
        }

        return value;
    }

    static double Bisect(ReadOnlySpan<CashFlow> flows, double low, double high)
    {
        var signLow = Math.Sign(NetPresentValue(flows, low));
        for (var step = 0; step < 200; step++)
        {
            var middle = low + ((high - low) / 2);
            if (middle == low || middle == high)
            {
                break;
            }

            if (Math.Sign(NetPresentValue(flows, middle)) == signLow)
            {
                low = middle;
            }
            else
            {
                high = middle;
            }
        }

        return Math.Abs(NetPresentValue(flows, low)) < Math.Abs(NetPresentValue(flows, high)) ? low : high;
    }

    static bool IsOneSided(ReadOnlySpan<CashFlow> flows)
    {
        var (paid, received) = (false, false);
        foreach (var flow in flows)
        {
            paid |= flow.Amount < 0;
            received |= flow.Amount > 0;
        }

        return !(paid && received);
    }
}
