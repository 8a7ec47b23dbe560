namespace Tidemark.Quant.Backtesting;

/// <summary>When not to trade.</summary>
public sealed record Protections
{
    /// <summary>None of them.</summary>
    public static Protections None { get; } = new();

    /// <summary>Bars after an exit in which the symbol is not entered again, a count.</summary>
    public int CoolDownBars { get; init; }

    /// <summary>What stops trading after too many stops; null for nothing.</summary>
    public StopGuard? StopGuard { get; init; }

    /// <summary>The loss from the highest equity at which all is closed and trading ends, a fraction; null for none.</summary>
    public double? MaximumDrawdown { get; init; }
}

/// <summary>Stops trading for a while after too many losing stops; it counts over the whole account.</summary>
/// <param name="Stops">How many, a count.</param>
/// <param name="WithinBars">Within how many bars they fell.</param>
/// <param name="PauseBars">For how many bars no entry is made.</param>
public sealed record StopGuard(int Stops, int WithinBars, int PauseBars);
