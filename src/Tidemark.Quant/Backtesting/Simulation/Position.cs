using Tidemark.Quant.Strategies;

namespace Tidemark.Quant.Backtesting;

/// <summary>The position of one symbol with its stop and targets; prices in the quote currency, NaN where there is none.</summary>
struct Position
{
    public Side Side;
    public double Quantity;
    public double EntryPrice;
    public double EntryFee;
    public double Funding;
    public int EntryBar;
    public long EntryTime;
    public double FirstStop;
    public double FirstTarget;
    public double Stop;
    public double Target;
    public double SecondTarget;
    public double ThirdTarget;
    public double TrailingDistance;
    public double Best;

    /// <summary>What each target takes, in the base currency; the last takes the rest.</summary>
    public double Part;

    /// <summary>What the next target has still to take, in the base currency.</summary>
    public double PartLeft;

    /// <summary>The bar at whose open the target began to stand.</summary>
    public int TargetSince;

    public readonly bool IsOpen => Side != Side.Flat;

    public readonly double Signed => Quantity * (int)Side;

    public readonly bool Trails => !double.IsNaN(TrailingDistance);

    public readonly bool IsLastTarget => double.IsNaN(SecondTarget);

    readonly double TrailingStop => Best - ((int)Side * TrailingDistance);

    /// <summary>The stop that counts, and whether it is the one that follows the price.</summary>
    public readonly (double Price, bool IsTrailing) EffectiveStop
    {
        get
        {
            if (!Trails)
            {
                return (Stop, false);
            }

            var trailing = TrailingStop;
            var isCloser = double.IsNaN(Stop) || (trailing - Stop) * (int)Side > 0;
            return isCloser ? (trailing, true) : (Stop, false);
        }
    }

    public void Follow(double price)
    {
        if ((price - Best) * (int)Side > 0)
        {
            Best = price;
        }
    }

    public void NextTarget() => (Target, SecondTarget, ThirdTarget, PartLeft) = (SecondTarget, ThirdTarget, double.NaN, Part);
}
