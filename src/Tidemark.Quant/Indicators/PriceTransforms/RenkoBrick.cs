namespace Tidemark.Quant.Indicators.PriceTransforms;

/// <summary>One brick: prices in the price unit, volume in the base currency.</summary>
public readonly record struct RenkoBrick(double Open, double High, double Low, double Close, double Volume)
{
    /// <summary>Whether the brick rises.</summary>
    public bool IsUp => Close > Open;

    /// <summary>Adds the bricks, of a size in the price unit, that one candle laid; the lowest index is the oldest.</summary>
    public static void List(in RenkoValue laid, double brickSize, ICollection<RenkoBrick> bricks)
    {
        var step = Math.Sign(laid.Bricks) * brickSize;
        for (var back = Math.Abs(laid.Bricks) - 1; back >= 0; back--)
        {
            bricks.Add(new RenkoBrick(laid.Open - (back * step), laid.High, laid.Low, laid.Close - (back * step), laid.Volume));
        }
    }
}
