using System.ComponentModel;
using Npgsql;
using NpgsqlTypes;
using Tidemark.Alerts.Engine;
using Tidemark.Alerts.Kinds;

namespace Tidemark.Alerts.Figures;

/// <summary>How long something took, in milliseconds; null where there is nothing to tell.</summary>
public sealed record Percentiles(double? P50, double? P95, double? P99);

/// <summary>How alerts fared: of one kind, or all together.</summary>
public sealed record KindFigures(
    [property: Description("Null: all kinds together.")] AlertCondition? Condition,
    long Triggers,
    [property: Description("Found from stored candles after prices were not followed; not in the times below.")] long Late,
    [property: Description("From received to accepted by the first channel, without a plan's delay.")] Percentiles Latency,
    [property: Description("From the exchange's time to received.")] Percentiles ToReceived,
    Percentiles ToEvaluated,
    Percentiles ToCommitted,
    [property: Description("From committed, or when the plan let it go, to the first attempt.")] Percentiles ToSent,
    Percentiles ToAccepted,
    [property: Description("Triggers that the final candles were asked about; patterns and signals are not, as what was detected stays as it was.")] long Checked,
    [property: Description("Of those, how many they contradict.")] long Wrong,
    [property: Description("Wrong of checked, 0 to 1; null where none was checked.")] double? FalseRate,
    [property: Description("Where the price was an hour after a trigger, as a fraction: the median; null below ten cases.")] double? MedianMoveHour,
    double? MedianMoveDay);

/// <summary>Counts what triggers' stamps and verdicts say.</summary>
public sealed class AlertFigures(NpgsqlDataSource source)
{
    const int FewestCases = 10;

    /// <summary>All kinds together first, then each; of one person, or of everybody.</summary>
    public async Task<IReadOnlyList<KindFigures>> Read(long? user, DateTimeOffset since, DateTimeOffset now, CancellationToken stop)
    {
        await using var command = AlertSql.Command(source, Sql, since, now);
        command.Parameters.Add(new NpgsqlParameter { Value = Platform.Database.Sql.Value(user), NpgsqlDbType = NpgsqlDbType.Bigint });
        await using var rows = await command.ExecuteReaderAsync(stop);
        var figures = new List<KindFigures>();
        while (await rows.ReadAsync(stop))
        {
            var (judged, wrong) = (rows.GetInt64(9), rows.GetInt64(10));
            figures.Add(new KindFigures(
                rows.IsDBNull(0) ? null : AlertWords.Parse<AlertCondition>(rows.GetString(0)), rows.GetInt64(1), rows.GetInt64(2),
                Times(rows, 3), Times(rows, 4), Times(rows, 5), Times(rows, 6), Times(rows, 7), Times(rows, 8),
                judged, wrong, judged == 0 ? null : Math.Round((double)wrong / judged, 4), Median(rows, 11), Median(rows, 13)));
        }
        return figures.Count > 0 ? figures : [new KindFigures(null, 0, 0, None, None, None, None, None, None, 0, 0, null, null, null)];
    }

    static Percentiles None { get; } = new(null, null, null);

    static Percentiles Times(NpgsqlDataReader row, int column)
    {
        var values = row.IsDBNull(column) ? [] : row.GetFieldValue<double?[]>(column);
        return new Percentiles(At(0), At(1), At(2));

        double? At(int place) => place < values.Length && values[place] is { } value ? Math.Round(value, 1) : null;
    }

    static double? Median(NpgsqlDataReader row, int column) => row.GetInt64(column + 1) < FewestCases || row.IsDBNull(column) ? null : Math.Round(row.GetDouble(column), 6);

    const string Sql =
        """
        WITH told AS (
            SELECT condition, late, verdict, move_hour, move_day,
                   extract(epoch FROM accepted_at - CASE WHEN not_before > written_at THEN not_before ELSE received_at END) * 1000 AS whole,
                   extract(epoch FROM received_at - exchange_at) * 1000 AS receiving,
                   extract(epoch FROM evaluated_at - received_at) * 1000 AS evaluating,
                   extract(epoch FROM committed_at - evaluated_at) * 1000 AS committing,
                   extract(epoch FROM sent_at - greatest(committed_at, not_before)) * 1000 AS sending,
                   extract(epoch FROM accepted_at - sent_at) * 1000 AS accepting
            FROM alert_triggers
            WHERE written_at >= $1 AND not_before <= $2 AND ($3::bigint IS NULL OR user_id = $3)
        )
        SELECT condition, count(*), count(*) FILTER (WHERE late),
               percentile_cont(ARRAY[0.5, 0.95, 0.99]) WITHIN GROUP (ORDER BY whole::double precision) FILTER (WHERE NOT late AND whole IS NOT NULL),
               percentile_cont(ARRAY[0.5, 0.95, 0.99]) WITHIN GROUP (ORDER BY receiving::double precision) FILTER (WHERE NOT late),
               percentile_cont(ARRAY[0.5, 0.95, 0.99]) WITHIN GROUP (ORDER BY evaluating::double precision) FILTER (WHERE NOT late),
               percentile_cont(ARRAY[0.5, 0.95, 0.99]) WITHIN GROUP (ORDER BY committing::double precision) FILTER (WHERE NOT late AND committing IS NOT NULL),
               percentile_cont(ARRAY[0.5, 0.95, 0.99]) WITHIN GROUP (ORDER BY sending::double precision) FILTER (WHERE NOT late AND sending IS NOT NULL),
               percentile_cont(ARRAY[0.5, 0.95, 0.99]) WITHIN GROUP (ORDER BY accepting::double precision) FILTER (WHERE NOT late AND accepting IS NOT NULL),
               count(*) FILTER (WHERE verdict IN ('RIGHT', 'WRONG') AND condition NOT IN ('PATTERN', 'SIGNAL')), count(*) FILTER (WHERE verdict = 'WRONG' AND condition NOT IN ('PATTERN', 'SIGNAL')),
               percentile_cont(0.5) WITHIN GROUP (ORDER BY move_hour), count(move_hour),
               percentile_cont(0.5) WITHIN GROUP (ORDER BY move_day), count(move_day)
        FROM told
        GROUP BY GROUPING SETS ((), (condition))
        HAVING count(*) > 0
        ORDER BY condition NULLS FIRST
        """;
}
