using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Tidemark.Access;
using Tidemark.Market.Candles;
using Tidemark.Market.Symbols;
using Tidemark.Patterns.Statistics;
using Tidemark.Patterns.Stored;
using Tidemark.Platform.Api;

namespace Tidemark.Patterns.Reading;

/// <summary>Detected patterns: the live ones, their history, why each is there, and what was known of it when.</summary>
public static class PatternEndpoints
{
    const int MostExported = 50_000;

    public static void Map(RouteGroupBuilder patterns)
    {
        patterns.MapGet("", List).Allow(Caller.SignedIn, "read:patterns").WithSummary("Patterns, the one known last first");
        patterns.MapGet("/export", Export).Allow(Caller.SignedIn, "read:patterns").WithSummary("The same as a file: CSV or JSON").ExcludeFromDescription();
        patterns.MapGet("/summary", PatternSummaries.Read).Allow(Caller.SignedIn, "read:patterns").WithSummary("How many patterns there are, and how many of them your plan leaves locked");
        patterns.MapGet("/{id:long}", One).Allow(Caller.SignedIn, "read:patterns").WithSummary("One pattern with the candles and the reasons it rests on");
        patterns.MapGet("/{id:long}/as-of", AsOf).Allow(Caller.SignedIn, "read:patterns").WithSummary("What was known of a pattern at a moment");
    }

    public static void MapMatrix(RouteGroupBuilder matrix)
    {
        ChosenSymbolEndpoints.Map(matrix);
        matrix.MapGet("", static (Caller caller, SightDesk sights, MatrixBoard board, CancellationToken stop) => board.Read(sights.Of(caller), stop))
            .Allow(Caller.SignedIn, "read:matrix").WithSummary("All symbols by all timeframes: the latest active pattern of each and how much they agree");
    }

    /// <summary>A pattern with why it is there.</summary>
    public sealed record PatternDetail(
        PatternView Pattern,
        [property: Description("What makes it one, in sentences with its own numbers.")] IReadOnlyList<string> Reasons,
        [property: Description("The candles it rests on: [open time in UTC milliseconds, open, high, low, close, volume], oldest first; at most 60, the latest.")] IReadOnlyList<double[]> Candles);

    public sealed record PatternAsOf(
        long Id,
        [property: Description("The moment that was asked about, UTC.")] DateTimeOffset At,
        [property: Description("Whether it was known by then; otherwise nothing else is told.")] bool IsKnown,
        [property: Description("The pattern as it was then; null where it was not known.")] PatternView? Pattern);

    public sealed record AsOfRequest([property: FromQuery(Name = "at"), Description("The moment, UTC."), Required] DateTimeOffset? At);

    static async Task<Page<PatternView>> List([AsParameters] PatternRequest request, [AsParameters] PageRequest page, Caller caller, SightDesk sights, SymbolBook symbols, SourceInUse inUse, PatternTable table, ReliabilityBook book, CancellationToken stop)
    {
        var sight = sights.Of(caller);
        sight.RequireHistory();
        if (await PatternRequests.Read(request, sight, symbols, inUse, stop) is not { } filter)
        {
            return new Page<PatternView>([], page.Limit, null);
        }
        (DateTimeOffset, long)? before = page.Cursor is null ? null : await table.PlaceOf(page.Before, stop) ?? throw new TidemarkException(ErrorCode.InvalidCursor);
        var found = await table.Newest(filter, before, page.Limit + 1, stop);
        var shown = found.Take(page.Limit).ToList();
        return new Page<PatternView>([.. shown.Select(pattern => pattern.View(book.Of(pattern)))], page.Limit, found.Count > page.Limit ? PageRequest.CursorAt(shown[^1].Id) : null);
    }

    static async Task<EmptyHttpResult> Export(
        [AsParameters] PatternRequest request, [FromQuery] string? format, HttpContext http, Caller caller, SightDesk sights, SymbolBook symbols, SourceInUse inUse, PatternTable table, CancellationToken stop)
    {
        var sight = sights.Of(caller);
        sight.RequireHistory();
        var filter = await PatternRequests.Read(request, sight, symbols, inUse, stop);
        IReadOnlyList<StoredPattern> found = filter is null ? [] : await table.Newest(filter, null, MostExported, stop);
        await ExportFile.Write(http, "patterns", format, [.. found.Select(static pattern => pattern.View(null))], Columns, stop);
        return TypedResults.Empty;
    }

    static readonly ExportColumn<PatternView>[] Columns =
    [
        new("id", static one => one.Id), new("symbol", static one => one.Symbol), new("source", static one => one.Source), new("provenance", static one => one.Provenance.ToString().ToLowerInvariant()),
        new("timeframe", static one => one.Timeframe), new("kind", static one => one.Code), new("direction", static one => one.Direction.Word()), new("bottom", static one => one.Zone.Bottom), new("top", static one => one.Zone.Top),
        new("strength", static one => one.Strength), new("formed_at", static one => one.FormedAt), new("confirmed_at", static one => one.ConfirmedAt), new("known_at", static one => one.KnownAt), new("recorded_at", static one => one.RecordedAt),
        new("expires_at", static one => one.ExpiresAt), new("status", static one => one.Status.Word()), new("touched_at", static one => one.TouchedAt), new("filled_at", static one => one.FilledAt), new("fill_percent", static one => one.FillPercent),
        new("ended_at", static one => one.EndedAt), new("end_reason", static one => one.EndReason), new("entry", static one => one.Plan?.Entry), new("stop", static one => one.Plan?.Stop),
        new("targets", static one => one.Plan is null ? null : string.Join(' ', one.Plan.Targets.Select(static target => target.ToString(System.Globalization.CultureInfo.InvariantCulture)))), new("rule", static one => one.Rule), new("parameters", static one => one.Parameters),
    ];

    static async Task<PatternDetail> One(long id, Caller caller, SightDesk sights, PatternTable table, CandleStore store, ReliabilityBook book, CancellationToken stop)
    {
        var pattern = await Seen(id, sights.Of(caller), table, stop);
        var length = TimeSpan.FromMinutes(pattern.Series.Timeframe.Minutes);
        var earliest = pattern.ConfirmedAt - (length * 59);
        var candles = await store.Load(pattern.Series, pattern.FirstAt > earliest ? pattern.FirstAt : earliest, pattern.ConfirmedAt + length, stop);
        return new PatternDetail(pattern.View(book.Of(pattern)), PatternReasons.Of(pattern, candles), CandleEndpoints.Rows(candles));
    }

    static async Task<PatternAsOf> AsOf(long id, [AsParameters] AsOfRequest request, Caller caller, SightDesk sights, PatternTable table, CandleStore store, CancellationToken stop)
    {
        var pattern = await Seen(id, sights.Of(caller), table, stop);
        var at = request.At!.Value;
        if (pattern.KnownAt > at)
        {
            return new PatternAsOf(id, at, IsKnown: false, null);
        }
        var candles = await store.Load(pattern.Series, pattern.ConfirmedAt, at, stop);
        // The record is counted to today, this pattern's own outcome included: it was not known then.
        return new PatternAsOf(id, at, IsKnown: true, Hindsight.At(pattern, at, candles).View(null));
    }

    /// <summary>The pattern, where the caller may see it.</summary>
    static async Task<StoredPattern> Seen(long id, PatternSight sight, PatternTable table, CancellationToken stop)
    {
        var pattern = await table.Find(id, stop) ?? throw new TidemarkException(ErrorCode.NotFound, "There is no such pattern.");
        sight.Require(pattern.Series.Symbol);
        sight.Require(pattern.Kind);
        sight.Require((await sight.ShownOf(table, pattern.Series.Source, stop))(pattern), Entitlements.Patterns);
        return pattern;
    }
}
