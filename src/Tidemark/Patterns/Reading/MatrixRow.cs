using System.ComponentModel;
using Tidemark.Patterns.Stored;
using Tidemark.Quant.Patterns;
using Tidemark.Quant.Patterns.Confluence;
using Tidemark.Quant.Series;

namespace Tidemark.Patterns.Reading;

/// <summary>What the latest active pattern of a symbol and timeframe says.</summary>
public sealed record MatrixCell(
    string Timeframe,
    [property: Description("Whether the plan leaves it locked; a locked cell says nothing else.")] bool IsLocked,
    [property: Description("bullish, bearish, or neutral where no pattern is active.")] Direction Direction,
    [property: Description("The kind of the latest active pattern; null where there is none.")] PatternKind? Kind,
    [property: Description("Its short word: FVG, OB, SWEEP, BREAKER or MITIGATION.")] string? Code,
    long? PatternId,
    [property: Description("Its strength, 0 to 100.")] double? Strength,
    [property: Description("When it became known, UTC.")] DateTimeOffset? KnownAt,
    ZoneView? Zone,
    [property: Description("Whether price has reached it.")] bool? IsTouched,
    [property: Description("Active patterns of this symbol and timeframe.")] int? Active);

/// <summary>How much a symbol's timeframes agree.</summary>
public sealed record ConfluenceView(
    [property: Description("bullish, bearish, or neutral on a tie.")] Direction Direction,
    [property: Description("Timeframes in that direction; 0 on a tie.")] int Score,
    [property: Description("weak, moderate, strong or veryStrong.")] ConfluenceGrade Class,
    [property: Description("The name of the class: Standard, High or Highest; a name, not a measurement. Null for weak.")] string? Reliability,
    [property: Description("Whether 4h or 1d is among those that agree.")] bool HasHigherTimeframe,
    [property: Description("The timeframes that agree, shortest first.")] IReadOnlyList<string> Timeframes)
{
    public static ConfluenceView Of(in ConfluenceScore score, IEnumerable<Timeframe> agreeing) =>
        new(score.Direction, score.Score, score.Grade, NameOf(score.Grade), score.HasHigherTimeframe, [.. agreeing.Order().Select(static timeframe => timeframe.ToString())]);

    public static string? NameOf(ConfluenceGrade grade) => grade switch
    {
        ConfluenceGrade.VeryStrong => "Highest",
        ConfluenceGrade.Strong => "High",
        ConfluenceGrade.Moderate => "Standard",
        _ => null,
    };
}

/// <summary>A symbol with what each of its timeframes says.</summary>
public sealed record MatrixRow(
    string Symbol,
    [property: Description("Whether the plan leaves the whole symbol locked.")] bool IsLocked,
    [property: Description("All its candles up to here have been looked at, UTC; null where none have.")] DateTimeOffset? ProcessedUntil,
    IReadOnlyList<MatrixCell> Cells,
    [property: Description("How much the timeframes agree; null where the symbol is locked.")] ConfluenceView? Confluence)
{
    /// <summary>A row from the latest active pattern of each timeframe.</summary>
    public static MatrixRow Of(string symbol, DateTimeOffset? processedUntil, IReadOnlyList<Timeframe> timeframes, Func<Timeframe, (StoredPattern Latest, int Active)?> find)
    {
        var found = timeframes.Select(timeframe => (Timeframe: timeframe, Cell: find(timeframe))).ToList();
        var score = ConfluenceScore.Of([.. found.Select(static one => new TimeframeView(one.Timeframe, one.Cell?.Latest.Direction ?? Direction.Neutral))]);
        var agreeing = found.Where(one => score.Direction != Direction.Neutral && one.Cell?.Latest.Direction == score.Direction).Select(static one => one.Timeframe);
        return new MatrixRow(symbol, IsLocked: false, processedUntil, [.. found.Select(static one => Cell(one.Timeframe, one.Cell))], ConfluenceView.Of(score, agreeing));
    }

    public static MatrixRow LockedRow(string symbol, IReadOnlyList<Timeframe> timeframes) =>
        new(symbol, IsLocked: true, null, [.. timeframes.Select(static timeframe => new MatrixCell(timeframe.ToString(), true, Direction.Neutral, null, null, null, null, null, null, null, null))], null);

    static MatrixCell Cell(Timeframe timeframe, (StoredPattern Latest, int Active)? found) => found is var (latest, active)
        ? new MatrixCell(
            timeframe.ToString(), false, latest.Direction, latest.Kind, latest.Kind.Code(), latest.Id, latest.Strength, latest.KnownAt,
            new ZoneView(latest.Zone.Bottom, latest.Zone.Top), latest.TouchedAt is not null, active)
        : new MatrixCell(timeframe.ToString(), false, Direction.Neutral, null, null, null, null, null, null, null, 0);
}
