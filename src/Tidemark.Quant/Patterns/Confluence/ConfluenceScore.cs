using Tidemark.Quant.Series;

namespace Tidemark.Quant.Patterns.Confluence;

/// <summary>How much the timeframes agree.</summary>
public enum ConfluenceGrade
{
    /// <summary>Fewer than two timeframes agree.</summary>
    Weak,

    /// <summary>Two agree.</summary>
    Moderate,

    /// <summary>Three or more agree.</summary>
    Strong,

    /// <summary>A high timeframe (4h or longer) and a lower one agree.</summary>
    VeryStrong,
}

/// <summary>What one timeframe says: the direction of its latest confirmed pattern that is still active.</summary>
/// <param name="Timeframe">The timeframe.</param>
/// <param name="Direction">The direction of that pattern; neutral where there is none.</param>
public readonly record struct TimeframeView(Timeframe Timeframe, Direction Direction)
{
    internal bool IsHigh => Timeframe >= Timeframe.H4;
}

/// <summary>Agreement over timeframes.</summary>
/// <param name="Direction">The direction of the majority; neutral on a tie.</param>
/// <param name="Score">Timeframes in that direction, a count; 0 on a tie.</param>
/// <param name="Grade">How strong the agreement is.</param>
/// <param name="HasHigherTimeframe">Whether a high timeframe is among those that agree.</param>
public readonly record struct ConfluenceScore(Direction Direction, int Score, ConfluenceGrade Grade, bool HasHigherTimeframe)
{
    /// <summary>The agreement of some timeframes, each named once.</summary>
    public static ConfluenceScore Of(IReadOnlyCollection<TimeframeView> views)
    {
        var bullish = views.Count(view => view.Direction == Direction.Bullish);
        var bearish = views.Count(view => view.Direction == Direction.Bearish);
        if (bullish == bearish)
        {
            return default;
        }

        var direction = bullish > bearish ? Direction.Bullish : Direction.Bearish;
        var aligned = views.Where(view => view.Direction == direction).ToList();
        var high = aligned.Exists(view => view.IsHigh);
        return new ConfluenceScore(direction, aligned.Count, GradeOf(aligned.Count, high && aligned.Exists(view => !view.IsHigh)), high);
    }

    static ConfluenceGrade GradeOf(int score, bool highAndLower) => (highAndLower, score) switch
    {
        (true, _) => ConfluenceGrade.VeryStrong,
        (_, >= 3) => ConfluenceGrade.Strong,
        (_, 2) => ConfluenceGrade.Moderate,
        _ => ConfluenceGrade.Weak,
    };
}
