using System.Text.Json;
using Npgsql;
using NpgsqlTypes;
using Tidemark.Market.Candles;
using Tidemark.Patterns.Eyes;
using Tidemark.Patterns.Stored;
using Tidemark.Platform.Api;
using Tidemark.Signals.Chain;

namespace Tidemark.Signals.Issuing;

/// <summary>Writes signals and how they go, each change with its row of the chain.</summary>
public sealed class SignalTable
{
    /// <summary>A signal that is found later than this after it could be known was of no use to anybody.</summary>
    static readonly TimeSpan OfUse = TimeSpan.FromMinutes(10);

    /// <summary>Writes within the caller's transaction; what stands there already stays.</summary>
#pragma warning disable CA1822 // An instance, so that it can be handed to books like any other service.
    public async Task Write(NpgsqlConnection connection, EyeKey key, SeriesId eye, IReadOnlyList<BookedSignal> changed, DateTimeOffset now, CancellationToken stop)
#pragma warning restore CA1822
    {
        // History brings signals by the hundred; nobody is told of them and the chain holds none, so nothing has to come back.
        var retrospective = changed.Where(booked => booked.Stored is null && IsRetrospective(booked, now)).ToList();
        if (retrospective.Count > 0)
        {
            await using var command = Insertion(connection, eye, retrospective, isRetrospective: true, IssuedAt(now));
            await command.ExecuteNonQueryAsync(stop);
            retrospective.ForEach(static booked => booked.Row = null);
        }
        foreach (var booked in changed.Except(retrospective))
        {
            booked.Row = booked.Stored is null ? await Insert(connection, key, eye, booked, now, stop) : await Update(connection, key, eye, booked, now, stop);
        }
    }

    static bool IsRetrospective(BookedSignal booked, DateTimeOffset now) => now - CandleTable.TimeOf(booked.Terms.KnownAt) > OfUse;

    static DateTimeOffset IssuedAt(DateTimeOffset now) => new(now.UtcTicks - (now.UtcTicks % 10), TimeSpan.Zero);

    static async Task<StoredSignal?> Insert(NpgsqlConnection connection, EyeKey key, SeriesId eye, BookedSignal booked, DateTimeOffset now, CancellationToken stop)
    {
        var issuedAt = IssuedAt(now);
        await using var command = Insertion(connection, eye, [booked], isRetrospective: false, issuedAt);
        if (await command.ExecuteScalarAsync(stop) is not long id)
        {
            return null;
        }
        var stored = new StoredSignal { Id = id, Of = key, Terms = booked.Terms, Life = booked.Life, IssuedAt = issuedAt, ChangedAt = issuedAt, IsRetrospective = false };
        var hash = await SignalChain.Append(connection, stored, "issued", now, stop);
        if (booked.Life != SignalLife.AtIssue(booked.Terms))
        {
            await SignalChain.Append(connection, stored, booked.Life.IsOver ? "ended" : "amended", now, stop);
        }
        return stored with { Hash = hash };
    }

    sealed record Column(string Name, NpgsqlDbType Type, Func<IReadOnlyList<BookedSignal>, Array> Values)
    {
        public static Column Of<T>(string name, NpgsqlDbType type, Func<SignalTerms, SignalLife, T> value) =>
            new(name, type, booked => booked.Select(one => value(one.Terms, one.Life)).ToArray());
    }

    static readonly Column[] Columns =
    [
        Column.Of("known_at", NpgsqlDbType.TimestampTz, static (terms, _) => CandleTable.TimeOf(terms.KnownAt)),
        Column.Of("valid_until", NpgsqlDbType.TimestampTz, static (terms, _) => CandleTable.TimeOf(terms.ValidUntil)),
        Column.Of("triggered_at", NpgsqlDbType.TimestampTz, static (_, life) => Time(life.TriggeredAt)),
        Column.Of("ended_at", NpgsqlDbType.TimestampTz, static (_, life) => Time(life.EndedAt)),
        Column.Of("entry", NpgsqlDbType.Double, static (terms, _) => terms.Entry),
        Column.Of("stop", NpgsqlDbType.Double, static (terms, _) => terms.Stop),
        Column.Of("risk_percent", NpgsqlDbType.Double, static (terms, _) => terms.RiskPercent),
        Column.Of("outcome", NpgsqlDbType.Double, static (_, life) => life.Outcome),
        Column.Of("timeframe", NpgsqlDbType.Smallint, static (terms, _) => (short)terms.Timeframe.Minutes),
        Column.Of("score", NpgsqlDbType.Smallint, static (terms, _) => (short)terms.Score),
        Column.Of("targets_hit", NpgsqlDbType.Smallint, static (_, life) => (short)life.TargetsHit),
        Column.Of("ambiguous", NpgsqlDbType.Boolean, static (_, life) => life.IsAmbiguous),
        Column.Of("enters_at_once", NpgsqlDbType.Boolean, static (terms, _) => terms.EntersAtOnce),
        Column.Of("origin", NpgsqlDbType.Text, static (terms, _) => terms.Origin.ToString().ToLowerInvariant()),
        Column.Of("strategy", NpgsqlDbType.Text, static (terms, _) => terms.Strategy),
        Column.Of("direction", NpgsqlDbType.Text, static (terms, _) => terms.Direction.Word()),
        Column.Of("class", NpgsqlDbType.Text, static (terms, _) => terms.Class is { } grade ? StoredSignal.Word(grade) : null),
        Column.Of("status", NpgsqlDbType.Text, static (_, life) => life.Status.ToString().ToLowerInvariant()),
        Column.Of("rule", NpgsqlDbType.Text, static (terms, _) => terms.Rule),
        Column.Of("basis", NpgsqlDbType.Jsonb, static (terms, _) => JsonSerializer.Serialize(terms.Basis, ApiJson.Options)),
    ];

    // An array of arrays would be taken apart down to its numbers: each target is a column of its own on the way.
    static readonly Column[] Targets = [.. Enumerable.Range(0, 3).Select(static target =>
        Column.Of("target" + target, NpgsqlDbType.Double, (terms, _) => target < terms.Targets.Count ? terms.Targets[target] : (double?)null))];

    static readonly string InsertRows =
        $"""
        INSERT INTO signals (source, symbol, retrospective, issued_at, changed_at, targets, {Names(Columns)})
        SELECT $1, $2, $3, $4, $4, array_remove(ARRAY[{Names(Targets)}], NULL), {Names(Columns)}
        FROM unnest({string.Join(", ", Enumerable.Range(5, Columns.Length + Targets.Length).Select(static place => $"${place}"))}) AS given ({Names([.. Columns, .. Targets])})
        ON CONFLICT (source, symbol, origin, strategy, direction, known_at) DO NOTHING
        RETURNING id
        """;

    static string Names(IEnumerable<Column> columns) => string.Join(", ", columns.Select(static column => column.Name));

    static NpgsqlCommand Insertion(NpgsqlConnection connection, SeriesId eye, IReadOnlyList<BookedSignal> booked, bool isRetrospective, DateTimeOffset issuedAt)
    {
        var command = new NpgsqlCommand(InsertRows, connection) { CommandTimeout = 120 };
        void Add(object value, NpgsqlDbType type) => command.Parameters.Add(new NpgsqlParameter { Value = value, NpgsqlDbType = type });
        Add(eye.Source, NpgsqlDbType.Smallint);
        Add(eye.Symbol, NpgsqlDbType.Integer);
        Add(isRetrospective, NpgsqlDbType.Boolean);
        Add(issuedAt, NpgsqlDbType.TimestampTz);
        foreach (var column in (IEnumerable<Column>)[.. Columns, .. Targets])
        {
            Add(column.Values(booked), NpgsqlDbType.Array | column.Type);
        }
        return command;
    }

    static async Task<StoredSignal?> Update(NpgsqlConnection connection, EyeKey key, SeriesId eye, BookedSignal booked, DateTimeOffset now, CancellationToken stop)
    {
        var (terms, life) = (booked.Terms, booked.Life);
        await using var command = new NpgsqlCommand(
            """
            UPDATE signals
            SET status = $7, triggered_at = $8, targets_hit = $9, ended_at = $10, outcome = $11, ambiguous = $12, changed_at = $13
            WHERE source = $1 AND symbol = $2 AND origin = $3 AND strategy = $4 AND direction = $5 AND known_at = $6 AND ended_at IS NULL
                AND entry = $14 AND stop = $15 AND targets = $16
            RETURNING id, issued_at, retrospective, (SELECT c.hash FROM signal_chain c WHERE c.signal_id = signals.id AND c.kind = 'issued')
            """,
            connection);
        void Add(object? value, NpgsqlDbType type) => command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value, NpgsqlDbType = type });
        Add(eye.Source, NpgsqlDbType.Smallint);
        Add(eye.Symbol, NpgsqlDbType.Integer);
        Add(terms.Origin.ToString().ToLowerInvariant(), NpgsqlDbType.Text);
        Add(terms.Strategy, NpgsqlDbType.Text);
        Add(terms.Direction.Word(), NpgsqlDbType.Text);
        Add(CandleTable.TimeOf(terms.KnownAt), NpgsqlDbType.TimestampTz);
        Add(life.Status.ToString().ToLowerInvariant(), NpgsqlDbType.Text);
        Add(Time(life.TriggeredAt), NpgsqlDbType.TimestampTz);
        Add((short)life.TargetsHit, NpgsqlDbType.Smallint);
        Add(Time(life.EndedAt), NpgsqlDbType.TimestampTz);
        Add(life.Outcome, NpgsqlDbType.Double);
        Add(life.IsAmbiguous, NpgsqlDbType.Boolean);
        Add(now, NpgsqlDbType.TimestampTz);
        Add(terms.Entry, NpgsqlDbType.Double);
        Add(terms.Stop, NpgsqlDbType.Double);
        Add(terms.Targets.ToArray(), NpgsqlDbType.Array | NpgsqlDbType.Double);
        StoredSignal stored;
        await using (var row = await command.ExecuteReaderAsync(stop))
        {
            if (!await row.ReadAsync(stop))
            {
                return null;
            }
            stored = new StoredSignal { Id = row.GetInt64(0), Of = key, Terms = terms, Life = life, IssuedAt = row.GetFieldValue<DateTimeOffset>(1), ChangedAt = now, IsRetrospective = row.GetBoolean(2), Hash = row.IsDBNull(3) ? null : row.GetString(3) };
        }
        if (!stored.IsRetrospective)
        {
            await SignalChain.Append(connection, stored, life.IsOver ? "ended" : "amended", now, stop);
        }
        return stored;
    }

    /// <summary>The signals of an eye that have not ended, in the order of issue.</summary>
#pragma warning disable CA1822 // As above.
    public async Task<IReadOnlyList<StoredSignal>> Running(NpgsqlConnection connection, SeriesId eye, CancellationToken stop)
#pragma warning restore CA1822
    {
        await using var command = new NpgsqlCommand(
            $"SELECT {StoredSignal.Columns} {StoredSignal.Joined} WHERE s.source = $1 AND s.symbol = $2 AND s.ended_at IS NULL AND s.origin IN ('smc', 'strategy') ORDER BY s.known_at, s.id", connection);
        command.Parameters.Add(new() { Value = eye.Source });
        command.Parameters.Add(new() { Value = eye.Symbol });
        await using var row = await command.ExecuteReaderAsync(stop);
        var running = new List<StoredSignal>();
        while (await row.ReadAsync(stop))
        {
            running.Add(StoredSignal.Read(row));
        }
        return running;
    }

    static DateTimeOffset? Time(long? at) => at is { } time ? CandleTable.TimeOf(time) : null;
}
