using Tidemark.Quant.Indicators.Windows;

namespace Tidemark.Quant.Indicators.Oscillators;

/// <summary>Each 0 to 100 but the streak, which counts candles: the mean of the three parts, and the parts.</summary>
public readonly record struct ConnorsRsiValue(double ConnorsRsi, double Rsi, double StreakRsi, double PercentRank, double Streak);

/// <summary>Connors RSI: the mean of a quick RSI, the RSI of the streak of rises or falls, and the rank of the last change among those before.</summary>
public struct ConnorsRsi(int rsiPeriod, int streakPeriod, int rankPeriod) : IIndicator<double, ConnorsRsiValue>
{
    Rsi rsi = new(rsiPeriod);
    Rsi streakRsi = new(streakPeriod);
    SlidingWindow changes = new(rankPeriod);
    double previous = double.NaN;
    int streak;
    int seen;

    /// <summary>Its entry in the registry.</summary>
    public static IndicatorDescription Description { get; } = IndicatorDescription
        .Of("CRSI", "Connors RSI", IndicatorGroup.Oscillators, IndicatorPlacement.Pane, "Three short-term measures of strength in one, 0 to 100.")
        .Whole("rsiPeriod", 3, minimum: 2)
        .Whole("streakPeriod", 2, minimum: 2)
        .Whole("rankPeriod", 100, minimum: 2)
        .Output("connorsRsi", p => Math.Max(Math.Max(p.Whole(0), p.Whole(1) + 2), p.Whole(2) + 1))
        .Output("rsi", p => p.Whole(0))
        .Output("streakRsi", p => p.Whole(1) + 2)
        .Output("percentRank", p => p.Whole(2))
        .Output("streak", _ => 0)
        .OnValues<ConnorsRsi, ConnorsRsiValue>(p => new ConnorsRsi(p.Whole(0), p.Whole(1), p.Whole(2)));

    /// <summary>Takes the next value and answers all parts.</summary>
    public ConnorsRsiValue Next(in double input)
    {
        var strength = rsi.Next(in input);
        Extend(input);
        var streakStrength = streakRsi.Next(streak);
        streakStrength = seen > streakPeriod + 1 ? streakStrength : double.NaN;
        var rank = Rank(input);
        previous = input;
        var settled = seen > rankPeriod;
        seen++;
        var all = settled ? (strength + streakStrength + rank) / 3 : double.NaN;
        return new ConnorsRsiValue(all, strength, streakStrength, rank, streak);
    }

    void Extend(double input)
    {
        streak = input.CompareTo(previous) switch
        {
            _ when double.IsNaN(previous) => 0,
            > 0 => streak >= 0 ? streak + 1 : 1,
            < 0 => streak <= 0 ? streak - 1 : -1,
            _ => 0,
        };
    }

    double Rank(double input)
    {
        var change = previous == 0 || double.IsNaN(previous) ? double.NaN : (input / previous) - 1;
        var below = 0;
        foreach (var earlier in changes.Values)
        {
            below += earlier < change ? 1 : 0;
        }

        var ranked = changes.IsFull;
        changes.Add(change);
        return ranked ? 100.0 * below / rankPeriod : double.NaN;
    }
}
