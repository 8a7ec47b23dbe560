using Npgsql;
using NpgsqlTypes;
using Tidemark.Market;
using Tidemark.Market.Candles;

namespace Tidemark.Alerts.Engine;

/// <summary>How far a series was judged.</summary>
public sealed record JudgedSeries(DateTimeOffset Until, double? Close, string? Waits);

/// <summary>Reads how far symbols were judged; the writer writes it behind the triggers.</summary>
public sealed class AlertProgress(NpgsqlDataSource source, SeriesCatalog catalog)
{
    public async Task<JudgedSeries?> Find(SeriesKey series, CancellationToken stop)
    {
        var id = await catalog.IdOf(series, stop);
        await using var command = AlertSql.Command(source, "SELECT judged_until, close, waits FROM alert_progress WHERE source = $1 AND symbol = $2 AND timeframe = $3", id.Source, id.Symbol, id.Timeframe);
        await using var row = await command.ExecuteReaderAsync(stop);
        return await row.ReadAsync(stop) ? Read(row, 0) : null;
    }

    /// <summary>When progress of a source was written last; null where none ever was.</summary>
    public async Task<DateTimeOffset?> LastWritten(MarketSource of, CancellationToken stop)
    {
        await using var command = AlertSql.Command(
            source, "SELECT max(p.changed_at) FROM alert_progress p JOIN market_sources o ON o.id = p.source WHERE o.name = $1 AND o.provenance = $2", of.Name, of.Provenance.ToString().ToLowerInvariant());
        return await command.ExecuteScalarAsync(stop) is DateTime written ? new DateTimeOffset(written) : null;
    }

    /// <summary>The minutes of every symbol of a source.</summary>
    public async Task<IReadOnlyDictionary<string, JudgedSeries>> OfMinutes(MarketSource of, CancellationToken stop)
    {
        await using var command = AlertSql.Command(
            source,
            """
            SELECT y.name, p.judged_until, p.close, p.waits
            FROM alert_progress p
            JOIN market_sources o ON o.id = p.source
            JOIN market_symbols y ON y.id = p.symbol
            WHERE o.name = $1 AND o.provenance = $2 AND p.timeframe = 1
            """,
            of.Name, of.Provenance.ToString().ToLowerInvariant());
        await using var rows = await command.ExecuteReaderAsync(stop);
        var judged = new Dictionary<string, JudgedSeries>(StringComparer.Ordinal);
        while (await rows.ReadAsync(stop))
        {
            judged[rows.GetString(0)] = Read(rows, 1);
        }
        return judged;
    }

    /// <summary>Goes on from there, within the writer's transaction.</summary>
    internal static async Task Write(NpgsqlTransaction transaction, IReadOnlyCollection<ProgressMark> marks, DateTimeOffset now, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand(
            """
            INSERT INTO alert_progress AS p (source, symbol, timeframe, judged_until, close, waits, changed_at)
            SELECT m.*, $7
            FROM unnest($1, $2, $3, $4, $5, $6) AS m (source, symbol, timeframe, judged_until, close, waits)
            ON CONFLICT (source, symbol, timeframe) DO UPDATE
            SET judged_until = excluded.judged_until, close = coalesce(excluded.close, p.close), waits = excluded.waits, changed_at = excluded.changed_at
            WHERE p.judged_until <= excluded.judged_until
            """,
            transaction.Connection, transaction);
        command.Parameters.Add(new() { Value = marks.Select(mark => mark.Id.Source).ToArray() });
        command.Parameters.Add(new() { Value = marks.Select(mark => mark.Id.Symbol).ToArray() });
        command.Parameters.Add(new() { Value = marks.Select(mark => mark.Id.Timeframe).ToArray() });
        command.Parameters.Add(new() { Value = marks.Select(mark => mark.Until).ToArray() });
        command.Parameters.Add(new NpgsqlParameter { Value = marks.Select(mark => mark.Close).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Double });
        command.Parameters.Add(new NpgsqlParameter { Value = marks.Select(mark => mark.Waits).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = now });
        await command.ExecuteNonQueryAsync(stop);
    }

    static JudgedSeries Read(NpgsqlDataReader row, int first) =>
        new(row.GetFieldValue<DateTimeOffset>(first), row.IsDBNull(first + 1) ? null : row.GetDouble(first + 1), row.IsDBNull(first + 2) ? null : row.GetString(first + 2));
}
