using System.ComponentModel;
using Npgsql;
using Tidemark.Market;
using Tidemark.Market.Candles;
using Tidemark.Market.Symbols;
using Tidemark.Patterns.Stored;
using Tidemark.Platform.Api;
using Tidemark.Quant.Patterns;

namespace Tidemark.Patterns.Reading;

/// <summary>How many patterns there are of a kind, and how many of them the plan leaves locked.</summary>
public sealed record KindCount(
    PatternKind Kind,
    [property: Description("Its short word: FVG, OB, SWEEP, BREAKER or MITIGATION.")] string Code,
    [property: Description("Active patterns of all symbols.")] int Active,
    [property: Description("Those of them that the plan leaves locked.")] int Locked,
    int Bullish,
    int Bearish,
    [property: Description("Became known in the last 24 hours.")] int Found24h,
    [property: Description("Ended in the last 24 hours.")] int Ended24h);

/// <summary>How much there is to see, counted every five minutes; what is locked is told as a number only.</summary>
public sealed record PatternSummary(
    string? Source,
    Provenance? Provenance,
    [property: Description("When it was counted, UTC; null before the first time.")] DateTimeOffset? ComputedAt,
    [property: Description("Symbols that patterns were counted of.")] int Symbols,
    [property: Description("Those of them that the plan leaves locked.")] int SymbolsLocked,
    [property: Description("Active patterns of all symbols and kinds.")] int Active,
    [property: Description("Those of them that the plan leaves locked.")] int Locked,
    [property: Description("Kind by kind, those of which there are none left out.")] IReadOnlyList<KindCount> Kinds,
    [property: Description("What the plan leaves locked, and what opens it.")] IReadOnlyList<Locked> Locks);

/// <summary>Reads the counts of patterns for somebody who may see a part of them.</summary>
public static class PatternSummaries
{
    public static async Task<PatternSummary> Read(Caller caller, SightDesk sights, SourceInUse inUse, NpgsqlDataSource database, CancellationToken stop)
    {
        var sight = sights.Of(caller);
        if (inUse.Current is not { } source)
        {
            return new PatternSummary(null, null, null, 0, 0, 0, 0, [], sight.Locks);
        }
        var counts = await Counts(database, source, stop);
        var symbols = counts.Select(static one => one.Symbol).Distinct().ToList();
        var kinds = counts.GroupBy(static one => one.Kind).OrderBy(static group => group.Key).Select(group => new KindCount(
            group.Key, group.Key.Code(), group.Sum(static one => one.Active), group.Where(one => !sight.Sees(one.Symbol) || !sight.Sees(one.Kind)).Sum(static one => one.Active),
            group.Sum(static one => one.Bullish), group.Sum(static one => one.Bearish), group.Sum(static one => one.Found24h), group.Sum(static one => one.Ended24h))).ToList();
        return new PatternSummary(
            source.Name, source.Provenance, counts.Count > 0 ? counts[0].ComputedAt : null, symbols.Count, symbols.Count(symbol => !sight.Sees(symbol)),
            kinds.Sum(static kind => kind.Active), kinds.Sum(static kind => kind.Locked), kinds, sight.Locks);
    }

    readonly record struct Count(Symbol Symbol, PatternKind Kind, int Active, int Bullish, int Bearish, int Found24h, int Ended24h, DateTimeOffset ComputedAt);

    static async Task<List<Count>> Counts(NpgsqlDataSource database, MarketSource source, CancellationToken stop)
    {
        await using var command = database.CreateCommand(
            """
            SELECT y.name, c.kind, c.active, c.bullish, c.bearish, c.found24h, c.ended24h, c.computed_at
            FROM pattern_counts c
            JOIN market_sources o ON o.id = c.source
            JOIN market_symbols y ON y.id = c.symbol
            WHERE o.name = $1 AND o.provenance = $2
            """);
        command.Parameters.Add(new() { Value = source.Name });
        command.Parameters.Add(new() { Value = SeriesCatalog.NameOf(source.Provenance) });
        await using var rows = await command.ExecuteReaderAsync(stop);
        var counts = new List<Count>();
        while (await rows.ReadAsync(stop))
        {
            counts.Add(new Count(
                Symbol.Parse(rows.GetString(0)), PatternWords.KindOf(rows.GetString(1)), rows.GetInt32(2), rows.GetInt32(3), rows.GetInt32(4), rows.GetInt32(5), rows.GetInt32(6),
                rows.GetFieldValue<DateTimeOffset>(7)));
        }
        return counts;
    }
}
