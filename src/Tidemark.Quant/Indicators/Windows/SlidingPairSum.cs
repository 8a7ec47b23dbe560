using System.Runtime.CompilerServices;
using System.Runtime.Intrinsics;

namespace Tidemark.Quant.Indicators.Windows;

/// <summary>The sums of the last values of two series that go in step, as two of <see cref="SlidingSum"/> would give them, at the price of one.</summary>
struct SlidingPairSum
{
    // One place more than the window, always zero, for a round's last step.
    readonly Vector128<double>[] ahead;
    int next;
    bool isFull;
    Vector128<double> round;

    public SlidingPairSum(int length) => ahead = new Vector128<double>[length + 1];

    public readonly bool IsFull => isFull;

    public ValuePair Add(double value, double against)
    {
        var pair = Vector128.Create(value, against);
        var places = ahead;
        var place = next;
        places[place++] = pair;
        round += pair;
        var sums = round + places[place];
        if (place == places.Length - 1)
        {
            LookAhead(places);
            round = Vector128<double>.Zero;
            isFull = true;
            place = 0;
        }

        next = place;
        return new ValuePair(sums.ToScalar(), Vector128.Shuffle(sums, Vector128.Create(1L, 1L)).ToScalar());
    }

    // Static and out of line: the loop that calls Add then keeps this struct in registers.
    [MethodImpl(MethodImplOptions.NoInlining)]
    static void LookAhead(Vector128<double>[] places)
    {
        var sum = Vector128<double>.Zero;
        for (var i = places.Length - 2; i >= 0; i--)
        {
            sum += places[i];
            places[i] = sum;
        }
    }
}
