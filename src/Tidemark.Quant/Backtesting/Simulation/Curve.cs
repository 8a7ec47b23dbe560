using System.Numerics;

namespace Tidemark.Quant.Backtesting;

/// <summary>Equity as a run goes on: at every bar, or only at the last bar of each UTC day.</summary>
sealed class Curve
{
    readonly double[]? everyBar;
    readonly int first;
    readonly int[] dayEnds;
    readonly double[] atDayEnds;
    int nextDay;
    int barsHeld;

    /// <summary>A curve over bars from one index on, before another; days are given by the indices of their last bars.</summary>
    public Curve(int from, int until, int[] dayEnds, bool keepsEveryBar)
    {
        first = from;
        this.dayEnds = dayEnds;
        atDayEnds = new double[dayEnds.Length];
        everyBar = keepsEveryBar ? GC.AllocateUninitializedArray<double>(Math.Max(0, until - from)) : null;
    }

    public double[] EveryBar => everyBar ?? throw new InvalidOperationException("this curve keeps only the ends of days");

    public double[] AtDayEnds => atDayEnds;

    /// <summary>What had happened by the ends of the same days.</summary>
    public DayCounts Counts { get; } = new();

    public int BarsHeld => barsHeld;

    /// <summary>The index of the last bar of each UTC day.</summary>
    public static int[] DayEndsOf(ReadOnlySpan<long> times, int from, int until)
    {
        const long Day = 86_400_000;
        var ends = new List<int>();
        for (var i = from; i < until; i++)
        {
            if (i == until - 1 || Math.DivRem(times[i + 1], Day).Quotient != Math.DivRem(times[i], Day).Quotient)
            {
                ends.Add(i);
            }
        }

        return [.. ends];
    }

    /// <summary>Notes bars from one index on, before another, in which only the price moved.</summary>
    public void Note(int from, int until, ReadOnlySpan<double> closes, Account account, double quantity)
    {
        var cash = account.Cash;
        if (quantity != 0)
        {
            barsHeld += until - from;
        }

        for (; nextDay < dayEnds.Length && dayEnds[nextDay] < until; nextDay++)
        {
            atDayEnds[nextDay] = quantity == 0 ? cash : cash + (quantity * closes[dayEnds[nextDay]]);
            Counts.Note(nextDay, account);
        }

        if (everyBar is not null)
        {
            Fill(everyBar.AsSpan(from - first, until - from), closes[from..until], cash, quantity);
        }
    }

    /// <summary>Corrects the last bar, after whose close something was still settled.</summary>
    public void Amend(Account account)
    {
        if (atDayEnds.Length > 0)
        {
            atDayEnds[^1] = account.Cash;
            Counts.Note(atDayEnds.Length - 1, account);
        }

        if (everyBar is { Length: > 0 })
        {
            everyBar[^1] = account.Cash;
        }
    }

    static void Fill(Span<double> equity, ReadOnlySpan<double> closes, double cash, double quantity)
    {
        if (quantity == 0)
        {
            equity.Fill(cash);
            return;
        }

        var i = 0;
        var (money, held) = (new Vector<double>(cash), new Vector<double>(quantity));
        for (; i <= equity.Length - Vector<double>.Count; i += Vector<double>.Count)
        {
            (money + (held * new Vector<double>(closes[i..]))).CopyTo(equity[i..]);
        }

        for (; i < equity.Length; i++)
        {
            equity[i] = cash + (quantity * closes[i]);
        }
    }

    /// <summary>Simple returns from one value to the next; from nothing or less there is no return, so it counts as none.</summary>
    public static double[] ReturnsOf(ReadOnlySpan<double> equity)
    {
        var returns = new double[Math.Max(0, equity.Length - 1)];
        for (var i = 0; i < returns.Length; i++)
        {
            returns[i] = equity[i] > 0 ? (equity[i + 1] / equity[i]) - 1 : 0;
        }

        return returns;
    }

    /// <summary>The largest loss from a peak, a positive fraction, and where it was reached; the start is a peak too.</summary>
    public static (double Depth, int? Place) DrawdownOf(ReadOnlySpan<double> equity, double start)
    {
        var (peak, deepest, place) = (start, 0.0, (int?)null);
        for (var i = 0; i < equity.Length; i++)
        {
            peak = Math.Max(peak, equity[i]);
            var depth = equity[i] / peak - 1;
            if (depth < deepest)
            {
                (deepest, place) = (depth, i);
            }
        }

        return (-deepest, place);
    }
}
