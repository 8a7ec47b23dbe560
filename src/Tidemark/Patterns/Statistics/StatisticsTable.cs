using System.Text.Json;
using Npgsql;
using Tidemark.Patterns.Stored;
using Tidemark.Platform.Api;
using Tidemark.Quant.Patterns.Confluence;
using Tidemark.Quant.Series;

namespace Tidemark.Patterns.Statistics;

/// <summary>What was counted of a symbol and when.</summary>
public sealed record StatisticsRun(short Source, int Symbol, DateTimeOffset FirstOpen, DateTimeOffset Until, long Candles, DateTimeOffset ComputedAt, string Rules, IReadOnlyList<TimeframePair> Correlations);

/// <summary>Writes what was counted and the figures made of it.</summary>
public sealed class StatisticsTable(NpgsqlDataSource source)
{
    public async Task<IReadOnlyList<StatisticsRun>> Runs(CancellationToken stop)
    {
        await using var command = source.CreateCommand("SELECT source, symbol, first_open, until, candles, computed_at, rules, correlations FROM pattern_statistics_runs");
        await using var rows = await command.ExecuteReaderAsync(stop);
        var runs = new List<StatisticsRun>();
        while (await rows.ReadAsync(stop))
        {
            runs.Add(new StatisticsRun(
                rows.GetInt16(0), rows.GetInt32(1), rows.GetFieldValue<DateTimeOffset>(2), rows.GetFieldValue<DateTimeOffset>(3), rows.GetInt64(4),
                rows.GetFieldValue<DateTimeOffset>(5), rows.GetString(6), JsonSerializer.Deserialize<List<TimeframePair>>(rows.GetString(7), ApiJson.Options)!));
        }
        return runs;
    }

    /// <summary>Puts what was counted of a symbol in the place of what was counted before, with its figures.</summary>
    public async Task Store(StatisticsRun run, IReadOnlyDictionary<SampleGroup, OutcomeSamples> groups, CancellationToken stop)
    {
        await using var connection = await source.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        await Execute(connection, "DELETE FROM pattern_samples WHERE source = $1 AND symbol = $2", stop, run.Source, run.Symbol);
        foreach (var (group, samples) in groups)
        {
            await Execute(
                connection,
                """
                INSERT INTO pattern_samples (source, symbol, timeframe, kind, direction, class, cases, filled, wins, decided, ambiguous, first_at, results, hours_to_touch, hours_to_fill)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15)
                """,
                stop, run.Source, run.Symbol, (short)group.Timeframe.Minutes, group.Kind.Code(), group.Direction.Word(), Word(group.Class),
                samples.Cases, samples.Filled, samples.Wins, samples.Decided, samples.Ambiguous, samples.FirstAt, samples.Results.ToArray(), samples.HoursToTouch.ToArray(), samples.HoursToFill.ToArray());
        }
        await Figures(connection, run.Source, run.Symbol, Pooled(groups), run.Until, run.ComputedAt, stop);
        await Execute(
            connection,
            """
            INSERT INTO pattern_statistics_runs (source, symbol, first_open, until, candles, computed_at, rules, correlations)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8::jsonb)
            ON CONFLICT (source, symbol) DO UPDATE
            SET first_open = excluded.first_open, until = excluded.until, candles = excluded.candles, computed_at = excluded.computed_at, rules = excluded.rules, correlations = excluded.correlations
            """,
            stop, run.Source, run.Symbol, run.FirstOpen, run.Until, run.Candles, run.ComputedAt, run.Rules, JsonSerializer.Serialize(run.Correlations, ApiJson.Options));
        await transaction.CommitAsync(stop);
    }

    /// <summary>Makes the figures of all symbols of a source together, and those of the classes of agreement.</summary>
    public async Task Pool(short of, DateTimeOffset until, DateTimeOffset now, CancellationToken stop)
    {
        var groups = await Samples(of, stop);
        await using var connection = await source.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        await Figures(connection, of, null, Pooled(groups), until, now, stop);
        await Execute(connection, "DELETE FROM confluence_statistics WHERE source = $1", stop, of);
        foreach (var grade in Enum.GetValues<ConfluenceGrade>())
        {
            await WriteClass(connection, of, grade, groups, until, now, stop);
        }
        await transaction.CommitAsync(stop);
    }

    /// <summary>A class against what its own mix of patterns does anyway: the rates of its groups over all classes, weighed as the class holds them.</summary>
    static async Task WriteClass(NpgsqlConnection connection, short of, ConfluenceGrade grade, Dictionary<SampleGroup, OutcomeSamples> groups, DateTimeOffset until, DateTimeOffset now, CancellationToken stop)
    {
        var all = Pooled(groups);
        var total = new OutcomeSamples();
        var expected = 0.0;
        foreach (var (group, samples) in groups.Where(one => one.Key.Class == grade))
        {
            total.Add(samples);
            var anyway = all[group.Any];
            expected += anyway.Decided == 0 ? 0 : (double)anyway.Wins / anyway.Decided * samples.Decided;
        }
        if (total.Cases == 0)
        {
            return;
        }
        await Execute(
            connection,
            """
            INSERT INTO confluence_statistics (source, class, cases, decided, hit_rate, hit_low, hit_high, base_rate, expectancy, expectancy_low, expectancy_high, first_at, until, computed_at)
            VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
            """,
            stop, of, Word(grade), total.Cases, total.Decided, Number(total.HitRate?.Estimate), Number(total.HitRate?.Low), Number(total.HitRate?.High),
            Number(total.HitRate is null ? null : expected / total.Decided), Number(total.Expectancy?.Estimate), Number(total.Expectancy?.Low), Number(total.Expectancy?.High), total.FirstAt, until, now);
    }

    async Task<Dictionary<SampleGroup, OutcomeSamples>> Samples(short of, CancellationToken stop)
    {
        await using var command = source.CreateCommand(
            """
            SELECT timeframe, kind, direction, class, cases, filled, wins, decided, ambiguous, first_at, results, hours_to_touch, hours_to_fill
            FROM pattern_samples
            WHERE source = $1
            """);
        command.Parameters.Add(new() { Value = of });
        await using var rows = await command.ExecuteReaderAsync(stop);
        var groups = new Dictionary<SampleGroup, OutcomeSamples>();
        while (await rows.ReadAsync(stop))
        {
            var group = new SampleGroup(PatternWords.KindOf(rows.GetString(1)), Timeframe.OfMinutes(rows.GetInt16(0)), PatternWords.DirectionOf(rows.GetString(2)), Enum.Parse<ConfluenceGrade>(rows.GetString(3), ignoreCase: true));
            var samples = new OutcomeSamples
            {
                Cases = rows.GetInt32(4),
                Filled = rows.GetInt32(5),
                Wins = rows.GetInt32(6),
                Decided = rows.GetInt32(7),
                Ambiguous = rows.GetInt32(8),
                FirstAt = rows.GetFieldValue<DateTimeOffset>(9),
            };
            samples.Results.AddRange(rows.GetFieldValue<double[]>(10));
            samples.HoursToTouch.AddRange(rows.GetFieldValue<double[]>(11));
            samples.HoursToFill.AddRange(rows.GetFieldValue<double[]>(12));
            Join(groups, group, samples);
        }
        return groups;
    }

    static Dictionary<SampleGroup, OutcomeSamples> Pooled(IReadOnlyDictionary<SampleGroup, OutcomeSamples> groups)
    {
        var pooled = new Dictionary<SampleGroup, OutcomeSamples>();
        foreach (var (group, samples) in groups)
        {
            Join(pooled, group.Any, samples);
        }
        return pooled;
    }

    static void Join(Dictionary<SampleGroup, OutcomeSamples> groups, SampleGroup group, OutcomeSamples samples)
    {
        if (!groups.TryGetValue(group, out var known))
        {
            groups[group] = known = new OutcomeSamples();
        }
        known.Add(samples);
    }

    static async Task Figures(NpgsqlConnection connection, short of, int? symbol, Dictionary<SampleGroup, OutcomeSamples> groups, DateTimeOffset until, DateTimeOffset now, CancellationToken stop)
    {
        await Execute(connection, "DELETE FROM pattern_statistics WHERE source = $1 AND symbol IS NOT DISTINCT FROM $2", stop, of, Whole(symbol));
        foreach (var (group, samples) in groups)
        {
            var (hit, fill, expectancy) = (samples.HitRate, samples.FillRate, samples.Expectancy);
            await Execute(
                connection,
                """
                INSERT INTO pattern_statistics (source, symbol, timeframe, kind, direction, cases, decided, entered, ambiguous, hit_rate, hit_low, hit_high, fill_rate, fill_low, fill_high,
                    hours_to_touch, hours_to_fill, expectancy, expectancy_low, expectancy_high, first_at, until, computed_at)
                VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19, $20, $21, $22, $23)
                """,
                stop, of, Whole(symbol), (short)group.Timeframe.Minutes, group.Kind.Code(), group.Direction.Word(), samples.Cases, samples.Decided, samples.Results.Count, samples.Ambiguous,
                Number(hit?.Estimate), Number(hit?.Low), Number(hit?.High), Number(fill?.Estimate), Number(fill?.Low), Number(fill?.High),
                Number(samples.MedianToTouch?.Estimate), Number(samples.MedianToFill?.Estimate), Number(expectancy?.Estimate), Number(expectancy?.Low), Number(expectancy?.High), samples.FirstAt, until, now);
        }
    }

    internal static string Word(ConfluenceGrade grade) => grade == ConfluenceGrade.VeryStrong ? "veryStrong" : grade.ToString().ToLowerInvariant();

    static NpgsqlParameter<double?> Number(double? value) => new() { TypedValue = value };
    static NpgsqlParameter<int?> Whole(int? value) => new() { TypedValue = value };

    static async Task Execute(NpgsqlConnection connection, string sql, CancellationToken stop, params object[] values)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var value in values)
        {
            command.Parameters.Add(value as NpgsqlParameter ?? new NpgsqlParameter { Value = value });
        }
        await command.ExecuteNonQueryAsync(stop);
    }
}
