using Npgsql;
using NpgsqlTypes;
using Tidemark.Market;
using Tidemark.Market.Candles;
using Tidemark.Patterns.Stored;
using Tidemark.Quant.Patterns;
using Tidemark.Quant.Series;

namespace Tidemark.Patterns.Eyes;

/// <summary>An eye as it is stored.</summary>
public sealed record StoredEye(SeriesId Id, Timeframe Candles, DateTimeOffset Anchor, DateTimeOffset ProcessedUntil, long TakenCandles, long Digest, string Rules, DateTimeOffset RulesSince);

/// <summary>A stored pattern by what makes it one and no other.</summary>
public readonly record struct PatternName(Timeframe Timeframe, PatternKind Kind, Direction Direction, long KnownAt, long AnchorAt)
{
    public static PatternName Of(SeenPattern seen) => new(seen.Timeframe, seen.Pattern.Kind, seen.Pattern.Direction, seen.Pattern.KnownAt, seen.Pattern.Anchor.OpenTime);
}

/// <summary>Where a pattern stands in the table, and since when.</summary>
public readonly record struct PatternRow(long Id, DateTimeOffset RecordedAt);

/// <summary>Another process looked at the same candles first; this eye has to look again where it stands.</summary>
public sealed class EyeOvertakenException(EyeKey key) : Exception($"{key} was processed by another process at the same time.");

/// <summary>What eyes find, in the tables.</summary>
public sealed class EyeTable(NpgsqlDataSource source, SeriesCatalog catalog)
{
    /// <summary>How far each symbol of a source was looked at.</summary>
    public async Task<IReadOnlyDictionary<Symbol, DateTimeOffset>> Processed(MarketSource of, CancellationToken stop)
    {
        await using var command = source.CreateCommand(
            """
            SELECT y.name, e.processed_until
            FROM pattern_eyes e
            JOIN market_sources o ON o.id = e.source
            JOIN market_symbols y ON y.id = e.symbol
            WHERE o.name = $1 AND o.provenance = $2
            """);
        Add(command, of.Name, SeriesCatalog.NameOf(of.Provenance));
        await using var rows = await command.ExecuteReaderAsync(stop);
        var processed = new Dictionary<Symbol, DateTimeOffset>();
        while (await rows.ReadAsync(stop))
        {
            processed[Symbol.Parse(rows.GetString(0))] = rows.GetFieldValue<DateTimeOffset>(1);
        }
        return processed;
    }

    /// <summary>The id under which an eye stands in the tables, whatever the length of its candles.</summary>
    public ValueTask<SeriesId> IdOf(EyeKey key, CancellationToken stop) => catalog.IdOf(new SeriesKey(key.Source, key.Symbol, Timeframe.M1), stop);

    public async Task<StoredEye?> Find(EyeKey key, CancellationToken stop)
    {
        var id = await IdOf(key, stop);
        await using var command = source.CreateCommand("SELECT source, symbol, timeframe, anchor, processed_until, candles, digest, rules, rules_since FROM pattern_eyes WHERE source = $1 AND symbol = $2");
        command.Parameters.Add(new() { Value = id.Source });
        command.Parameters.Add(new() { Value = id.Symbol });
        await using var rows = await command.ExecuteReaderAsync(stop);
        return await rows.ReadAsync(stop) ? Read(rows) : null;
    }

    /// <summary>Opens an eye that begins with a candle; where another process opened it first, that one stands.</summary>
    public async Task Open(EyeKey key, Timeframe candles, DateTimeOffset anchor, string rules, DateTimeOffset now, CancellationToken stop)
    {
        var id = await IdOf(key, stop);
        await using var command = source.CreateCommand(
            """
            INSERT INTO pattern_eyes (source, symbol, timeframe, anchor, processed_until, rules, rules_since, changed_at)
            VALUES ($1, $2, $3, $4, $4, $5, $4, $6)
            ON CONFLICT (source, symbol) DO NOTHING
            """);
        Add(command, id.Source, id.Symbol, (short)candles.Minutes, anchor, rules, now);
        await command.ExecuteNonQueryAsync(stop);
    }

    /// <summary>From here on the eye looks by other rules; what was found by the old ones stays.</summary>
    public async Task ChangeRules(EyeKey key, string rules, DateTimeOffset now, CancellationToken stop)
    {
        var id = await IdOf(key, stop);
        await using var command = source.CreateCommand("UPDATE pattern_eyes SET rules = $3, rules_since = processed_until, changed_at = $4 WHERE source = $1 AND symbol = $2 AND rules <> $3");
        Add(command, id.Source, id.Symbol, rules, now);
        await command.ExecuteNonQueryAsync(stop);
    }

    /// <summary>Moves the eye on within a transaction; refuses where it no longer stands where it was believed to stand.</summary>
    public static async Task Advance(NpgsqlConnection connection, EyeKey key, SeriesId id, DateTimeOffset from, DateTimeOffset until, CandleDigest digest, DateTimeOffset now, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand("UPDATE pattern_eyes SET processed_until = $4, candles = $5, digest = $6, changed_at = $7 WHERE source = $1 AND symbol = $2 AND processed_until = $3", connection);
        Add(command, id.Source, id.Symbol, from, until, digest.Candles, digest.Value, now);
        if (await command.ExecuteNonQueryAsync(stop) == 0)
        {
            throw new EyeOvertakenException(key);
        }
    }

    /// <summary>Stores patterns that are new and the lives of those that are not; answers the rows of those that are open, and of a few also those of the ended. What has ended stays as it is.</summary>
    public static async Task<IReadOnlyDictionary<PatternName, PatternRow>> Write(NpgsqlConnection connection, SeriesId id, IReadOnlyList<SeenPattern> seen, DateTimeOffset now, CancellationToken stop)
    {
        if (seen.Count < PatternBulk.Least)
        {
            return await Merge(connection, id, seen, now, stop);
        }
        await Merge(connection, id, [.. seen.Where(static one => one.Stored is not null)], now, stop);
        await PatternBulk.Write(connection, id, seen.Where(static one => one.Stored is null), now, stop);
        return await OpenRows(connection, id, stop);
    }

    static async Task<IReadOnlyDictionary<PatternName, PatternRow>> Merge(NpgsqlConnection connection, SeriesId id, IReadOnlyList<SeenPattern> seen, DateTimeOffset now, CancellationToken stop)
    {
        if (seen.Count == 0)
        {
            return new Dictionary<PatternName, PatternRow>();
        }
        await using var command = new NpgsqlCommand(Upsert, connection) { CommandTimeout = 120 };
        Add(command, id.Source, id.Symbol, now);
        AddColumns(command.Parameters, seen);
        return await ReadRows(command, stop);
    }

    /// <summary>The rows of an eye's open patterns.</summary>
    public async Task<IReadOnlyDictionary<PatternName, PatternRow>> OpenRows(EyeKey key, CancellationToken stop)
    {
        var id = await IdOf(key, stop);
        await using var connection = await source.OpenConnectionAsync(stop);
        return await OpenRows(connection, id, stop);
    }

    static async Task<IReadOnlyDictionary<PatternName, PatternRow>> OpenRows(NpgsqlConnection connection, SeriesId id, CancellationToken stop)
    {
        await using var command = new NpgsqlCommand("SELECT id, timeframe, kind, direction, known_at, anchor_at, recorded_at FROM patterns WHERE source = $1 AND symbol = $2 AND ended_at IS NULL", connection);
        Add(command, id.Source, id.Symbol);
        return await ReadRows(command, stop);
    }

    static async Task<IReadOnlyDictionary<PatternName, PatternRow>> ReadRows(NpgsqlCommand command, CancellationToken stop)
    {
        await using var rows = await command.ExecuteReaderAsync(stop);
        var found = new Dictionary<PatternName, PatternRow>();
        while (await rows.ReadAsync(stop))
        {
            found[ReadName(rows)] = new PatternRow(rows.GetInt64(0), rows.GetFieldValue<DateTimeOffset>(6));
        }
        return found;
    }

    /// <summary>
    /// Ends the open patterns that the eye does not see: its candles were repaired since, or its rules changed. They expire when their time comes.
    /// </summary>
    public async Task<int> EndUnseen(EyeKey key, IReadOnlyCollection<PatternName> seen, DateTimeOffset processedUntil, CancellationToken stop)
    {
        var id = await IdOf(key, stop);
        await using var command = source.CreateCommand(
            """
            UPDATE patterns
            SET status = 'expired', ended_at = expires_at
            WHERE source = $1 AND symbol = $2 AND ended_at IS NULL AND expires_at < $3
              AND (timeframe, kind, direction, known_at, anchor_at) NOT IN (SELECT * FROM unnest($4, $5, $6, $7, $8) AS s)
            """);
        Add(command, id.Source, id.Symbol, processedUntil);
        PatternName[] names = [.. seen];
        command.Parameters.Add(new() { Value = Array.ConvertAll(names, static name => (short)name.Timeframe.Minutes) });
        command.Parameters.Add(new() { Value = Array.ConvertAll(names, static name => name.Kind.Code()) });
        command.Parameters.Add(new() { Value = Array.ConvertAll(names, static name => name.Direction.Word()) });
        command.Parameters.Add(new() { Value = Array.ConvertAll(names, static name => CandleTable.TimeOf(name.KnownAt)) });
        command.Parameters.Add(new() { Value = Array.ConvertAll(names, static name => CandleTable.TimeOf(name.AnchorAt)) });
        return await command.ExecuteNonQueryAsync(stop);
    }

    static void AddColumns(NpgsqlParameterCollection parameters, IReadOnlyList<SeenPattern> seen)
    {
        void Column<T>(NpgsqlDbType type, Func<SeenPattern, T> value)
        {
            var column = new T[seen.Count];
            for (var i = 0; i < column.Length; i++)
            {
                column[i] = value(seen[i]);
            }
            parameters.Add(new NpgsqlParameter { Value = column, NpgsqlDbType = NpgsqlDbType.Array | type });
        }

        Column(NpgsqlDbType.Smallint, static one => (short)one.Timeframe.Minutes);
        Column(NpgsqlDbType.Text, static one => one.Pattern.Kind.Code());
        Column(NpgsqlDbType.Text, static one => one.Pattern.Direction.Word());
        Column(NpgsqlDbType.TimestampTz, static one => CandleTable.TimeOf(one.Pattern.KnownAt));
        Column(NpgsqlDbType.TimestampTz, static one => CandleTable.TimeOf(one.Pattern.Anchor.OpenTime));
        Column(NpgsqlDbType.TimestampTz, static one => CandleTable.TimeOf(one.Pattern.Evidence.First.OpenTime));
        Column(NpgsqlDbType.TimestampTz, static one => CandleTable.TimeOf(one.Pattern.Confirmed.OpenTime));
        Column(NpgsqlDbType.TimestampTz, static one => CandleTable.TimeOf(one.Pattern.ExpiresAt));
        Column(NpgsqlDbType.Double, static one => one.Pattern.Zone.Bottom);
        Column(NpgsqlDbType.Double, static one => one.Pattern.Zone.Top);
        Column(NpgsqlDbType.Double, static one => one.Pattern.Body?.Bottom);
        Column(NpgsqlDbType.Double, static one => one.Pattern.Body?.Top);
        Column(NpgsqlDbType.Double, static one => one.Pattern.SweptLevel);
        Column(NpgsqlDbType.Smallint, static one => (short)one.Pattern.LevelsSwept);
        Column(NpgsqlDbType.Text, static one => one.Pattern.Origin.Word());
        Column(NpgsqlDbType.TimestampTz, static one => one.Pattern.Origin == BlockOrigin.None ? (DateTimeOffset?)null : CandleTable.TimeOf(one.Pattern.OriginConfirmed.OpenTime));
        Column(NpgsqlDbType.Text, static one => one.Pattern.Rule.Name);
        Column(NpgsqlDbType.Text, static one => one.Pattern.Rule.Parameters);
        Column(NpgsqlDbType.Double, static one => one.Pattern.Strength);
        Column(NpgsqlDbType.Double, static one => one.Pattern.AverageRange);
        Column(NpgsqlDbType.Double, static one => one.Pattern.ConfirmingClose);
        Column(NpgsqlDbType.Double, static one => one.Plan?.Entry);
        Column(NpgsqlDbType.Double, static one => one.Plan?.Stop);
        Column(NpgsqlDbType.Double, static one => Target(one, 0));
        Column(NpgsqlDbType.Double, static one => Target(one, 1));
        Column(NpgsqlDbType.Double, static one => Target(one, 2));
        Column(NpgsqlDbType.Boolean, static one => one.Plan?.EntersAtOnce ?? false);
        Column(NpgsqlDbType.TimestampTz, static one => CloseOf(one, one.Life.Touched));
        Column(NpgsqlDbType.TimestampTz, static one => CloseOf(one, one.Life.Filled));
        Column(NpgsqlDbType.TimestampTz, static one => CloseOf(one, one.Life.Ended));
        Column(NpgsqlDbType.Double, static one => one.Life.FillPercent);
        Column(NpgsqlDbType.Text, static one => one.Life.Status.Word());
    }

    internal static double? Target(SeenPattern seen, int which) => seen.Plan is { } plan && plan.Targets.Count > which ? plan.Targets[which] : null;

    internal static DateTimeOffset? CloseOf(SeenPattern seen, CandleMark? candle) => candle is { } mark ? CandleTable.TimeOf(seen.Timeframe.CloseOf(mark.OpenTime)) : null;

    internal static void Add(NpgsqlCommand command, params ReadOnlySpan<object> values)
    {
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value });
        }
    }

    static PatternName ReadName(NpgsqlDataReader rows) => new(
        Timeframe.OfMinutes(rows.GetInt16(1)), PatternWords.KindOf(rows.GetString(2)), PatternWords.DirectionOf(rows.GetString(3)),
        rows.GetFieldValue<DateTimeOffset>(4).ToUnixTimeMilliseconds(), rows.GetFieldValue<DateTimeOffset>(5).ToUnixTimeMilliseconds());

    static StoredEye Read(NpgsqlDataReader rows) => new(
        new SeriesId(rows.GetInt16(0), rows.GetInt32(1), rows.GetInt16(2)), Timeframe.OfMinutes(rows.GetInt16(2)),
        rows.GetFieldValue<DateTimeOffset>(3), rows.GetFieldValue<DateTimeOffset>(4), rows.GetInt64(5), rows.GetInt64(6), rows.GetString(7), rows.GetFieldValue<DateTimeOffset>(8));

    const string Upsert =
        """
        INSERT INTO patterns AS p (
            source, symbol, recorded_at, timeframe, kind, direction, known_at, anchor_at, first_at, confirmed_at, expires_at, bottom, top, body_bottom, body_top,
            swept_level, levels_swept, origin, origin_at, rule, parameters, strength, average_range, confirming_close,
            entry, stop, target1, target2, target3, enters_at_once, touched_at, filled_at, ended_at, fill_percent, status)
        SELECT $1, $2, $3, s.*
        FROM unnest($4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23, $24, $25, $26, $27, $28, $29, $30, $31, $32, $33, $34, $35) AS s
        ON CONFLICT (source, symbol, timeframe, kind, direction, known_at, anchor_at) DO UPDATE
        SET touched_at = coalesce(p.touched_at, excluded.touched_at),
            filled_at = coalesce(p.filled_at, excluded.filled_at),
            ended_at = excluded.ended_at,
            fill_percent = greatest(p.fill_percent, excluded.fill_percent),
            status = excluded.status
        WHERE p.ended_at IS NULL
        RETURNING p.id, p.timeframe, p.kind, p.direction, p.known_at, p.anchor_at, p.recorded_at
        """;
}
