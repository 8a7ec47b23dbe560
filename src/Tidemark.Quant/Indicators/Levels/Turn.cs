using Tidemark.Quant.Indicators.Windows;

namespace Tidemark.Quant.Indicators.Levels;

/// <summary>The value in a span that all others fall behind.</summary>
static class Turn
{
    /// <summary>The value at a place if it strictly beats every other, else NaN.</summary>
    public static double OrUndefined<TOrder>(ReadOnlySpan<double> values, int place)
        where TOrder : struct, IOrder
    {
        var candidate = values[place];
        for (var i = 0; i < values.Length; i++)
        {
            if (i != place && !TOrder.Beats(candidate, values[i]))
            {
                return double.NaN;
            }
        }

        return candidate;
    }
}
