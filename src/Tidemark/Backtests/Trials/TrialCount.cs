using Npgsql;
using NpgsqlTypes;
using Tidemark.Market;
using Tidemark.Quant.Backtesting.Proof;

namespace Tidemark.Backtests.Trials;

/// <summary>The kinds of market that tries are counted apart for: luck on one says nothing of luck on the other.</summary>
public enum TrialMarket
{
    /// <summary>Prices that were paid somewhere, live or recorded.</summary>
    Real,

    /// <summary>Prices that the simulator made.</summary>
    Simulated,
}

/// <summary>How often a person has tried on one kind of market: backtests run, combinations of optimisers, and the spread of their daily Sharpe ratios.</summary>
public sealed record TrialCount(long Runs, long OptimiserTrials, TrialTally Tally, DateTimeOffset? Since)
{
    public static TrialCount None { get; } = new(0, 0, TrialTally.None, null);
}

/// <summary>What one result adds to the count.</summary>
public readonly record struct Tried(int Runs, long OptimiserTrials, TrialTally Tally);

/// <summary>Counts tries. There is no way to take one back: the table refuses to fall.</summary>
public sealed class TrialBook(NpgsqlDataSource source, TimeProvider clock)
{
    public static TrialMarket MarketOf(Provenance provenance) => provenance == Provenance.Synthetic ? TrialMarket.Simulated : TrialMarket.Real;

    public async Task<TrialCount> Of(long user, TrialMarket market, CancellationToken stop)
    {
        await using var command = source.CreateCommand("SELECT runs, trials, rated, mean, squares, since FROM backtest_trials WHERE user_id = $1 AND market = $2");
        command.Parameters.Add(new() { Value = user });
        command.Parameters.Add(new() { Value = Word(market) });
        await using var row = await command.ExecuteReaderAsync(stop);
        return await row.ReadAsync(stop)
            ? new TrialCount(row.GetInt64(0), row.GetInt64(1), new TrialTally(row.GetInt64(0) + row.GetInt64(1), row.GetInt64(2), row.GetDouble(3), row.GetDouble(4)), row.GetFieldValue<DateTimeOffset>(5))
            : TrialCount.None;
    }

    /// <summary>Whether the same data, code and parameters were counted before.</summary>
    public async Task<bool> IsCounted(long user, string fingerprint, CancellationToken stop)
    {
        await using var command = source.CreateCommand("SELECT EXISTS (SELECT FROM backtest_counted WHERE user_id = $1 AND fingerprint = $2)");
        command.Parameters.Add(new() { Value = user });
        command.Parameters.Add(new() { Value = fingerprint });
        return (bool)(await command.ExecuteScalarAsync(stop))!;
    }

    /// <summary>
    /// Counts a run or an optimiser's combinations, unless the same was counted before. It is written in the transaction that keeps the result,
    /// so that neither is there without the other.
    /// </summary>
    public async Task Count(NpgsqlConnection connection, long user, TrialMarket market, string fingerprint, Tried tried, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        await using var first = new NpgsqlCommand("INSERT INTO backtest_counted (user_id, fingerprint, counted_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING", connection)
        {
            Parameters = { new() { Value = user }, new() { Value = fingerprint }, new() { Value = now } },
        };
        if (await first.ExecuteNonQueryAsync(stop) == 0)
        {
            return;
        }
        // Two sums of squares become one by Chan's rule.
        await using var command = new NpgsqlCommand(
            """
            INSERT INTO backtest_trials AS kept (user_id, market, runs, trials, rated, mean, squares, since, last_at)
            VALUES ($1, $8, $2, $3, $4, $5, $6, $7, $7)
            ON CONFLICT (user_id, market) DO UPDATE
            SET runs = kept.runs + excluded.runs,
                trials = kept.trials + excluded.trials,
                rated = kept.rated + excluded.rated,
                mean = CASE WHEN kept.rated + excluded.rated = 0 THEN 0 ELSE kept.mean + (excluded.mean - kept.mean) * excluded.rated / (kept.rated + excluded.rated) END,
                squares = CASE WHEN kept.rated + excluded.rated = 0 THEN 0
                          ELSE kept.squares + excluded.squares + (excluded.mean - kept.mean) ^ 2 * kept.rated::double precision * excluded.rated / (kept.rated + excluded.rated) END,
                last_at = greatest(kept.last_at, excluded.last_at)
            """,
            connection)
        {
            Parameters =
            {
                new() { Value = user }, new() { Value = (long)tried.Runs }, new() { Value = tried.OptimiserTrials }, new() { Value = tried.Tally.Measured },
                new() { Value = tried.Tally.MeanRatio, NpgsqlDbType = NpgsqlDbType.Double }, new() { Value = tried.Tally.SquaredDeviations, NpgsqlDbType = NpgsqlDbType.Double }, new() { Value = now }, new() { Value = Word(market) },
            },
        };
        await command.ExecuteNonQueryAsync(stop);
    }

    static string Word(TrialMarket market) => market.ToString().ToLowerInvariant();
}
