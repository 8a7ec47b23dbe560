namespace Tidemark.Quant.Patterns;

/// <summary>A zone pattern as it was confirmed; nothing in it changes afterwards.</summary>
public readonly record struct Pattern
{
    /// <summary>Counts the confirmed patterns of one engine from 1.</summary>
    public required int Number { get; init; }

    /// <summary>What it is.</summary>
    public required PatternKind Kind { get; init; }

    /// <summary>Which way it points.</summary>
    public required Direction Direction { get; init; }

    /// <summary>The rule and parameters it was found by.</summary>
    public required PatternRule Rule { get; init; }

    /// <summary>The candle it hangs on: a gap's middle, a block's candle, the pivot of a swept level.</summary>
    public required CandleMark Anchor { get; init; }

    /// <summary>The candles it rests on; the last one confirmed it.</summary>
    public required Evidence Evidence { get; init; }

    /// <summary>When it became known, in UTC milliseconds.</summary>
    public required long KnownAt { get; init; }

    /// <summary>Its prices, in the quote currency.</summary>
    public required Zone Zone { get; init; }

    /// <summary>The body of a block's candle, where entries are sought.</summary>
    public Zone? Body { get; init; }

    /// <summary>The outermost level a sweep took, in the quote currency.</summary>
    public double? SweptLevel { get; init; }

    /// <summary>How many levels a sweep took.</summary>
    public int LevelsSwept { get; init; }

    /// <summary>What a breaker or mitigation block was before.</summary>
    public BlockOrigin Origin { get; init; }

    /// <summary>The candle that had confirmed what a breaker or mitigation block was before.</summary>
    public CandleMark OriginConfirmed { get; init; }

    /// <summary>The close that confirmed it, in the quote currency.</summary>
    public required double ConfirmingClose { get; init; }

    /// <summary>Strength from 0 to 100 at confirmation, in hundredths.</summary>
    public required double Strength { get; init; }

    /// <summary>The average true range over 14 candles at confirmation, in the quote currency.</summary>
    public double? AverageRange { get; init; }

    /// <summary>A close beyond this price also invalidates, in the quote currency; set where the option asks for it.</summary>
    public double? SwingInvalidation { get; init; }

    /// <summary>A candle that closes after this moment ends it, in UTC milliseconds.</summary>
    public required long ExpiresAt { get; init; }

    /// <summary>The candle whose close confirmed it.</summary>
    public CandleMark Confirmed => Evidence.Last;
}
