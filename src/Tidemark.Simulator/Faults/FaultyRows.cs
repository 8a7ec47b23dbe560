using Tidemark.Simulator.Markets;

namespace Tidemark.Simulator.Faults;

/// <summary>Lets the faults in force have their way with the rows of an answer or the messages of a stream.</summary>
static class FaultyRows
{
    public static IReadOnlyList<T> Of<T>(FaultBoard faults, string place, IReadOnlyList<T> rows)
    {
        if (rows.Count == 0 || faults.InForce.Count == 0)
        {
            return rows;
        }

        var told = new List<T>(rows.Count);
        foreach (var row in rows)
        {
            if (faults.Strikes(FaultKind.Gap, place))
            {
                continue;
            }

            told.Add(row);
            if (faults.Strikes(FaultKind.Duplicate, place))
            {
                told.Add(row);
            }
        }

        for (var i = 1; i < told.Count; i++)
        {
            if (faults.Strikes(FaultKind.Reorder, place))
            {
                (told[i - 1], told[i]) = (told[i], told[i - 1]);
            }
        }

        return told;
    }

    public static Bar Candle(FaultBoard faults, string place, in Bar bar) =>
        faults.Strikes(FaultKind.BadCandle, place, out _, out var luck) ? BadCandle.Of(bar, luck) : bar;
}
