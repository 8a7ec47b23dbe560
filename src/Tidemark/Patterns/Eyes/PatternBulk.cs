using Npgsql;
using Tidemark.Market.Candles;
using Tidemark.Patterns.Stored;
using Tidemark.Platform.Database;
using Tidemark.Quant.Patterns;

namespace Tidemark.Patterns.Eyes;

/// <summary>
/// Writes patterns that stand in no row yet by the thousand, as a first look at a long history finds them. The transaction has moved the eye on
/// before, so no other process writes the same ones.
/// </summary>
static class PatternBulk
{
    /// <summary>From so many on, copying is worth asking for the rows of the open ones afterwards.</summary>
    public const int Least = 500;

    const short Fields = 35;

    public static async Task Write(NpgsqlConnection connection, SeriesId id, IEnumerable<SeenPattern> patterns, DateTimeOffset now, CancellationToken stop)
    {
        await using var rows = await CopyRows.Begin(
            connection,
            """
            COPY patterns (source, symbol, recorded_at, timeframe, kind, direction, known_at, anchor_at, first_at, confirmed_at, expires_at, bottom, top, body_bottom, body_top,
                swept_level, levels_swept, origin, origin_at, rule, parameters, strength, average_range, confirming_close,
                entry, stop, target1, target2, target3, enters_at_once, touched_at, filled_at, ended_at, fill_percent, status) FROM STDIN (FORMAT BINARY)
            """,
            stop);
        foreach (var seen in patterns)
        {
            await rows.Row(Fields, stop);
            rows.Short(id.Source);
            rows.Whole(id.Symbol);
            rows.Time(now);
            Confirmed(rows, seen);
            Plan(rows, seen);
            Life(rows, seen);
        }
        await rows.Complete(stop);
    }

    static void Confirmed(CopyRows rows, SeenPattern seen)
    {
        var pattern = seen.Pattern;
        rows.Short((short)seen.Timeframe.Minutes);
        rows.Text(pattern.Kind.Code());
        rows.Text(pattern.Direction.Word());
        rows.Time(CandleTable.TimeOf(pattern.KnownAt));
        rows.Time(CandleTable.TimeOf(pattern.Anchor.OpenTime));
        rows.Time(CandleTable.TimeOf(pattern.Evidence.First.OpenTime));
        rows.Time(CandleTable.TimeOf(pattern.Confirmed.OpenTime));
        rows.Time(CandleTable.TimeOf(pattern.ExpiresAt));
        rows.Number(pattern.Zone.Bottom);
        rows.Number(pattern.Zone.Top);
        rows.Number(pattern.Body?.Bottom);
        rows.Number(pattern.Body?.Top);
        rows.Number(pattern.SweptLevel);
        rows.Short((short)pattern.LevelsSwept);
        rows.Text(pattern.Origin.Word());
        rows.Time(pattern.Origin == BlockOrigin.None ? null : CandleTable.TimeOf(pattern.OriginConfirmed.OpenTime));
        rows.Text(pattern.Rule.Name);
        rows.Text(pattern.Rule.Parameters);
        rows.Number(pattern.Strength);
        rows.Number(pattern.AverageRange);
        rows.Number(pattern.ConfirmingClose);
    }

    static void Plan(CopyRows rows, SeenPattern seen)
    {
        rows.Number(seen.Plan?.Entry);
        rows.Number(seen.Plan?.Stop);
        for (var target = 0; target < 3; target++)
        {
            rows.Number(EyeTable.Target(seen, target));
        }
        rows.Flag(seen.Plan?.EntersAtOnce ?? false);
    }

    static void Life(CopyRows rows, SeenPattern seen)
    {
        rows.Time(EyeTable.CloseOf(seen, seen.Life.Touched));
        rows.Time(EyeTable.CloseOf(seen, seen.Life.Filled));
        rows.Time(EyeTable.CloseOf(seen, seen.Life.Ended));
        rows.Number(seen.Life.FillPercent);
        rows.Text(seen.Life.Status.Word());
    }
}
