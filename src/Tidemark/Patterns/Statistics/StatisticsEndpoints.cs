using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Npgsql;
using Tidemark.Market;
using Tidemark.Market.Candles;
using Tidemark.Market.Symbols;
using Tidemark.Patterns.Reading;
using Tidemark.Patterns.Stored;
using Tidemark.Platform.Api;
using Tidemark.Quant.Patterns;
using Tidemark.Quant.Series;

namespace Tidemark.Patterns.Statistics;

/// <summary>The record of every kind of pattern, as it was measured.</summary>
public static class StatisticsEndpoints
{
    public static void Map(RouteGroupBuilder statistics) =>
        statistics.MapGet("", Read).Allow(Caller.SignedIn, "read:patterns").WithSummary("How patterns of each kind, timeframe and direction went, and what agreement between timeframes added");

    public sealed record StatisticsRequest(
        [property: FromQuery(Name = "symbol"), Description("Only this symbol's own figures; unset, those of all symbols together."), MaxLength(64)] string? Symbol = null,
        [property: FromQuery(Name = "source"), Description("Name of the source; unset, the one in use."), MaxLength(40)] string? Source = null,
        [property: FromQuery(Name = "kind"), Description("Only this kind: FVG, OB, SWEEP, BREAKER or MITIGATION."), MaxLength(20)] string? Kind = null,
        [property: FromQuery(Name = "timeframe"), Description("Only this timeframe."), MaxLength(8)] string? Timeframe = null);

    public sealed record StatisticsRow(PatternKind Kind, string Code, string Timeframe, Direction Direction, Reliability Record);

    public sealed record StatisticsAnswer(
        string? Source,
        Provenance? Provenance,
        [property: Description("The symbol that was counted, or \"all symbols\".")] string Scope,
        StatisticsProgress Progress,
        [property: Description("Fewer decided trades than this give no rate.")] int Least,
        IReadOnlyList<StatisticsRow> Rows,
        [property: Description("What agreement between timeframes added, by class; over all symbols of the source.")] IReadOnlyList<ClassRow> Classes,
        [property: Description("The timeframes that are looked at.")] int Timeframes,
        [property: Description("How many independent confirmations they are worth together; null where that was not measured for the symbol, or none was named.")] double? IndependentConfirmations,
        IReadOnlyList<Locked> Locks);

    static async Task<StatisticsAnswer> Read(
        [AsParameters] StatisticsRequest request, Caller caller, SightDesk sights, SymbolBook symbols, SourceInUse inUse, PatternStatistics statistics, ReliabilityBook book, Eyes.EyeRules rules, NpgsqlDataSource database, CancellationToken stop)
    {
        var sight = sights.Of(caller);
        var symbol = request.Symbol is null ? (Symbol?)null : (await symbols.Find(request.Symbol, stop)).Symbol;
        if (symbol is { } named)
        {
            sight.Require(named);
        }
        var source = symbol is { } one ? await symbols.SourceOf(one, request.Source, stop) : inUse.Current;
        if (source is null)
        {
            return new StatisticsAnswer(null, null, Reliability.AllSymbols, statistics.Progress, Reliability.Least, [], [], rules.Timeframes.Count, null, sight.Locks);
        }
        var (kind, timeframe) = (PatternRequests.Kind(request.Kind), request.Timeframe is null ? (Timeframe?)null : CandleEndpoints.StoredTimeframe(request.Timeframe));
        var rows = (await Rows(database, source, symbol, stop)).Where(row => sight.Sees(row.Kind) && (kind is null || row.Kind == kind) && (timeframe is null || row.Timeframe == timeframe.ToString())).ToList();
        return new StatisticsAnswer(
            source.Name, source.Provenance, symbol?.ToString() ?? Reliability.AllSymbols, statistics.Progress with { ComputedAt = book.ComputedAt }, Reliability.Least, rows,
            book.Classes(source), rules.Timeframes.Count, symbol is { } asked ? book.Independent(source, asked, [.. rules.Timeframes]) : null, sight.Locks);
    }

    static async Task<IReadOnlyList<StatisticsRow>> Rows(NpgsqlDataSource database, MarketSource source, Symbol? symbol, CancellationToken stop)
    {
        await using var command = database.CreateCommand(
            $"""
            SELECT {ReliabilityBook.Columns}
            FROM pattern_statistics s
            JOIN market_sources o ON o.id = s.source
            LEFT JOIN market_symbols y ON y.id = s.symbol
            WHERE o.name = $1 AND o.provenance = $2 AND y.name IS NOT DISTINCT FROM $3
            ORDER BY s.kind, s.timeframe, s.direction DESC
            """);
        command.Parameters.Add(new() { Value = source.Name });
        command.Parameters.Add(new() { Value = SeriesCatalog.NameOf(source.Provenance) });
        command.Parameters.Add(new() { Value = (object?)symbol?.ToString() ?? DBNull.Value, NpgsqlDbType = NpgsqlTypes.NpgsqlDbType.Text });
        await using var rows = await command.ExecuteReaderAsync(stop);
        var read = new List<StatisticsRow>();
        while (await rows.ReadAsync(stop))
        {
            read.Add(new StatisticsRow(
                PatternWords.KindOf(rows.GetString(4)), rows.GetString(4), Timeframe.OfMinutes(rows.GetInt16(3)).ToString(), PatternWords.DirectionOf(rows.GetString(5)), ReliabilityBook.Read(rows, source, symbol)));
        }
        return read;
    }
}
