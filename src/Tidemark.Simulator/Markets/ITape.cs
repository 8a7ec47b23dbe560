namespace Tidemark.Simulator.Markets;

/// <summary>
/// What is traded in one symbol, past and future, minute by minute (counted from 1970): the seam between the exchange and where its prices come from.
/// The same question always has the same answer; time plays no part here.
/// </summary>
public interface ITape
{
    Instrument Instrument { get; }

    /// <summary>The first minute there is.</summary>
    long FirstMinute { get; }

    /// <summary>The minute after the last there is.</summary>
    long EndMinute { get; }

    /// <summary>Whether a minute is part of the tape; a recording may have holes.</summary>
    bool Has(long minute);

    /// <summary>A whole minute of the tape.</summary>
    Bar Minute(long minute);

    /// <summary>The trades of a minute in order; together they are its bar.</summary>
    IReadOnlyList<AggregateTrade> Trades(long minute);

    /// <summary>The minute that holds an aggregate trade, or the first minute where the id is older than the tape.</summary>
    long MinuteOf(long aggregateTrade);
}
