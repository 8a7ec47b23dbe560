using System.Collections.Concurrent;
using Npgsql;
using Tidemark.Quant.Series;

namespace Tidemark.Market.Candles;

/// <summary>A series as the tables know it.</summary>
public readonly record struct SeriesId(short Source, int Symbol, short Timeframe);

/// <summary>What is stored of a series.</summary>
public sealed record StoredSeries(SeriesKey Key, SeriesId Id, long Candles, DateTimeOffset? FirstOpen, DateTimeOffset? LastOpen, DateTimeOffset? VerifiedUntil, DateTimeOffset? VerifiedAt);

/// <summary>Names of sources, symbols and series and the small numbers that stand for them in the tables.</summary>
public sealed class SeriesCatalog(NpgsqlDataSource source, TimeProvider clock)
{
    readonly ConcurrentDictionary<MarketSource, short> _sources = new();
    readonly ConcurrentDictionary<Symbol, int> _symbols = new();
    readonly ConcurrentDictionary<SeriesId, SeriesKey> _keys = new();

    /// <summary>The number of a series; its source and symbol are written down when they are new.</summary>
    public async ValueTask<SeriesId> IdOf(SeriesKey key, CancellationToken stop)
    {
        var minutes = checked((short)key.Timeframe.Minutes);
        if (!_sources.TryGetValue(key.Source, out var from))
        {
            from = (short)await Number(Sources, [key.Source.Name, NameOf(key.Source.Provenance)], stop);
            _sources[key.Source] = from;
        }
        if (!_symbols.TryGetValue(key.Symbol, out var symbol))
        {
            symbol = await Number(Symbols, [key.Symbol.ToString(), clock.GetUtcNow()], stop);
            _symbols[key.Symbol] = symbol;
        }
        return new SeriesId(from, symbol, minutes);
    }

    /// <summary>The series that a number stands for; null where there is none.</summary>
    public async ValueTask<SeriesKey?> KeyOf(SeriesId id, CancellationToken stop)
    {
        if (_keys.TryGetValue(id, out var known))
        {
            return known;
        }
        foreach (var series in await Stored(stop))
        {
            _keys[series.Id] = series.Key;
        }
        return _keys.TryGetValue(id, out known) ? known : null;
    }

    public async ValueTask<bool> Knows(Symbol symbol, CancellationToken stop)
    {
        if (_symbols.ContainsKey(symbol))
        {
            return true;
        }
        await using var command = source.CreateCommand("SELECT id FROM market_symbols WHERE name = $1");
        command.Parameters.Add(new() { Value = symbol.ToString() });
        if (await command.ExecuteScalarAsync(stop) is not int id)
        {
            return false;
        }
        _symbols[symbol] = id;
        return true;
    }

    /// <summary>Every series with what is stored of it, its last candle included, in one query.</summary>
    public async Task<IReadOnlyList<StoredSeries>> Stored(CancellationToken stop)
    {
        await using var command = source.CreateCommand(
            """
            SELECT o.name, o.provenance, y.name, s.source, s.symbol, s.timeframe, s.candles, s.first_open, s.last_open, s.verified_until, s.verified_at
            FROM candle_series s
            JOIN market_sources o ON o.id = s.source
            JOIN market_symbols y ON y.id = s.symbol
            ORDER BY y.name, o.id, s.timeframe
            """);
        await using var rows = await command.ExecuteReaderAsync(stop);
        var stored = new List<StoredSeries>();
        while (await rows.ReadAsync(stop))
        {
            var id = new SeriesId(rows.GetInt16(3), rows.GetInt32(4), rows.GetInt16(5));
            var key = new SeriesKey(new MarketSource(rows.GetString(0), ProvenanceOf(rows.GetString(1))), Symbol.Parse(rows.GetString(2)), Timeframe.OfMinutes(id.Timeframe));
            stored.Add(new StoredSeries(key, id, rows.GetInt64(6), Time(rows, 7), Time(rows, 8), Time(rows, 9), Time(rows, 10)));
        }
        return stored;
    }

    public async Task<StoredSeries?> Find(SeriesKey key, CancellationToken stop) =>
        (await Stored(stop)).FirstOrDefault(series => series.Key == key);

    internal static string NameOf(Provenance provenance) => provenance.ToString().ToLowerInvariant();
    internal static Provenance ProvenanceOf(string name) => Enum.Parse<Provenance>(name, ignoreCase: true);

    static DateTimeOffset? Time(NpgsqlDataReader rows, int column) => rows.IsDBNull(column) ? null : rows.GetFieldValue<DateTimeOffset>(column);

    async Task<int> Number(string sql, IReadOnlyList<object> values, CancellationToken stop)
    {
        await using var command = source.CreateCommand(sql);
        foreach (var value in values)
        {
            command.Parameters.Add(new() { Value = value });
        }
        while (true)
        {
            // Where another session inserts the same name at this moment, this statement sees neither an old row nor a new one of its own.
            if (await command.ExecuteScalarAsync(stop) is int id)
            {
                return id;
            }
        }
    }

    const string Sources =
        """
        WITH made AS (
            INSERT INTO market_sources (name, provenance)
            SELECT $1, $2
            WHERE NOT EXISTS (SELECT FROM market_sources WHERE name = $1 AND provenance = $2)
            ON CONFLICT (name, provenance) DO NOTHING
            RETURNING id
        )
        SELECT id::integer FROM made
        UNION ALL
        SELECT id::integer FROM market_sources WHERE name = $1 AND provenance = $2
        LIMIT 1
        """;

    const string Symbols =
        """
        WITH made AS (
            INSERT INTO market_symbols (name, added_at)
            SELECT $1, $2
            WHERE NOT EXISTS (SELECT FROM market_symbols WHERE name = $1)
            ON CONFLICT (name) DO NOTHING
            RETURNING id
        )
        SELECT id FROM made
        UNION ALL
        SELECT id FROM market_symbols WHERE name = $1
        LIMIT 1
        """;
}
