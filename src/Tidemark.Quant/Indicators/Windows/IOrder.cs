namespace Tidemark.Quant.Indicators.Windows;

/// <summary>Which way a window looks.</summary>
interface IOrder
{
    /// <summary>What every value beats or equals.</summary>
    static abstract double Worst { get; }

    static abstract bool Beats(double challenger, double holder);

    /// <summary>The better of two defined values, without a branch.</summary>
    static abstract double Better(double one, double other);
}

readonly struct Highest : IOrder
{
    public static double Worst => double.NegativeInfinity;

    public static bool Beats(double challenger, double holder) => challenger > holder;

    public static double Better(double one, double other) => double.MaxNative(one, other);
}

readonly struct Lowest : IOrder
{
    public static double Worst => double.PositiveInfinity;

    public static bool Beats(double challenger, double holder) => challenger < holder;

    public static double Better(double one, double other) => double.MinNative(one, other);
}
