namespace Tidemark.Bench.Indicators.Bare;

/// <summary>Highest and lowest of the last n values by the usual hand-written way: remember where it is, look anew only once it has left.</summary>
static class Extremes
{
    /// <summary>Writes the highest of the last n values, of fewer in the beginning.</summary>
    public static void Highest(double[] x, int start, int n, double[] result)
    {
        var place = start;
        for (var i = start; i < x.Length; i++)
        {
            if (place <= i - n)
            {
                place = i - n + 1;
                for (var j = place + 1; j <= i; j++)
                {
                    place = x[j] > x[place] ? j : place;
                }
            }
            else if (x[i] > x[place])
            {
                place = i;
            }

            result[i] = x[place];
        }
    }

    /// <summary>Writes the lowest of the last n values, of fewer in the beginning.</summary>
    public static void Lowest(double[] x, int start, int n, double[] result)
    {
        var place = start;
        for (var i = start; i < x.Length; i++)
        {
            if (place <= i - n)
            {
                place = i - n + 1;
                for (var j = place + 1; j <= i; j++)
                {
                    place = x[j] < x[place] ? j : place;
                }
            }
            else if (x[i] < x[place])
            {
                place = i;
            }

            result[i] = x[place];
        }
    }
}
