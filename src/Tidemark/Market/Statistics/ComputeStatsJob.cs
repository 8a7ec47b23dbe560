using Npgsql;
using Tidemark.Platform.Jobs;

namespace Tidemark.Market.Statistics;

/// <summary>Figures of a module above that are computed in the same run; answers what it counted, by name.</summary>
public interface IComputedStatistics
{
    Task<(string Name, long Count)> Compute(CancellationToken stop);
}

/// <summary>Computes the figures that pages show of every symbol: counts, price changes, the day's range and volume, freshness.</summary>
public sealed class ComputeStatsJob(NpgsqlDataSource source, IEnumerable<IComputedStatistics> others, TimeProvider clock) : IJob
{
    public async Task<JobCounts> Run(JobRun run, CancellationToken stop)
    {
        await using var command = source.CreateCommand(Compute);
        command.Parameters.Add(new() { Value = clock.GetUtcNow() });
        var counts = new JobCounts { ["symbols"] = await command.ExecuteNonQueryAsync(stop) };
        foreach (var other in others)
        {
            var (name, count) = await other.Compute(stop);
            counts[name] = count;
        }
        return counts;
    }

    // The shortest timeframe of a symbol tells its prices. A price of the past counts while it is no more than a tenth of the way too old.
    const string Compute =
        """
        INSERT INTO market_statistics (source, symbol, computed_at, candles, last_open, last_price, change1h, change24h, change7d, high24h, low24h, volume24h)
        SELECT s.source, s.symbol, $1, s.all_candles, s.last_open, last.close,
               last.close / hour.close - 1, last.close / day.close - 1, last.close / week.close - 1,
               range.high, range.low, coalesce(range.volume, 0)
        FROM (
            SELECT DISTINCT ON (source, symbol) source, symbol, timeframe, last_open,
                   sum(candles) OVER (PARTITION BY source, symbol)::bigint AS all_candles
            FROM candle_series
            WHERE candles > 0
            ORDER BY source, symbol, timeframe
        ) s
        JOIN LATERAL (
            SELECT c.close FROM candles c
            WHERE (c.source, c.symbol, c.timeframe, c.open_time) = (s.source, s.symbol, s.timeframe, s.last_open)
        ) last ON true
        LEFT JOIN LATERAL (
            SELECT c.close FROM candles c
            WHERE (c.source, c.symbol, c.timeframe) = (s.source, s.symbol, s.timeframe)
              AND c.open_time BETWEEN s.last_open - interval '66 minutes' AND s.last_open - interval '60 minutes'
            ORDER BY c.open_time DESC LIMIT 1
        ) hour ON true
        LEFT JOIN LATERAL (
            SELECT c.close FROM candles c
            WHERE (c.source, c.symbol, c.timeframe) = (s.source, s.symbol, s.timeframe)
              AND c.open_time BETWEEN s.last_open - interval '26 hours' AND s.last_open - interval '24 hours'
            ORDER BY c.open_time DESC LIMIT 1
        ) day ON true
        LEFT JOIN LATERAL (
            SELECT c.close FROM candles c
            WHERE (c.source, c.symbol, c.timeframe) = (s.source, s.symbol, s.timeframe)
              AND c.open_time BETWEEN s.last_open - interval '185 hours' AND s.last_open - interval '168 hours'
            ORDER BY c.open_time DESC LIMIT 1
        ) week ON true
        LEFT JOIN LATERAL (
            SELECT max(c.high) AS high, min(c.low) AS low, sum(c.volume) AS volume FROM candles c
            WHERE (c.source, c.symbol, c.timeframe) = (s.source, s.symbol, s.timeframe)
              AND c.open_time > s.last_open - interval '24 hours' AND c.open_time <= s.last_open
        ) range ON true
        ON CONFLICT (source, symbol) DO UPDATE
        SET computed_at = excluded.computed_at, candles = excluded.candles, last_open = excluded.last_open, last_price = excluded.last_price,
            change1h = excluded.change1h, change24h = excluded.change24h, change7d = excluded.change7d,
            high24h = excluded.high24h, low24h = excluded.low24h, volume24h = excluded.volume24h
        """;
}
