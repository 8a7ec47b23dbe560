namespace Tidemark.Quant.Statistics;

/// <summary>How far and how long equity was below its peak, the start included; null where equity outgrows all numbers.</summary>
/// <param name="Deepest">The largest loss from a peak, a fraction.</param>
/// <param name="LongestPeriods">The longest run of periods below a peak, a count.</param>
/// <param name="UlcerIndex">Root mean square of the losses from the peak, in percent.</param>
public readonly record struct Drawdown(double? Deepest, int LongestPeriods, double? UlcerIndex)
{
    /// <summary>The drawdown of equity that starts at 1 and grows by simple returns.</summary>
    public static Drawdown Of(ReadOnlySpan<double> returns)
    {
        var (equity, peak, deepest, squares) = (1.0, 1.0, 0.0, 0.0);
        var (run, longest) = (0, 0);
        foreach (var change in returns)
        {
            equity *= 1 + change;
            peak = Math.Max(peak, equity);
            var loss = 1 - (equity / peak);
            deepest = Math.Max(deepest, loss);
            squares += loss * loss * 10_000;
            run = equity < peak ? run + 1 : 0;
            longest = Math.Max(longest, run);
        }

        return new Drawdown(
            ((double?)deepest).Defined(),
            longest,
            ((double?)(returns.IsEmpty ? 0 : Math.Sqrt(squares / returns.Length))).Defined());
    }
}
