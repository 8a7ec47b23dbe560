using System.Runtime.CompilerServices;

namespace Tidemark.Quant.Indicators.Windows;

/// <summary>
/// The sum of the last values. It goes through its places round by round: places ahead hold the sum of what the last round left from there
/// to its end, and this round's own sum is kept aside. Nothing is ever subtracted, so what has left leaves no rounding behind:
/// values of very different size do no harm, and zeros sum to exactly zero.
/// </summary>
struct SlidingSum
{
    // One place more than the window, always zero, for a round's last step.
    readonly double[] ahead;
    int next;
    bool isFull;
    double round;

    public SlidingSum(int length) => ahead = new double[length + 1];

    public readonly bool IsFull => isFull;

    public double Add(double value)
    {
        var places = ahead;
        var place = next;
        places[place++] = value;
        round += value;
        var sum = round + places[place];
        if (place == places.Length - 1)
        {
            LookAhead(places);
            round = 0;
            isFull = true;
            place = 0;
        }

        next = place;
        return sum;
    }

    // Static and out of line: the loop that calls Add then keeps this struct in registers.
    [MethodImpl(MethodImplOptions.NoInlining)]
    static void LookAhead(double[] places)
    {
        var sum = 0.0;
        for (var i = places.Length - 2; i >= 0; i--)
        {
            sum += places[i];
            places[i] = sum;
        }
    }
}
