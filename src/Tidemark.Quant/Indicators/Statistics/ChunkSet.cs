namespace Tidemark.Quant.Indicators.Statistics;

/// <summary>
/// One way to cut a sample into equal chunks: how much its range weighs in the fitted exponent, and what Anis and Lloyd add to the range,
/// which is what it would be for chance without end less what it is for chance in a chunk this short.
/// </summary>
readonly record struct ChunkSet(int Chunks, double Weight, double Correction)
{
    const int LargestForGamma = 340;
    const int ShortestChunk = 8;
    const int MostChunks = 32;

    public static ChunkSet[] Of(int period)
    {
        var sizes = new List<int>();
        for (var chunks = 1; chunks <= MostChunks && period / chunks >= ShortestChunk; chunks *= 2)
        {
            sizes.Add(period / chunks);
        }

        var mean = sizes.Average(size => Math.Log10(size));
        var spread = sizes.Sum(size => Math.Pow(Math.Log10(size) - mean, 2));
        return [.. sizes.Select((size, set) => new ChunkSet(1 << set, (Math.Log10(size) - mean) / spread, Math.Sqrt(Math.PI * size / 2) - ExpectedRange(size)))];
    }

    static double ExpectedRange(int size)
    {
        var sum = 0.0;
        for (var i = 1; i < size; i++)
        {
            sum += Math.Sqrt((double)(size - i) / i);
        }

        var scale = size > LargestForGamma ? 1 / Math.Sqrt(size * Math.PI / 2) : GammaRatio(size) / Math.Sqrt(Math.PI);
        return scale * sum;
    }

    // gamma((n-1)/2) / gamma(n/2) without gamma itself: r(n) = r(n-2) * (n-3) / (n-2), from r(2) = sqrt(pi), r(3) = 2 / sqrt(pi).
    static double GammaRatio(int size)
    {
        var ratio = size % 2 == 0 ? Math.Sqrt(Math.PI) : 2 / Math.Sqrt(Math.PI);
        for (var n = size % 2 == 0 ? 4 : 5; n <= size; n += 2)
        {
            ratio *= (n - 3.0) / (n - 2.0);
        }

        return ratio;
    }
}
