using System.Runtime.CompilerServices;
using Tidemark.Quant.Series;

namespace Tidemark.Quant.Indicators.PriceTransforms;

/// <summary>One number taken from a candle.</summary>
public enum PricePart
{
    /// <summary>The opening price.</summary>
    Open,

    /// <summary>The highest price.</summary>
    High,

    /// <summary>The lowest price.</summary>
    Low,

    /// <summary>The closing price.</summary>
    Close,

    /// <summary>The volume, in units of the base asset.</summary>
    Volume,

    /// <summary>The mean of high and low.</summary>
    Hl2,

    /// <summary>The mean of high, low and close, the typical price.</summary>
    Hlc3,

    /// <summary>The mean of open and close.</summary>
    Oc2,

    /// <summary>The mean of open, high and low.</summary>
    Ohl3,

    /// <summary>The mean of all four prices.</summary>
    Ohlc4,
}

/// <summary>Reads a <see cref="PricePart"/> off a candle.</summary>
public static class PriceParts
{
    /// <summary>The number asked for, in the candle's price or volume unit.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public static double Of(this PricePart part, in Candle candle) => part switch
    {
        PricePart.Open => candle.Open,
        PricePart.High => candle.High,
        PricePart.Low => candle.Low,
        PricePart.Close => candle.Close,
        PricePart.Volume => candle.Volume,
        PricePart.Hl2 => (candle.High + candle.Low) / 2,
        PricePart.Hlc3 => (candle.High + candle.Low + candle.Close) / 3,
        PricePart.Oc2 => (candle.Open + candle.Close) / 2,
        PricePart.Ohl3 => (candle.Open + candle.High + candle.Low) / 3,
        PricePart.Ohlc4 => (candle.Open + candle.High + candle.Low + candle.Close) / 4,
        _ => Refuse(part),
    };

    /// <summary>Writes the number asked for of each candle, in its price or volume unit.</summary>
    internal static void Fill(this PricePart part, CandleSlice candles, Span<double> prices)
    {
        var column = part switch
        {
            PricePart.Open => candles.Opens,
            PricePart.High => candles.Highs,
            PricePart.Low => candles.Lows,
            PricePart.Close => candles.Closes,
            PricePart.Volume => candles.Volumes,
            _ => [],
        };
        if (column.Length > 0)
        {
            column.CopyTo(prices);
            return;
        }

        for (var i = 0; i < prices.Length; i++)
        {
            prices[i] = part.Of(candles[i]);
        }
    }

    static double Refuse(PricePart part) => throw new ArgumentOutOfRangeException(nameof(part), part, "no such price");
}
