using System.Globalization;
using System.Text.Json;

namespace Tidemark.Simulator.Streams;

/// <summary>A book kept by the exchange's own recipe: a snapshot, then changes without a gap.</summary>
sealed class LocalBook
{
    public LocalBook(JsonElement snapshot)
    {
        LastUpdateId = snapshot.GetProperty("lastUpdateId").GetInt64();
        Bids = new(Levels(snapshot, "bids").ToDictionary());
        Asks = new(Levels(snapshot, "asks").ToDictionary());
    }

    public long LastUpdateId { get; private set; }

    public SortedDictionary<decimal, decimal> Bids { get; }

    public SortedDictionary<decimal, decimal> Asks { get; }

    public static IEnumerable<KeyValuePair<decimal, decimal>> Levels(JsonElement of, string name) =>
        of.GetProperty(name).EnumerateArray().Select(level => KeyValuePair.Create(Number(level[0]), Number(level[1])));

    public void Apply(JsonElement change)
    {
        var last = change.GetProperty("u").GetInt64();
        if (last <= LastUpdateId)
        {
            return;
        }

        change.GetProperty("U").GetInt64().ShouldBe(LastUpdateId + 1);
        LastUpdateId = last;
        Apply(Levels(change, "b"), Bids);
        Apply(Levels(change, "a"), Asks);
    }

    static void Apply(IEnumerable<KeyValuePair<decimal, decimal>> changes, SortedDictionary<decimal, decimal> side)
    {
        foreach (var (price, quantity) in changes)
        {
            if (quantity == 0)
            {
                side.Remove(price);
            }
            else
            {
                side[price] = quantity;
            }
        }
    }

    static decimal Number(JsonElement text) => decimal.Parse(text.GetString()!, CultureInfo.InvariantCulture);
}
