using System.Runtime.InteropServices;

namespace Tidemark.Simulator.Synthetic;

/// <summary>The market's mood for some three days: how much it moves, and whether moves within it go on or turn back.</summary>
/// <param name="Variance">Factor on the variance.</param>
/// <param name="Wandering">Factor on the displacement of midpoints: below 1 prices go straight through, above 1 they go back and forth.</param>
[StructLayout(LayoutKind.Auto)]
readonly record struct Regime(double Variance, double Wandering)
{
    /// <summary>A regime lasts 2^12 minutes and shapes the movement down to stretches of 2^7.</summary>
    public const int Level = 12;

    public const int LastLevel = 7;

    static readonly Regime Quiet = new(0.35, 1.05);
    static readonly Regime Usual = new(0.80, 1.00);
    static readonly Regime Trending = new(1.00, 0.55);
    static readonly Regime Ranging = new(0.90, 1.35);
    static readonly Regime Storm = new(3.00, 1.10);

    public static Regime At(ulong key, long block) => (Noise.At(key, block) % 20) switch
    {
        < 4 => Quiet,
        < 10 => Usual,
        < 14 => Trending,
        < 18 => Ranging,
        _ => Storm,
    };
}
