using System.Runtime.CompilerServices;

namespace Tidemark.Quant.Indicators.Windows;

/// <summary>
/// The highest or lowest of the last values. It goes through its places round by round: places ahead hold the extreme of what the last round
/// left from there to its end, and this round's own extreme is kept aside. So a step is two comparisons, which the processor need not guess,
/// whatever the window.
/// </summary>
struct SlidingExtreme<TOrder>
    where TOrder : struct, IOrder
{
    // One place more than the window, which nothing falls behind, for a round's last step.
    readonly double[] ahead;
    int next;
    bool isFull;
    double round = TOrder.Worst;

    public SlidingExtreme(int length)
    {
        ahead = new double[length + 1];
        Array.Fill(ahead, TOrder.Worst);
    }

    public readonly bool IsFull => isFull;

    /// <summary>The extreme of the values held; NaN before the first.</summary>
    public double Value { get; private set; } = double.NaN;

    public double Add(double value)
    {
        var places = ahead;
        var place = next;
        places[place++] = value;
        round = TOrder.Better(round, value);
        Value = TOrder.Better(round, places[place]);
        if (place == places.Length - 1)
        {
            LookAhead(places);
            round = TOrder.Worst;
            isFull = true;
            place = 0;
        }

        next = place;
        return Value;
    }

    // Static and out of line: the loop that calls Add then keeps this struct in registers.
    [MethodImpl(MethodImplOptions.NoInlining)]
    static void LookAhead(double[] places)
    {
        var best = TOrder.Worst;
        for (var i = places.Length - 2; i >= 0; i--)
        {
            best = TOrder.Better(best, places[i]);
            places[i] = best;
        }
    }
}
