using Npgsql;
using Tidemark.Market;
using Tidemark.Market.Candles;
using Tidemark.Patterns.Stored;
using Tidemark.Platform.Database;
using Tidemark.Quant.Patterns;
using Tidemark.Quant.Patterns.Confluence;
using Tidemark.Signals.Issuing;

namespace Tidemark.Signals.Reading;

/// <summary>Which signals are wanted; what is null is not asked about.</summary>
public sealed record SignalFilter
{
    public MarketSource? Source { get; init; }
    public IReadOnlyCollection<Symbol>? Symbols { get; init; }
    public SignalOrigin? Origin { get; init; }
    public Direction? Direction { get; init; }
    public IReadOnlyCollection<ConfluenceGrade>? Classes { get; init; }
    public IReadOnlyCollection<SignalStatus>? Statuses { get; init; }
    public DateTimeOffset? From { get; init; }

    /// <summary>Not over by this moment.</summary>
    public DateTimeOffset? RunningAt { get; init; }
    public DateTimeOffset? To { get; init; }

    /// <summary>Only what is among the newest of a plan's own part.</summary>
    public (IReadOnlyCollection<Symbol>? Symbols, int Most)? Newest { get; init; }
}

/// <summary>Reads stored signals, each with the hash of its row in the chain.</summary>
public sealed class SignalReader(NpgsqlDataSource source)
{
    const string Issued = "LEFT JOIN signal_chain h ON h.signal_id = s.id AND h.kind = 'issued'";

    public async Task<IReadOnlyList<StoredSignal>> Newest(SignalFilter filter, (DateTimeOffset KnownAt, long Id)? before, int limit, CancellationToken stop)
    {
        await using var command = source.CreateCommand();
        var where = Where(filter, command.Parameters);
        if (before is { } last)
        {
            where.Add($"(s.known_at, s.id) < ({Parameter(command.Parameters, last.KnownAt)}, {Parameter(command.Parameters, last.Id)})");
        }
        command.CommandText = $"SELECT {StoredSignal.Columns}, h.hash {StoredSignal.Joined} {Issued} WHERE {string.Join(" AND ", where)} ORDER BY s.known_at DESC, s.id DESC LIMIT {Parameter(command.Parameters, limit)}";
        return await ReadAll(command, stop);
    }

    public async Task<StoredSignal?> Find(long id, CancellationToken stop)
    {
        await using var command = source.CreateCommand($"SELECT {StoredSignal.Columns}, h.hash {StoredSignal.Joined} {Issued} WHERE s.id = $1");
        command.Parameters.Add(new() { Value = id });
        var found = await ReadAll(command, stop);
        return found.Count > 0 ? found[0] : null;
    }

    /// <summary>The table, to be followed.</summary>
    public TableTail Follow() => new(source, "signals");

    /// <summary>Those of (after, until] that became known since a moment, by rising id. Null symbols are all.</summary>
    public async Task<IReadOnlyList<StoredSignal>> Recorded(MarketSource of, IReadOnlyCollection<Symbol>? symbols, DateTimeOffset knownSince, long after, long until, int most, CancellationToken stop)
    {
        await using var command = source.CreateCommand();
        var where = Where(new SignalFilter { Source = of, Symbols = symbols, From = knownSince }, command.Parameters);
        where.Add($"s.id > {Parameter(command.Parameters, after)} AND s.id <= {Parameter(command.Parameters, until)}");
        command.CommandText = $"SELECT {StoredSignal.Columns}, h.hash {StoredSignal.Joined} {Issued} WHERE {string.Join(" AND ", where)} ORDER BY s.id LIMIT {Parameter(command.Parameters, most)}";
        return await ReadAll(command, stop);
    }

    /// <summary>Where a page ended: what a cursor's id stands for.</summary>
    public async Task<(DateTimeOffset KnownAt, long Id)?> PlaceOf(long id, CancellationToken stop)
    {
        await using var command = source.CreateCommand("SELECT known_at FROM signals WHERE id = $1");
        command.Parameters.Add(new() { Value = id });
        return await command.ExecuteScalarAsync(stop) is DateTime knownAt ? (new DateTimeOffset(knownAt), id) : null;
    }

    static List<string> Where(SignalFilter filter, NpgsqlParameterCollection parameters)
    {
        var where = new List<string> { "true" };
        if (filter.Source is { } from)
        {
            where.Add($"s.source = (SELECT id FROM market_sources WHERE name = {Parameter(parameters, from.Name)} AND provenance = {Parameter(parameters, SeriesCatalog.NameOf(from.Provenance))})");
        }
        if (filter.Symbols is { } symbols)
        {
            where.Add($"s.symbol IN (SELECT id FROM market_symbols WHERE name = ANY ({Parameter(parameters, symbols.Select(static symbol => symbol.ToString()).ToArray())}))");
        }
        if (filter.Origin is { } origin)
        {
            where.Add($"s.origin = {Parameter(parameters, origin.ToString().ToLowerInvariant())}");
        }
        if (filter.Direction is { } direction)
        {
            where.Add($"s.direction = {Parameter(parameters, direction.Word())}");
        }
        if (filter.Classes is { } classes)
        {
            where.Add($"s.class = ANY ({Parameter(parameters, classes.Select(StoredSignal.Word).ToArray())})");
        }
        if (filter.Statuses is { } statuses)
        {
            where.Add($"s.status = ANY ({Parameter(parameters, statuses.Select(static status => status.ToString().ToLowerInvariant()).ToArray())})");
        }
        if (filter.From is { } since)
        {
            where.Add($"s.known_at >= {Parameter(parameters, since.ToUniversalTime())}");
        }
        if (filter.RunningAt is { } moment)
        {
            where.Add($"(s.ended_at IS NULL OR s.ended_at > {Parameter(parameters, moment.ToUniversalTime())})");
        }
        if (filter.To is { } until)
        {
            where.Add($"s.known_at < {Parameter(parameters, until.ToUniversalTime())}");
        }
        if (filter.Newest is var (own, most))
        {
            where.Add($"s.id IN (SELECT s.id FROM signals s WHERE {string.Join(" AND ", Where(new SignalFilter { Source = filter.Source, Symbols = own }, parameters))} ORDER BY s.known_at DESC, s.id DESC LIMIT {Parameter(parameters, most)})");
        }
        return where;
    }

    static string Parameter(NpgsqlParameterCollection parameters, object value)
    {
        parameters.Add(new NpgsqlParameter { Value = value });
        return $"${parameters.Count}";
    }

    static async Task<IReadOnlyList<StoredSignal>> ReadAll(NpgsqlCommand command, CancellationToken stop)
    {
        await using var rows = await command.ExecuteReaderAsync(stop);
        var signals = new List<StoredSignal>();
        while (await rows.ReadAsync(stop))
        {
            signals.Add(StoredSignal.Read(rows) with { Hash = rows.IsDBNull(27) ? null : rows.GetString(27) });
        }
        return signals;
    }
}
