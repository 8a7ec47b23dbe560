using System.Runtime.CompilerServices;

namespace Tidemark.Quant.Indicators.Windows;

/// <summary>
/// How many steps ago the highest or lowest of the last values came in, 0 for the last; of equal ones the oldest counts.
/// It goes round by round as <see cref="SlidingExtreme{TOrder}"/> does and remembers the place of each extreme beside it.
/// </summary>
struct ExtremeAge<TOrder>
    where TOrder : struct, IOrder
{
    // One place more than the window, which nothing falls behind, for a round's last step.
    readonly double[] ahead;
    readonly int[] aheadPlaces;
    int next;
    bool isFull;
    double round = TOrder.Worst;
    int roundPlace;

    public ExtremeAge(int length)
    {
        ahead = new double[length + 1];
        aheadPlaces = new int[length + 1];
        Array.Fill(ahead, TOrder.Worst);
    }

    public readonly bool IsFull => isFull;

    public int Add(double value)
    {
        var place = next;
        ahead[place] = value;
        if (TOrder.Beats(value, round))
        {
            round = value;
            roundPlace = place;
        }

        var length = ahead.Length - 1;
        var age = TOrder.Beats(round, ahead[place + 1]) ? place - roundPlace : place + length - aheadPlaces[place + 1];
        if (++place == length)
        {
            LookAhead(ahead, aheadPlaces);
            round = TOrder.Worst;
            isFull = true;
            place = 0;
        }

        next = place;
        return age;
    }

    // Static and out of line: the loop that calls Add then keeps this struct in registers.
    [MethodImpl(MethodImplOptions.NoInlining)]
    static void LookAhead(double[] values, int[] places)
    {
        var best = values.Length - 2;
        for (var i = best; i >= 0; i--)
        {
            best = TOrder.Beats(values[best], values[i]) ? best : i;
            values[i] = values[best];
            places[i] = best;
        }
    }
}
