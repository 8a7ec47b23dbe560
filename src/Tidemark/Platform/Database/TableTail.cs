using System.Runtime.CompilerServices;
using Npgsql;

namespace Tidemark.Platform.Database;

/// <summary>
/// Follows what is added to a table with rising ids, each row once. Ids are given before the commit, so a row may appear behind one with a greater
/// id: what was read is read again once every transaction of that time has ended, and of the second time only what was missing the first counts.
/// </summary>
public sealed class TableTail(NpgsqlDataSource source, string table)
{
    readonly HashSet<long> _ahead = [];
    long _complete, _read;
    (long Id, long Transaction)? _open;

    /// <summary>Goes on behind a row.</summary>
    public void Begin(long after)
    {
        (_complete, _read, _open) = (after, after, null);
        _ahead.Clear();
    }

    /// <summary>The id behind which everything lies that was added since a moment, by a column that rises with the ids.</summary>
    public async Task<long> Before(string column, DateTimeOffset moment, CancellationToken stop)
    {
        await using var connection = await source.OpenConnectionAsync(stop);
        await using var newest = new NpgsqlCommand($"SELECT coalesce(max(id), 0) FROM {table}", connection);
        var (low, high) = (0L, (long)(await newest.ExecuteScalarAsync(stop))! + 1);
        while (high - low > 1)
        {
            var middle = low + ((high - low) / 2);
            await using var probe = new NpgsqlCommand($"SELECT id FROM (SELECT id, {column} AS at FROM {table} WHERE id >= $1 AND id < $2 ORDER BY id LIMIT 1) AS first WHERE at < $3", connection)
            {
                Parameters = { new() { Value = middle }, new() { Value = high }, new() { Value = moment.ToUniversalTime() } },
            };
            (low, high) = await probe.ExecuteScalarAsync(stop) is long earlier ? (earlier, high) : (low, middle);
        }
        return high - 1;
    }

    /// <summary>
    /// What was added since the last time, in pages. The reader is asked for rows of (after, until], by rising id and so many at most; it may leave
    /// out what is not wanted. A page counts as read once the next is asked for.
    /// </summary>
    public async IAsyncEnumerable<IReadOnlyList<T>> Next<T>(Func<long, long, int, Task<IReadOnlyList<T>>> read, Func<T, long> id, int most, [EnumeratorCancellation] CancellationToken stop)
    {
        var (oldest, next, last) = await Look(stop);
        while (_read < last)
        {
            var page = await read(_read, last, most);
            yield return page;
            _ahead.UnionWith(page.Select(id));
            _read = page.Count < most ? last : id(page[^1]);
        }
        if (_open is { } open && oldest >= open.Transaction)
        {
            for (var after = _complete; after < open.Id;)
            {
                var page = await read(after, open.Id, most);
                yield return [.. page.Where(row => !_ahead.Contains(id(row)))];
                _ahead.UnionWith(page.Select(id));
                after = page.Count < most ? open.Id : id(page[^1]);
            }
            (_complete, _open) = (open.Id, null);
            _ahead.RemoveWhere(seen => seen <= _complete);
        }
        if (_open is null && _read > _complete)
        {
            _open = (_read, next);
        }
    }

    /// <summary>The oldest transaction that still runs, the next to begin, and the newest row.</summary>
    async Task<(long Oldest, long Next, long Last)> Look(CancellationToken stop)
    {
        await using var command = source.CreateCommand(
            $"SELECT pg_snapshot_xmin(now)::text::bigint, pg_snapshot_xmax(now)::text::bigint, (SELECT coalesce(max(id), 0) FROM {table}) FROM pg_current_snapshot() AS now");
        await using var row = await command.ExecuteReaderAsync(stop);
        await row.ReadAsync(stop);
        return (row.GetInt64(0), row.GetInt64(1), row.GetInt64(2));
    }
}
