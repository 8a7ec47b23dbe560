using Npgsql;

namespace Tidemark.Platform.Jobs;

/// <summary>Deletes what the modules said is kept for a time only, in small steps that hold no lock for long.</summary>
public sealed class PruneJob(NpgsqlDataSource source, ProductParts parts, TimeProvider clock) : IJob
{
    const int RowsAStep = 5_000;

    public async Task<JobCounts> Run(JobRun run, CancellationToken stop)
    {
        var counts = new JobCounts();
        foreach (var rule in parts.PruneRules)
        {
            counts[rule.Table] = await Prune(rule, stop);
        }
        return counts;
    }

    async Task<long> Prune(ProductParts.PruneRule rule, CancellationToken stop)
    {
        // Table and column come from the modules' own doors, never from a caller.
        var sql = $"""
            DELETE FROM {rule.Table}
            WHERE ctid = ANY (ARRAY(SELECT ctid FROM {rule.Table} WHERE {rule.TimeColumn} < $1 LIMIT {RowsAStep}))
            """;
        long deleted = 0;
        int step;
        do
        {
            await using var command = source.CreateCommand(sql);
            command.Parameters.Add(new() { Value = clock.GetUtcNow() - rule.Keep });
            step = await command.ExecuteNonQueryAsync(stop);
            deleted += step;
        }
        while (step == RowsAStep);
        return deleted;
    }
}
