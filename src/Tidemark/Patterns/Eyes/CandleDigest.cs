using Tidemark.Quant.Series;

namespace Tidemark.Patterns.Eyes;

/// <summary>A fingerprint of candles in their order: two runs over the same candles end with the same one.</summary>
public readonly record struct CandleDigest(long Candles, long Value)
{
    const ulong Prime = 0x9e37_79b9_7f4a_7c15;

    public CandleDigest With(in Candle candle)
    {
        var value = (ulong)Value;
        value = Mix(value, (ulong)candle.OpenTime);
        value = Mix(value, BitConverter.DoubleToUInt64Bits(candle.Open));
        value = Mix(value, BitConverter.DoubleToUInt64Bits(candle.High));
        value = Mix(value, BitConverter.DoubleToUInt64Bits(candle.Low));
        value = Mix(value, BitConverter.DoubleToUInt64Bits(candle.Close));
        return new CandleDigest(Candles + 1, (long)Mix(value, BitConverter.DoubleToUInt64Bits(candle.Volume)));
    }

    static ulong Mix(ulong digest, ulong word)
    {
        var mixed = (digest ^ word) * Prime;
        return mixed ^ (mixed >> 29);
    }
}
