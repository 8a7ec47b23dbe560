using System.ComponentModel;
using Npgsql;
using Tidemark.Market;
using Tidemark.Market.Candles;
using Tidemark.Market.Symbols;
using Tidemark.Patterns.Reading;
using Tidemark.Platform.Api;
using Tidemark.Quant.Patterns.Confluence;

namespace Tidemark.Signals.Reading;

/// <summary>How many signals of a class there are; null is the class of signals that rest on no agreement.</summary>
public sealed record SignalClassCount(
    ConfluenceGrade? Class,
    [property: Description("Signals that have not ended.")] int Running,
    [property: Description("Issued in the last 24 hours.")] int Issued24h);

/// <summary>How much there is to see; what is locked is told as a number only.</summary>
public sealed record SignalSummary(
    string? Source,
    Provenance? Provenance,
    [property: Description("Signals of all symbols that have not ended.")] int Running,
    [property: Description("Those of them that the plan leaves locked.")] int Locked,
    [property: Description("Issued in the last 24 hours.")] int Issued24h,
    IReadOnlyList<SignalClassCount> Classes,
    [property: Description("What the plan leaves locked, and what opens it.")] IReadOnlyList<Locked> Locks);

/// <summary>Counts signals for somebody who may see a part of them.</summary>
public static class SignalSummaries
{
    public static async Task<SignalSummary> Read(Caller caller, SightDesk sights, SourceInUse inUse, NpgsqlDataSource database, TimeProvider clock, CancellationToken stop)
    {
        var sight = sights.Of(caller);
        if (inUse.Current is not { } source)
        {
            return new SignalSummary(null, null, 0, 0, 0, [], sight.Locks);
        }
        var counts = await Counts(database, source, clock.GetUtcNow().AddDays(-1), stop);
        var (running, seen) = (counts.Sum(static one => one.Running), counts.Where(one => sight.SeesSignals && sight.Sees(one.Symbol)).Sum(static one => one.Running));
        var classes = counts.GroupBy(static one => one.Class).OrderByDescending(static group => group.Key)
            .Select(static group => new SignalClassCount(group.Key, group.Sum(static one => one.Running), group.Sum(static one => one.Issued))).ToList();
        return new SignalSummary(source.Name, source.Provenance, running, running - Math.Min(seen, sight.Signals ?? seen), counts.Sum(static one => one.Issued), classes, sight.Locks);
    }

    readonly record struct Count(Symbol Symbol, ConfluenceGrade? Class, int Running, int Issued);

    static async Task<List<Count>> Counts(NpgsqlDataSource database, MarketSource source, DateTimeOffset yesterday, CancellationToken stop)
    {
        await using var command = database.CreateCommand(
            """
            SELECT y.name, s.class, count(*) FILTER (WHERE s.ended_at IS NULL), count(*) FILTER (WHERE s.known_at > $3)
            FROM signals s
            JOIN market_sources o ON o.id = s.source
            JOIN market_symbols y ON y.id = s.symbol
            WHERE o.name = $1 AND o.provenance = $2 AND (s.ended_at IS NULL OR s.known_at > $3)
            GROUP BY y.name, s.class
            """);
        command.Parameters.Add(new() { Value = source.Name });
        command.Parameters.Add(new() { Value = SeriesCatalog.NameOf(source.Provenance) });
        command.Parameters.Add(new() { Value = yesterday });
        await using var rows = await command.ExecuteReaderAsync(stop);
        var counts = new List<Count>();
        while (await rows.ReadAsync(stop))
        {
            counts.Add(new Count(
                Symbol.Parse(rows.GetString(0)), rows.IsDBNull(1) ? null : Enum.Parse<ConfluenceGrade>(rows.GetString(1), ignoreCase: true), (int)rows.GetInt64(2), (int)rows.GetInt64(3)));
        }
        return counts;
    }
}
