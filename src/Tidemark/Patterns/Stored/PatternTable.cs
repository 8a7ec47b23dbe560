using System.Runtime.CompilerServices;
using Npgsql;
using NpgsqlTypes;
using Tidemark.Market;
using Tidemark.Market.Candles;
using Tidemark.Patterns.Eyes;
using Tidemark.Platform.Database;
using Tidemark.Quant.Patterns;
using Tidemark.Quant.Series;

namespace Tidemark.Patterns.Stored;

/// <summary>Which patterns are wanted; what is null is not asked about.</summary>
public sealed record PatternFilter
{
    public MarketSource? Source { get; init; }
    public IReadOnlyCollection<Symbol>? Symbols { get; init; }
    public IReadOnlyCollection<Timeframe>? Timeframes { get; init; }
    public IReadOnlyCollection<PatternKind>? Kinds { get; init; }
    public Direction? Direction { get; init; }

    /// <summary>True for active ones, false for ended ones.</summary>
    public bool? IsActive { get; init; }
    public PatternStatus? Status { get; init; }

    /// <summary>Without the active ones that an earlier active one covers.</summary>
    public bool LeavesOutCovered { get; init; }

    /// <summary>At least this strong.</summary>
    public double Strength { get; init; }

    /// <summary>Known at this moment or later.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Known before this moment.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Only what is among the newest of a plan's own part, whatever else is asked for.</summary>
    public (IReadOnlyCollection<Symbol>? Symbols, IReadOnlyCollection<PatternKind>? Kinds, int Most)? Newest { get; init; }
}

/// <summary>Reads stored patterns.</summary>
public sealed class PatternTable(NpgsqlDataSource source, SeriesCatalog catalog)
{
    /// <summary>Newest first: the ones known before a moment, or at it with a smaller id.</summary>
    public async Task<IReadOnlyList<StoredPattern>> Newest(PatternFilter filter, (DateTimeOffset KnownAt, long Id)? before, int limit, CancellationToken stop)
    {
        await using var command = source.CreateCommand();
        var where = Where(filter, command.Parameters);
        if (before is { } last)
        {
            where.Add($"(p.known_at, p.id) < ({Parameter(command.Parameters, last.KnownAt)}, {Parameter(command.Parameters, last.Id)})");
        }
        command.CommandText = $"SELECT {StoredPattern.Columns} {StoredPattern.Joined} WHERE {string.Join(" AND ", where)} ORDER BY p.known_at DESC, p.id DESC LIMIT {Parameter(command.Parameters, limit)}";
        return await ReadAll(command, stop);
    }

    /// <summary>Those of one series that were known by a moment and had not ended before another, oldest first.</summary>
    public async Task<IReadOnlyList<StoredPattern>> Alive(SeriesKey series, DateTimeOffset from, DateTimeOffset until, int limit, CancellationToken stop)
    {
        await using var command = source.CreateCommand(
            $"""
            SELECT * FROM (
                SELECT {StoredPattern.Columns} {StoredPattern.Joined}
                WHERE p.source = $1 AND p.symbol = $2 AND p.timeframe = $3 AND p.known_at <= $5 AND p.known_at > $4 - interval '30 days' AND (p.ended_at IS NULL OR p.ended_at > $4)
                ORDER BY p.known_at DESC, p.id DESC
                LIMIT $6
            ) AS newest
            ORDER BY known_at, id
            """);
        CandleTable.AddKey(command.Parameters, await catalog.IdOf(series, stop));
        command.Parameters.Add(new() { Value = from.ToUniversalTime() });
        command.Parameters.Add(new() { Value = until.ToUniversalTime() });
        command.Parameters.Add(new() { Value = limit });
        return await ReadAll(command, stop);
    }

    /// <summary>Which patterns are the newest of what a plan shows of a source.</summary>
    public async Task<IReadOnlySet<long>> NewestIds(PatternFilter own, int most, CancellationToken stop)
    {
        await using var command = source.CreateCommand();
        var where = Where(own, command.Parameters);
        command.CommandText = $"SELECT p.id FROM patterns p WHERE {string.Join(" AND ", where)} ORDER BY p.known_at DESC, p.id DESC LIMIT {Parameter(command.Parameters, most)}";
        await using var rows = await command.ExecuteReaderAsync(stop);
        var ids = new HashSet<long>();
        while (await rows.ReadAsync(stop))
        {
            ids.Add(rows.GetInt64(0));
        }
        return ids;
    }

    /// <summary>Where a page ended: what a cursor's id stands for.</summary>
    public async Task<(DateTimeOffset KnownAt, long Id)?> PlaceOf(long id, CancellationToken stop)
    {
        await using var command = source.CreateCommand("SELECT known_at FROM patterns WHERE id = $1");
        command.Parameters.Add(new() { Value = id });
        return await command.ExecuteScalarAsync(stop) is DateTime knownAt ? (new DateTimeOffset(knownAt), id) : null;
    }

    public async Task<StoredPattern?> Find(long id, CancellationToken stop)
    {
        await using var command = source.CreateCommand($"SELECT {StoredPattern.Columns} {StoredPattern.Joined} WHERE p.id = $1");
        command.Parameters.Add(new() { Value = id });
        var found = await ReadAll(command, stop);
        return found.Count > 0 ? found[0] : null;
    }

    /// <summary>All of one symbol known in [from, until), row by row as they lie: there may be very many.</summary>
    public async IAsyncEnumerable<StoredPattern> Known(EyeKey of, DateTimeOffset since, DateTimeOffset until, [EnumeratorCancellation] CancellationToken stop)
    {
        await using var command = source.CreateCommand($"SELECT {StoredPattern.Columns} {StoredPattern.Joined} WHERE p.source = $1 AND p.symbol = $2 AND p.known_at >= $3 AND p.known_at < $4");
        var id = await catalog.IdOf(new SeriesKey(of.Source, of.Symbol, Timeframe.M1), stop);
        command.Parameters.Add(new() { Value = id.Source });
        command.Parameters.Add(new() { Value = id.Symbol });
        command.Parameters.Add(new() { Value = since.ToUniversalTime() });
        command.Parameters.Add(new() { Value = until.ToUniversalTime() });
        await using var rows = await command.ExecuteReaderAsync(stop);
        while (await rows.ReadAsync(stop))
        {
            yield return StoredPattern.Read(rows, of);
        }
    }

    /// <summary>The table, to be followed.</summary>
    public TableTail Follow() => new(source, "patterns");

    /// <summary>
    /// Those of (after, until] that became known since a moment, by rising id, each with how many timeframes point its way: its own, and those
    /// whose latest pattern that is active does. Null symbols are all.
    /// </summary>
    public async Task<IReadOnlyList<(StoredPattern Pattern, int Agreeing)>> Recorded(MarketSource of, IReadOnlyCollection<Symbol>? symbols, DateTimeOffset knownSince, long after, long until, int most, CancellationToken stop)
    {
        await using var command = source.CreateCommand(
            $"""
            SELECT {StoredPattern.Columns}, 1 + (
                SELECT count(*)
                FROM (
                    SELECT DISTINCT ON (q.timeframe) q.timeframe, q.direction
                    FROM patterns q
                    WHERE q.source = p.source AND q.symbol = p.symbol AND q.ended_at IS NULL AND q.known_at <= p.known_at
                    ORDER BY q.timeframe, q.known_at DESC, q.id DESC
                ) AS latest
                WHERE latest.direction = p.direction AND latest.timeframe <> p.timeframe)
            {StoredPattern.Joined}
            WHERE p.id > $1 AND p.id <= $2 AND p.known_at >= $3 AND o.name = $4 AND o.provenance = $5 AND ($6::text[] IS NULL OR y.name = ANY ($6))
            ORDER BY p.id
            LIMIT $7
            """);
        command.Parameters.Add(new() { Value = after });
        command.Parameters.Add(new() { Value = until });
        command.Parameters.Add(new() { Value = knownSince.ToUniversalTime() });
        command.Parameters.Add(new() { Value = of.Name });
        command.Parameters.Add(new() { Value = SeriesCatalog.NameOf(of.Provenance) });
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)symbols?.Select(static symbol => symbol.ToString()).ToArray() ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = most });
        await using var rows = await command.ExecuteReaderAsync(stop);
        var found = new List<(StoredPattern, int)>();
        while (await rows.ReadAsync(stop))
        {
            found.Add((StoredPattern.Read(rows), (int)rows.GetInt64(37)));
        }
        return found;
    }

    /// <summary>
    /// Of every series of a source, the active pattern that was confirmed last and how many are active; with kinds, of those kinds alone.
    /// </summary>
    public async Task<IReadOnlyList<(StoredPattern Latest, int Active)>> LatestActive(MarketSource of, IReadOnlyCollection<PatternKind>? kinds, CancellationToken stop)
    {
        await using var command = source.CreateCommand(
            $"""
            SELECT {StoredPattern.Columns}, latest.active
            FROM (
                SELECT DISTINCT ON (symbol, timeframe) id, count(*) OVER (PARTITION BY symbol, timeframe) AS active
                FROM patterns
                WHERE source = (SELECT id FROM market_sources WHERE name = $1 AND provenance = $3) AND ended_at IS NULL AND ($2::text[] IS NULL OR kind = ANY ($2))
                ORDER BY symbol, timeframe, known_at DESC, id DESC
            ) AS latest
            JOIN patterns p ON p.id = latest.id
            JOIN market_sources o ON o.id = p.source
            JOIN market_symbols y ON y.id = p.symbol
            """);
        command.Parameters.Add(new() { Value = of.Name });
        command.Parameters.Add(new NpgsqlParameter { Value = (object?)kinds?.Select(static kind => kind.Code()).ToArray() ?? DBNull.Value, NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Text });
        command.Parameters.Add(new() { Value = SeriesCatalog.NameOf(of.Provenance) });
        await using var rows = await command.ExecuteReaderAsync(stop);
        var latest = new List<(StoredPattern, int)>();
        while (await rows.ReadAsync(stop))
        {
            latest.Add((StoredPattern.Read(rows), (int)rows.GetInt64(37)));
        }
        return latest;
    }

    static List<string> Where(PatternFilter filter, NpgsqlParameterCollection parameters)
    {
        var where = new List<string> { "true" };
        if (filter.Source is { } from)
        {
            where.Add($"p.source = (SELECT id FROM market_sources WHERE name = {Parameter(parameters, from.Name)} AND provenance = {Parameter(parameters, SeriesCatalog.NameOf(from.Provenance))})");
        }
        if (filter.Symbols is { } symbols)
        {
            where.Add(symbols.Count == 1
                ? $"p.symbol = (SELECT id FROM market_symbols WHERE name = {Parameter(parameters, symbols.Single().ToString())})"
                : $"p.symbol IN (SELECT id FROM market_symbols WHERE name = ANY ({Parameter(parameters, symbols.Select(static symbol => symbol.ToString()).ToArray())}))");
        }
        if (filter.Timeframes is { } timeframes)
        {
            where.Add($"p.timeframe = ANY ({Parameter(parameters, timeframes.Select(static timeframe => (short)timeframe.Minutes).ToArray())})");
        }
        if (filter.Kinds is { } kinds)
        {
            where.Add($"p.kind = ANY ({Parameter(parameters, kinds.Select(static kind => kind.Code()).ToArray())})");
        }
        if (filter.Direction is { } direction)
        {
            where.Add($"p.direction = {Parameter(parameters, direction.Word())}");
        }
        if (filter.IsActive is { } isActive)
        {
            where.Add(isActive ? "p.ended_at IS NULL" : "p.ended_at IS NOT NULL");
        }
        if (filter.Status is { } status)
        {
            where.Add($"p.status = {Parameter(parameters, status.Word())}");
        }
        if (filter.Strength > 0)
        {
            where.Add($"p.strength >= {Parameter(parameters, filter.Strength)}");
        }
        if (filter.From is { } since)
        {
            where.Add($"p.known_at >= {Parameter(parameters, since.ToUniversalTime())}");
        }
        if (filter.To is { } until)
        {
            where.Add($"p.known_at < {Parameter(parameters, until.ToUniversalTime())}");
        }
        if (filter.LeavesOutCovered)
        {
            where.Add(NotCovered(Parameter(parameters, Timeframe.Standard.Select(static timeframe => (short)timeframe.Minutes).ToArray()), Parameter(parameters, Timeframe.Standard.Select(static timeframe => (decimal)OverlapFilter.ThresholdOf(timeframe)).ToArray())));
        }
        if (filter.Newest is var (ownSymbols, ownKinds, most))
        {
            var own = Where(new PatternFilter { Source = filter.Source, Symbols = ownSymbols, Kinds = ownKinds }, parameters);
            where.Add($"p.id IN (SELECT p.id FROM patterns p WHERE {string.Join(" AND ", own)} ORDER BY p.known_at DESC, p.id DESC LIMIT {Parameter(parameters, most)})");
        }
        return where;
    }

    /// <summary>The rule of OverlapFilter for rows of the table; ids rise in the order of confirmation.</summary>
    static string NotCovered(string timeframes, string thresholds) =>
        $"""
        NOT (p.ended_at IS NULL AND EXISTS (
            SELECT FROM patterns q
            WHERE q.source = p.source AND q.symbol = p.symbol AND q.timeframe = p.timeframe AND q.ended_at IS NULL AND q.kind = p.kind AND q.direction = p.direction
              AND (q.known_at, q.id) < (p.known_at, p.id)
              AND least(p.top, q.top) > greatest(p.bottom, q.bottom)
              AND least(p.top, q.top)::numeric - greatest(p.bottom, q.bottom)::numeric
                  >= (SELECT t.least_share FROM unnest({timeframes}, {thresholds}) AS t (minutes, least_share) WHERE t.minutes = p.timeframe)
                     * least(p.top::numeric - p.bottom::numeric, q.top::numeric - q.bottom::numeric)))
        """;

    static string Parameter(NpgsqlParameterCollection parameters, object value)
    {
        parameters.Add(new NpgsqlParameter { Value = value });
        return $"${parameters.Count}";
    }

    static async Task<IReadOnlyList<StoredPattern>> ReadAll(NpgsqlCommand command, CancellationToken stop)
    {
        await using var rows = await command.ExecuteReaderAsync(stop);
        var patterns = new List<StoredPattern>();
        while (await rows.ReadAsync(stop))
        {
            patterns.Add(StoredPattern.Read(rows));
        }
        return patterns;
    }
}
