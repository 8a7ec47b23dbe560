namespace Tidemark.Simulator.Synthetic;

/// <summary>
/// Random numbers that are looked up, not drawn: the same key and position give the same bits in any order, so any stretch can be made without what came before.
/// The mixing is that of SplitMix64 (Steele, Lea, Flood 2014).
/// </summary>
static class Noise
{
    const ulong Golden = 0x9E37_79B9_7F4A_7C15;
    const double FromBits = 1.0 / (1UL << 53);

    // Four uniform numbers of variance 1/12 each add up to variance 1/3.
    const double ToUnitVariance = 1.7320508075688772 / 65_536;

    public static ulong Key(ulong seed, string name)
    {
        var key = Mix(seed + Golden);
        foreach (var letter in name)
        {
            key = Mix((key ^ letter) + Golden);
        }

        return key;
    }

    public static ulong Key(ulong key, int part) => Mix(key ^ Mix((ulong)part + Golden));

    public static ulong At(ulong key, long position) => Mix(key + ((ulong)position * Golden));

    /// <summary>More bits from bits.</summary>
    public static ulong More(ulong bits) => Mix(bits + Golden);

    /// <summary>Evenly from 0 up to and without 1.</summary>
    public static double Uniform(ulong bits) => (bits >> 11) * FromBits;

    /// <summary>Almost normal with mean 0 and variance 1: the sum of four uniform numbers, so never beyond 3.5.</summary>
    public static double Normal(ulong bits)
    {
        var sum = (int)(bits & 0xFFFF) + (int)((bits >> 16) & 0xFFFF) + (int)((bits >> 32) & 0xFFFF) + (int)(bits >> 48);
        return (sum - 131_070) * ToUnitVariance;
    }

    static ulong Mix(ulong bits)
    {
        bits = (bits ^ (bits >> 30)) * 0xBF58_476D_1CE4_E5B9;
        bits = (bits ^ (bits >> 27)) * 0x94D0_49BB_1331_11EB;
        return bits ^ (bits >> 31);
    }
}
