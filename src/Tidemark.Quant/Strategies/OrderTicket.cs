namespace Tidemark.Quant.Strategies;

/// <summary>How an order gets its price.</summary>
public enum OrderKind
{
    /// <summary>At the next open, whatever it is.</summary>
    Market,

    /// <summary>At a price or better.</summary>
    Limit,

    /// <summary>At the market once a price is reached.</summary>
    Stop,

    /// <summary>At a price or better, once another price is reached.</summary>
    StopLimit,
}

/// <summary>An order to enter, with what is to happen to the position it makes. Prices are in the quote currency, NaN where there is none.</summary>
/// <param name="Side">Which way.</param>
/// <param name="Kind">How it gets its price.</param>
public readonly record struct OrderTicket(Side Side, OrderKind Kind = OrderKind.Market)
{
    /// <summary>The price of a limit order.</summary>
    public double LimitPrice { get; init; } = double.NaN;

    /// <summary>The price that wakes a stop order.</summary>
    public double StopPrice { get; init; } = double.NaN;

    /// <summary>Where the position is given up.</summary>
    public double ProtectiveStop { get; init; } = double.NaN;

    /// <summary>Where profit is taken: of all of the position, or of an equal part of it where there are further targets.</summary>
    public double Target { get; init; } = double.NaN;

    /// <summary>The second target.</summary>
    public double SecondTarget { get; init; } = double.NaN;

    /// <summary>The third target.</summary>
    public double ThirdTarget { get; init; } = double.NaN;

    /// <summary>How far behind the best price a stop follows, in the quote currency.</summary>
    public double TrailingDistance { get; init; } = double.NaN;

    /// <summary>How much of what sizing gives is wanted, a fraction.</summary>
    public double Share { get; init; } = 1;

    /// <summary>How many bars the order waits for its price; 0 for as long as it takes.</summary>
    public int GoodForBars { get; init; }

    /// <summary>Orders with the same number other than 0 cancel each other: the first that fills ends the rest.</summary>
    public int Group { get; init; }
}
