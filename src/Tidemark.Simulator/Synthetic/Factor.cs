using System.Runtime.InteropServices;

namespace Tidemark.Simulator.Synthetic;

/// <summary>
/// A random path of log prices that can be entered anywhere: fixed points every 2^20 minutes, and between them midpoints, again and again.
/// Each halving shares the variance out unevenly (a multiplicative cascade), which makes calm and wild times at every scale and heavy tails;
/// given the shares, the midpoint is that of a Brownian bridge (Mandelbrot, Fisher, Calvet 1997).
/// </summary>
sealed class Factor
{
    /// <summary>Fixed points are 2^20 minutes apart, about two years.</summary>
    public const int TopLevel = 20;

    const double MinutesAYear = 525_960;
    const int Shares = 16;
    const double AnchorSpread = 0.55;

    // Tilts of the shares, as e^(2g) with g evenly spread over +-1.6 times the level's strength: weaker above a day, so that years differ less than hours.
    static readonly double[][] Tilts = [.. Enumerable.Range(0, TopLevel + 1).Select(level => TiltsOf(level > 11 ? 0.16 : 0.30))];

    readonly ulong[] levels;
    readonly ulong anchors;
    readonly ulong regimes;
    readonly double variance;

    public Factor(ulong key, double yearlyVolatility)
    {
        levels = [.. Enumerable.Range(0, TopLevel + 1).Select(level => Noise.Key(key, level))];
        anchors = Noise.Key(key, TopLevel + 1);
        regimes = Noise.Key(key, TopLevel + 2);
        variance = yearlyVolatility * yearlyVolatility / MinutesAYear;
    }

    /// <summary>The mean variance of a minute's log return.</summary>
    public double MinuteVariance => variance;

    public Regime RegimeAt(long minute) => Regime.At(regimes, minute >> Regime.Level);

    /// <summary>The whole stretch between two fixed points.</summary>
    public Stretch Top(long index) => new(Anchor(index), Anchor(index + 1), variance * (1 << TopLevel));

    /// <summary>Halves the stretch of 2^level minutes with the given index.</summary>
    public void Halve(int level, long index, in Stretch whole, double businessShare, in Regime regime, out Stretch before, out Stretch after)
    {
        var bits = Noise.At(levels[level], index);
        var tilted = businessShare * Tilts[level][bits % Shares];
        var share = tilted / (tilted + 1 - businessShare);
        var inside = whole.Variance;
        var wandering = 1.0;
        if (level <= Regime.Level)
        {
            inside = level == Regime.Level ? inside * regime.Variance : inside;
            wandering = level >= Regime.LastLevel ? regime.Wandering : wandering;
        }

        var middle = whole.From + ((whole.To - whole.From) * share)
            + (wandering * Math.Sqrt(inside * share * (1 - share)) * Noise.Normal(Noise.More(bits)));
        before = new Stretch(whole.From, middle, inside * share);
        after = new Stretch(middle, whole.To, inside * (1 - share));
    }

    double Anchor(long index) => variance == 0 ? 0 : AnchorSpread * Math.Sqrt(variance * MinutesAYear) * Noise.Normal(Noise.At(anchors, index));

    static double[] TiltsOf(double strength) =>
        [.. Enumerable.Range(0, Shares).Select(step => Math.Exp(2 * strength * 1.6 * ((step - ((Shares - 1) / 2.0)) / (Shares / 2.0))))];
}

/// <summary>The path over some minutes: where it enters, where it leaves, and how much it moves in between.</summary>
[StructLayout(LayoutKind.Auto)]
readonly record struct Stretch(double From, double To, double Variance);
