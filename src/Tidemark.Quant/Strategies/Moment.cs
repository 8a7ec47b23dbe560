using Tidemark.Quant.Series;
using Tidemark.Quant.Strategies.Columns;

namespace Tidemark.Quant.Strategies;

/// <summary>What is known at the close of a bar: the bar, the declared columns up to it, the position.</summary>
public readonly ref struct Moment
{
    internal Moment(int index, in Candle candle, Side side, double entryPrice, int barsHeld, bool hasOrders)
    {
        Index = index;
        Bar = candle;
        Side = side;
        EntryPrice = entryPrice;
        BarsHeld = barsHeld;
        HasOrders = hasOrders;
    }

    /// <summary>The bar's place in its series, 0 being the oldest.</summary>
    public int Index { get; }

    /// <summary>The bar that has just closed.</summary>
    public Candle Bar { get; }

    /// <summary>Which way the position points.</summary>
    public Side Side { get; }

    /// <summary>Mean price of entry in the quote currency; NaN without a position.</summary>
    public double EntryPrice { get; }

    /// <summary>Bars since the entry, the bar of entry not counted; 0 without a position.</summary>
    public int BarsHeld { get; }

    /// <summary>Whether orders to enter are still waiting for their price.</summary>
    public bool HasOrders { get; }

    /// <summary>The close price in the quote currency.</summary>
    public double Close => Bar.Close;

    /// <summary>A column's value at this bar, in the column's unit; NaN where undefined.</summary>
    public double Value(Column column) => column[Index];

    /// <summary>A column's value one bar ago, in the column's unit; NaN where undefined.</summary>
    public double Before(Column column) => Index > 0 ? column[Index - 1] : double.NaN;
}
