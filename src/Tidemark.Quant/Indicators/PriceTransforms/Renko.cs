using Tidemark.Quant.Series;

namespace Tidemark.Quant.Indicators.PriceTransforms;

/// <summary>
/// The bricks this candle laid, below zero where they fall; open and close of the last brick; and, only where a brick was laid,
/// the highest and lowest price since the brick before and the volume that each brick took.
/// </summary>
public readonly record struct RenkoValue(double Bricks, double Open, double Close, double High, double Low, double Volume);

/// <summary>Renko: bricks of one size in the price unit that follow the price and forget the time.</summary>
public struct Renko(double brickSize, CandleEnd end) : IIndicator<Candle, RenkoValue>
{
    bool started;
    double open;
    double close;
    double highest = double.NegativeInfinity;
    double lowest = double.PositiveInfinity;
    double volume;

    /// <summary>Its entry in the registry.</summary>
    public static IndicatorDescription Description { get; } = IndicatorDescription
        .Of("RENKO", "Renko", IndicatorGroup.PriceTransforms, IndicatorPlacement.Overlay, "Bricks of one size that follow the price and forget the time.")
        .Number("brickSize", 1, 1e-9, 1e9)
        .Choice("end", CandleEnd.Close)
        .Output("bricks", _ => 0)
        .Output("open", _ => 0)
        .Output("close", _ => 0)
        .Output(new IndicatorOutput("high", _ => 1) { IsOccasional = true })
        .Output(new IndicatorOutput("low", _ => 1) { IsOccasional = true })
        .Output(new IndicatorOutput("volume", _ => 1) { IsOccasional = true })
        .OnCandles<Renko, RenkoValue>(p => new Renko(p[0], (CandleEnd)p.Whole(1)));

    /// <summary>Takes the next candle and answers the bricks it laid; the first only sets the ground.</summary>
    public RenkoValue Next(in Candle input)
    {
        if (!started)
        {
            started = true;
            open = close = Ground(input.Close);
            return new RenkoValue(0, open, close, double.NaN, double.NaN, double.NaN);
        }

        highest = Math.Max(highest, input.High);
        lowest = Math.Min(lowest, input.Low);
        volume += input.Volume;
        var bricks = BricksTo(in input);
        if (bricks == 0)
        {
            return new RenkoValue(0, open, close, double.NaN, double.NaN, double.NaN);
        }

        var start = bricks > 0 ? Math.Max(open, close) : Math.Min(open, close);
        close = start + (bricks * brickSize);
        open = start + ((bricks - Math.Sign(bricks)) * brickSize);
        var laid = new RenkoValue(bricks, open, close, highest, lowest, volume / Math.Abs(bricks));
        (highest, lowest, volume) = (double.NegativeInfinity, double.PositiveInfinity, 0);
        return laid;
    }

    readonly double BricksTo(in Candle input)
    {
        var (up, down) = end == CandleEnd.Close ? (input.Close, input.Close) : (input.High, input.Low);
        var rise = Math.Truncate((up - Math.Max(open, close)) / brickSize);
        var fall = Math.Truncate((Math.Min(open, close) - down) / brickSize);
        if (rise > 0 && rise >= fall)
        {
            return rise;
        }

        return fall > 0 ? -fall : 0;
    }

    // Bricks stand on a price as round as their size, one digit coarser, so that those of two charts meet.
    readonly double Ground(double price)
    {
        if (Math.Abs(price) > (double)(decimal.MaxValue / 2))
        {
            return price;
        }

        var digits = Math.Max(((decimal)brickSize).Scale - 1, 0);
        return (double)Math.Round((decimal)price, digits);
    }
}
