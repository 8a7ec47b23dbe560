namespace Tidemark.Quant.Patterns.Trading;

/// <summary>Where in a zone to enter.</summary>
public enum EntryStyle
{
    /// <summary>At the edge that price meets first: filled most often.</summary>
    Conservative,

    /// <summary>At the middle: a better price, filled less often.</summary>
    Aggressive,
}

/// <summary>How a pattern could be traded; prices in the quote currency. A plan is arithmetic on the pattern, not advice.</summary>
/// <param name="Direction">Which way.</param>
/// <param name="Entry">Price of entry.</param>
/// <param name="Stop">Price at which the idea is wrong.</param>
/// <param name="Targets">Prices to take profit at, nearest first.</param>
public sealed record TradePlan(Direction Direction, double Entry, double Stop, IReadOnlyList<double> Targets)
{
    /// <summary>Whether it is entered at the close that confirmed the pattern; otherwise price is waited for.</summary>
    public bool EntersAtOnce { get; init; }

    /// <summary>The loss at the stop, in the quote currency per unit.</summary>
    public double Risk => Math.Abs(Entry - Stop);

    /// <summary>A price as a multiple of the risk, positive for a profit.</summary>
    public double RiskMultipleOf(double price) => (price - Entry) * (int)Direction / Risk;

    /// <summary>
    /// The plan of a confirmed pattern. The stop lies beyond the far edge or wick by half an average range, and by no less than half a percent of the middle.
    /// A sweep is entered at its close. A block aims at the previous swing on the far side where it lies beyond the entry, a sweep at the other side of the range;
    /// both aim at twice the risk where there is none. Null where entry and stop would coincide.
    /// </summary>
    public static TradePlan? Of(in Pattern pattern, DealingRange? range, EntryStyle style = EntryStyle.Conservative)
    {
        var side = (int)pattern.Direction;
        var entry = pattern.Kind == PatternKind.LiquiditySweep
            ? pattern.ConfirmingClose
            : EntryIn(pattern.Body ?? pattern.Zone, pattern.Direction, style);
        var stop = pattern.Zone.FarEdge(pattern.Direction) - (side * Margin(pattern));
        var risk = (entry - stop) * side;
        if (!(risk > 0))
        {
            return null;
        }

        double[] targets = pattern.Kind == PatternKind.FairValueGap
            ? [entry + (side * risk), entry + (side * 2 * risk), entry + (side * 3 * risk)]
            : [FarSide(range, pattern.Direction) is { } level && (level - entry) * side > 0 ? level : entry + (side * 2 * risk)];
        return new TradePlan(pattern.Direction, entry, stop, targets) { EntersAtOnce = pattern.Kind == PatternKind.LiquiditySweep };
    }

    static double EntryIn(Zone zone, Direction direction, EntryStyle style) => style == EntryStyle.Conservative ? zone.NearEdge(direction) : zone.Middle;

    static double Margin(in Pattern pattern) => Math.Max(0.5 * (pattern.AverageRange ?? 0), 0.005 * pattern.Zone.Middle);

    static double? FarSide(DealingRange? range, Direction direction) => direction == Direction.Bullish ? range?.High : range?.Low;
}
