using System.ComponentModel;
using Npgsql;
using Tidemark.Market;
using Tidemark.Market.Candles;
using Tidemark.Patterns.Eyes;
using Tidemark.Patterns.Stored;

namespace Tidemark.Patterns.Replays;

/// <summary>What a recomputation of one symbol found.</summary>
public sealed record ReplayResult(
    EyeKey Key, DateTimeOffset From, DateTimeOffset Until, int Facts, int Rewritten,
    [property: Description("candles repaired, rules changed or unexplained; null where nothing differs.")] string? Cause,
    IReadOnlyList<string> Examples);

/// <summary>What the latest recomputations found, over all symbols.</summary>
public sealed record ReplaySummary(
    [property: Description("When the latest of them ran, UTC.")] DateTimeOffset RunAt,
    [property: Description("The first moment they looked at, UTC.")] DateTimeOffset From,
    [property: Description("The moment they looked up to, UTC.")] DateTimeOffset Until,
    int Symbols,
    [property: Description("Facts compared: confirmations, touches, fills, ends, signals and what became of them.")] int Facts,
    [property: Description("Facts that a recomputation from stored candles finds otherwise.")] int Rewritten,
    [property: Description("The same by cause: candles repaired, rules changed, unexplained.")] IReadOnlyDictionary<string, int> Causes,
    [property: Description("\"0 of 1,204 rewritten\".")] string Text);

/// <summary>
/// Recomputes what eyes found from the stored candles, with the same classes from the same first candle, and compares it with what was stored
/// at the time.
/// </summary>
public sealed class Replay(EyeTools tools, PatternTable patterns, IEnumerable<IReplayWitness> witnesses, NpgsqlDataSource source, TimeProvider clock)
{
    const int MostExamples = 10;
    static readonly TimeSpan LongestLife = TimeSpan.FromDays(30);

    /// <summary>Compares what became known in [from, until); null where the symbol has no eye yet.</summary>
    public async Task<ReplayResult?> Run(EyeKey key, DateTimeOffset from, DateTimeOffset until, CancellationToken stop)
    {
        if (await tools.Table.Find(key, stop) is not { } watched)
        {
            return null;
        }
        var isOtherRules = watched.RulesSince > from;
        var (start, end) = (Later(Later(from, watched.RulesSince), watched.Anchor), until < watched.ProcessedUntil ? until : watched.ProcessedUntil);
        var eye = EyeKeeper.New(watched.Candles, tools, key);
        var digest = await EyeKeeper.Replay(eye, new SeriesKey(key.Source, key.Symbol, watched.Candles), watched.Anchor, watched.ProcessedUntil, tools.Store, stop);
        var oldest = start - LongestLife;
        var recomputed = eye.Changed().Where(seen => seen.Pattern.KnownAt >= oldest.ToUnixTimeMilliseconds()).ToDictionary(PatternName.Of);
        var (agreed, stored) = await TakeAgreed(key, recomputed, oldest, start, end, stop);
        var found = Within(recomputed.Values.Select(seen => StoredPattern.Of(key, default, seen)).SelectMany(ReplayFacts.Of), start, end);
        foreach (var witness in witnesses)
        {
            found.UnionWith(Within(witness.Found(eye), start, end));
            stored.UnionWith(Within(await witness.Stored(key, oldest, end, stop), start, end));
        }
        var differences = stored.Except(found).Select(static fact => "stored only: " + fact.Fact).Concat(found.Except(stored).Select(static fact => "recomputed only: " + fact.Fact)).ToList();
        var isRepaired = digest != new CandleDigest(watched.TakenCandles, watched.Digest);
        var cause = differences.Count == 0 ? null : isRepaired ? "candles repaired" : isOtherRules ? "rules changed" : "unexplained";
        return new ReplayResult(key, start, end, agreed + stored.Union(found).Count(), differences.Count, cause, [.. differences.Take(MostExamples)]);
    }

    /// <summary>Takes the patterns that agree with the stored ones out of the recomputed ones and counts their facts; of the other stored ones, the facts. A million may agree, so only those that do not are put into words.</summary>
    async Task<(int Agreed, HashSet<KnownAt> Stored)> TakeAgreed(EyeKey key, Dictionary<PatternName, SeenPattern> recomputed, DateTimeOffset oldest, DateTimeOffset start, DateTimeOffset end, CancellationToken stop)
    {
        var (agreed, stored) = (0, new HashSet<KnownAt>());
        await foreach (var known in patterns.Known(key, oldest, end, stop))
        {
            var name = ReplayFacts.NameOf(known);
            if (recomputed.TryGetValue(name, out var seen) && ReplayFacts.Agree(StoredPattern.Of(key, default, seen), known))
            {
                agreed += ReplayFacts.Count(known, start, end);
                recomputed.Remove(name);
            }
            else
            {
                stored.UnionWith(Within(ReplayFacts.Of(known), start, end));
            }
        }
        return (agreed, stored);
    }

    /// <summary>Runs and writes down what was found.</summary>
    public async Task<ReplayResult?> RunAndKeep(EyeKey key, DateTimeOffset from, DateTimeOffset until, CancellationToken stop)
    {
        if (await Run(key, from, until, stop) is not { } result)
        {
            return null;
        }
        var id = await tools.Table.IdOf(key, stop);
        await using var command = source.CreateCommand("INSERT INTO pattern_replays (source, symbol, from_at, until_at, run_at, facts, rewritten, cause, examples) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)");
        EyeTable.Add(command, id.Source, id.Symbol, result.From, result.Until, clock.GetUtcNow(), result.Facts, result.Rewritten);
        command.Parameters.Add(new NpgsqlParameter<string?> { TypedValue = result.Cause });
        command.Parameters.Add(new() { Value = result.Examples.ToArray() });
        await command.ExecuteNonQueryAsync(stop);
        return result;
    }

    /// <summary>The latest result of each symbol of a source, taken together; null of none.</summary>
    public async Task<ReplaySummary?> Latest(MarketSource of, CancellationToken stop)
    {
        await using var command = source.CreateCommand(
            """
            SELECT max(run_at), min(from_at), max(until_at), count(*), coalesce(sum(facts), 0), coalesce(sum(rewritten), 0), cause
            FROM (
                SELECT DISTINCT ON (r.symbol) r.*
                FROM pattern_replays r
                JOIN market_sources o ON o.id = r.source
                WHERE o.name = $1 AND o.provenance = $2
                ORDER BY r.symbol, r.run_at DESC
            ) AS latest
            GROUP BY cause
            """);
        command.Parameters.Add(new() { Value = of.Name });
        command.Parameters.Add(new() { Value = SeriesCatalog.NameOf(of.Provenance) });
        await using var rows = await command.ExecuteReaderAsync(stop);
        var (runAt, from, until, symbols, facts, rewritten) = (DateTimeOffset.MinValue, DateTimeOffset.MaxValue, DateTimeOffset.MinValue, 0, 0, 0);
        var causes = new Dictionary<string, int>();
        while (await rows.ReadAsync(stop))
        {
            (runAt, until) = (Later(runAt, rows.GetFieldValue<DateTimeOffset>(0)), Later(until, rows.GetFieldValue<DateTimeOffset>(2)));
            from = rows.GetFieldValue<DateTimeOffset>(1) < from ? rows.GetFieldValue<DateTimeOffset>(1) : from;
            (symbols, facts, rewritten) = (symbols + (int)rows.GetInt64(3), facts + (int)rows.GetInt64(4), rewritten + (int)rows.GetInt64(5));
            if (!rows.IsDBNull(6))
            {
                causes[rows.GetString(6)] = (int)rows.GetInt64(5);
            }
        }
        return symbols == 0 ? null : new ReplaySummary(runAt, from, until, symbols, facts, rewritten, causes, string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{rewritten:N0} of {facts:N0} rewritten"));
    }

    static HashSet<KnownAt> Within(IEnumerable<KnownAt> facts, DateTimeOffset from, DateTimeOffset until) => [.. facts.Where(fact => fact.At >= from && fact.At < until)];

    static DateTimeOffset Later(DateTimeOffset left, DateTimeOffset right) => left > right ? left : right;
}

/// <summary>A module above whose results are recomputed with an eye's.</summary>
public interface IReplayWitness
{
    /// <summary>What its follower of this eye found.</summary>
    IEnumerable<KnownAt> Found(PatternEye eye);

    /// <summary>What it stored of the symbol that became known in a range.</summary>
    Task<IReadOnlyList<KnownAt>> Stored(EyeKey key, DateTimeOffset from, DateTimeOffset until, CancellationToken stop);
}
