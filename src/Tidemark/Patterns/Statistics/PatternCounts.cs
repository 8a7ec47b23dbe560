using Npgsql;
using Tidemark.Market.Statistics;

namespace Tidemark.Patterns.Statistics;

/// <summary>Counts each symbol's patterns for pages that show them at once, and has history counted where that is due.</summary>
public sealed class PatternCounts(NpgsqlDataSource source, PatternStatistics statistics, TimeProvider clock) : IComputedStatistics
{
    public async Task<(string Name, long Count)> Compute(CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        await using var batch = source.CreateBatch();
        batch.BatchCommands.Add(new(Count) { Parameters = { new() { Value = now } } });
        batch.BatchCommands.Add(new("DELETE FROM pattern_counts WHERE computed_at < $1") { Parameters = { new() { Value = now } } });
        batch.BatchCommands.Add(new("SELECT count(DISTINCT (source, symbol)) FROM pattern_counts"));
        var counted = (long)(await batch.ExecuteScalarAsync(stop))!;
        await statistics.Refresh(all: false, stop);
        return ("patterns", counted);
    }
    const string Count =
        """
        INSERT INTO pattern_counts (source, symbol, kind, active, bullish, bearish, found24h, ended24h, latest_at, computed_at)
        SELECT e.source, e.symbol, p.kind,
               count(*) FILTER (WHERE p.ended_at IS NULL),
               count(*) FILTER (WHERE p.ended_at IS NULL AND p.direction = 'bullish'),
               count(*) FILTER (WHERE p.ended_at IS NULL AND p.direction = 'bearish'),
               count(*) FILTER (WHERE p.known_at > e.processed_until - interval '24 hours'),
               count(*) FILTER (WHERE p.ended_at > e.processed_until - interval '24 hours'),
               max(p.known_at), $1
        FROM pattern_eyes e
        JOIN patterns p ON p.source = e.source AND p.symbol = e.symbol AND p.known_at > e.processed_until - interval '30 days'
        GROUP BY e.source, e.symbol, p.kind
        ON CONFLICT (source, symbol, kind) DO UPDATE
        SET active = excluded.active, bullish = excluded.bullish, bearish = excluded.bearish, found24h = excluded.found24h, ended24h = excluded.ended24h,
            latest_at = excluded.latest_at, computed_at = excluded.computed_at
        """;
}
