namespace Tidemark.Quant.Indicators.Statistics;

/// <summary>
/// What the rescaled range of pure chance would be for chunks of one size (Anis and Lloyd), with the base-10 logarithms of size and range.
/// </summary>
readonly record struct ExpectedRange(int ChunkSize, double LogSize, double LogRange)
{
    const int LargestForGamma = 340;

    public static ExpectedRange[] ForChunksOf(int period, int shortest)
    {
        var sizes = new List<ExpectedRange>();
        for (var size = period; size >= shortest; size /= 2)
        {
            sizes.Add(new ExpectedRange(size, Math.Log10(size), Math.Log10(Of(size))));
        }

        return [.. sizes];
    }

    static double Of(int size)
    {
        var sum = 0.0;
        for (var i = 1; i < size; i++)
        {
            sum += Math.Sqrt((double)(size - i) / i);
        }

        var scale = size > LargestForGamma
            ? 1 / Math.Sqrt(size * Math.PI / 2)
            : GammaRatio(size) / Math.Sqrt(Math.PI);
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
