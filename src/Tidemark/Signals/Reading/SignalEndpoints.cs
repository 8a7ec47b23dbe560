using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Tidemark.Access;
using Tidemark.Market;
using Tidemark.Market.Candles;
using Tidemark.Market.Symbols;
using Tidemark.Patterns.Reading;
using Tidemark.Patterns.Stored;
using Tidemark.Platform.Api;
using Tidemark.Quant.Patterns.Confluence;
using Tidemark.Signals.Issuing;

namespace Tidemark.Signals.Reading;

/// <summary>Signals of all origins, how they went, and the chart that shows them with everything they rest on.</summary>
public static class SignalEndpoints
{
    const int MostExported = 50_000, MostOnChart = 200;

    public static void Map(RouteGroupBuilder signals)
    {
        signals.MapGet("", List).Allow(Caller.SignedIn, "read:signals").WithSummary("Signals, the one known last first");
        signals.MapGet("/latest", Latest).Allow(Caller.SignedIn, "read:signals").WithSummary("The newest signal of each symbol, direction and origin that has not ended");
        signals.MapGet("/summary", SignalSummaries.Read).Allow(Caller.SignedIn, "read:signals").WithSummary("How many signals there are, and how many of them your plan leaves locked");
        signals.MapGet("/export", Export).Allow(Caller.SignedIn, "read:signals").WithSummary("The same as a file: CSV or JSON").ExcludeFromDescription();
        signals.MapGet("/{id:long}", One).Allow(Caller.SignedIn, "read:signals").WithSummary("One signal");
        signals.MapPost("/refresh", Refresh).Allow(Caller.SignedIn, "write:scan").WithSummary("Have the candles stored since the last look looked at now");
    }

    public static void MapOverlay(RouteGroupBuilder overlay) =>
        overlay.MapGet("/{symbol}/{tf}", Overlay).Allow(Caller.SignedIn, "read:patterns").WithSummary("What a chart shows besides its candles: zones, structure, swings, equal levels and signals, as they were known at a moment");

    public sealed record SignalRequest(
        [property: FromQuery(Name = "symbol"), Description("Only this symbol; several separated by commas."), MaxLength(400)] string? Symbol = null,
        [property: FromQuery(Name = "origin"), Description("Only this origin: smc, strategy, provider or tradingview."), MaxLength(12)] string? Origin = null,
        [property: FromQuery(Name = "direction"), Description("Only bullish (buy) or bearish (sell) ones."), MaxLength(8)] string? Direction = null,
        [property: FromQuery(Name = "class"), Description("At least this class: moderate, strong or veryStrong."), MaxLength(12)] string? Class = null,
        [property: FromQuery(Name = "status"), Description("running, over, all (the default), or one of open, triggered, target, completed, stopped, expired, cancelled."), MaxLength(12)] string Status = "all",
        [property: FromQuery(Name = "from"), Description("Known at this moment or later, UTC.")] DateTimeOffset? From = null,
        [property: FromQuery(Name = "to"), Description("Known before this moment, UTC.")] DateTimeOffset? To = null,
        [property: FromQuery(Name = "source"), Description("Name of the source; unset, the one in use."), MaxLength(40)] string? Source = null);

    public sealed record OverlayRequest(
        [property: FromQuery(Name = "from"), Description("Open time of the first candle shown, UTC; unset, 500 candles before the end.")] DateTimeOffset? From = null,
        [property: FromQuery(Name = "to"), Description("Open time that all candles shown are before, UTC; unset, now.")] DateTimeOffset? To = null,
        [property: FromQuery(Name = "asOf"), Description("Nothing is shown that was not known at this moment, UTC; unset, now.")] DateTimeOffset? AsOf = null,
        [property: FromQuery(Name = "source"), Description("Name of the source; unset, the one in use."), MaxLength(40)] string? Source = null);

    public sealed record OverlayAnswer(
        string Symbol,
        string Timeframe,
        string Source,
        Provenance Provenance,
        DateTimeOffset From,
        DateTimeOffset To,
        [property: Description("Nothing in this answer rests on anything later than this; signals recomputed from history are marked retrospective, and records, which are counted to today, are left out, UTC.")] DateTimeOffset AsOf,
        [property: Description("Patterns that were alive in the range, as they stood then, oldest first.")] IReadOnlyList<PatternView> Zones,
        [property: Description("Ids of the zones active then that an earlier active one of the same kind and direction covers; a chart may leave them out.")] IReadOnlyList<long> Covered,
        IReadOnlyList<SwingMark> Swings,
        IReadOnlyList<StructureMark> Structure,
        IReadOnlyList<EqualLevelMark> EqualLevels,
        [property: Description("The latest swing range; null before there is one.")] RangeMark? Range,
        [property: Description("Signals known in the range; their outcomes only where they were known by then.")] IReadOnlyList<SignalView> Signals,
        [property: Description("What the plan leaves locked.")] IReadOnlyList<Locked> Locks);

    public sealed record RefreshAnswer([property: Description("Symbols whose candles are looked at now; what they show is told over the channel `signals`.")] int Symbols);

    static async Task<Page<SignalView>> List([AsParameters] SignalRequest request, [AsParameters] PageRequest page, Caller caller, SightDesk sights, SymbolBook symbols, SourceInUse inUse, SignalReader reader, SignalFigures figures, CancellationToken stop)
    {
        var sight = sights.Of(caller);
        sight.RequireSignals();
        var filter = await Filter(request, sight, symbols, inUse, stop);
        (DateTimeOffset, long)? before = page.Cursor is null ? null : await reader.PlaceOf(page.Before, stop) ?? throw new TidemarkException(ErrorCode.InvalidCursor);
        var found = filter is null ? [] : await reader.Newest(filter, before, page.Limit + 1, stop);
        var shown = found.Take(page.Limit).ToList();
        return new Page<SignalView>([.. shown.Select(one => SignalView.Of(one, figures))], page.Limit, found.Count > page.Limit ? PageRequest.CursorAt(shown[^1].Id) : null);
    }

    static async Task<IReadOnlyList<SignalView>> Latest(Caller caller, SightDesk sights, SymbolBook symbols, SourceInUse inUse, SignalReader reader, SignalFigures figures, CancellationToken stop)
    {
        var sight = sights.Of(caller);
        sight.RequireSignals();
        var filter = await Filter(new SignalRequest(Status: "running"), sight, symbols, inUse, stop);
        var found = filter is null ? [] : await reader.Newest(filter, null, 2_000, stop);
        return [.. found.DistinctBy(static one => (one.Of.Symbol, one.Terms.Direction, one.Terms.Origin)).Select(one => SignalView.Of(one, figures))];
    }

    static async Task<EmptyHttpResult> Export([AsParameters] SignalRequest request, [FromQuery] string? format, HttpContext http, Caller caller, SightDesk sights, SymbolBook symbols, SourceInUse inUse, SignalReader reader, SignalFigures figures, CancellationToken stop)
    {
        var sight = sights.Of(caller);
        sight.RequireSignals();
        var filter = await Filter(request, sight, symbols, inUse, stop);
        var found = filter is null ? [] : await reader.Newest(filter, null, MostExported, stop);
        await ExportFile.Write(http, "signals", format, [.. found.Select(one => SignalView.Of(one, figures))], Columns, stop);
        return TypedResults.Empty;
    }

    static readonly ExportColumn<SignalView>[] Columns =
    [
        new("id", static one => one.Id), new("symbol", static one => one.Symbol), new("source", static one => one.Source), new("provenance", static one => one.Provenance.ToString().ToLowerInvariant()),
        new("origin", static one => one.Origin.ToString().ToLowerInvariant()), new("strategy", static one => one.Strategy), new("action", static one => one.Action), new("timeframe", static one => one.Timeframe),
        new("class", static one => one.Class?.ToString()), new("score", static one => one.Score), new("entry", static one => one.Entry), new("stop_loss", static one => one.StopLoss),
        new("targets", static one => string.Join(' ', one.Targets.Select(static target => target.ToString("R", System.Globalization.CultureInfo.InvariantCulture)))), new("risk_percent", static one => one.RiskPercent),
        new("known_at", static one => one.KnownAt), new("issued_at", static one => one.IssuedAt), new("valid_until", static one => one.ValidUntil), new("retrospective", static one => one.IsRetrospective ? "yes" : "no"),
        new("status", static one => one.Status.ToString().ToLowerInvariant()), new("triggered_at", static one => one.TriggeredAt), new("targets_hit", static one => one.TargetsHit), new("ended_at", static one => one.EndedAt),
        new("outcome_r", static one => one.OutcomeR), new("ambiguous", static one => one.IsAmbiguous ? "yes" : "no"), new("rule", static one => one.Rule), new("hash", static one => one.Hash),
    ];

    static async Task<SignalView> One(long id, Caller caller, SightDesk sights, SignalReader reader, SignalFigures figures, CancellationToken stop)
    {
        var signal = await reader.Find(id, stop) ?? throw new TidemarkException(ErrorCode.NotFound, "There is no such signal.");
        var sight = sights.Of(caller);
        sight.RequireSignals();
        sight.Require(signal.Of.Symbol);
        if (sight.Signals is { } most)
        {
            var newest = await reader.Newest(new SignalFilter { Source = signal.Of.Source, Symbols = sight.Symbols?.ToList() }, null, most, stop);
            sight.Require(newest.Any(one => one.Id == id), Entitlements.Signals);
        }
        return SignalView.Of(signal, figures);
    }

    static async Task<RefreshAnswer> Refresh(Caller caller, SightDesk sights, SignalRefresh refresh, CancellationToken stop)
    {
        sights.Of(caller).RequireSignals();
        return new RefreshAnswer(await refresh.Ask(stop));
    }

    static async Task<OverlayAnswer> Overlay(
        [Description("Symbol, as BTC-USDT, BTCUSDT or BTC%2FUSDT.")] string symbol,
        [Description("Length of a candle: 1m, 5m, 15m, 30m, 1h, 2h, 4h or 1d.")] string tf,
        [AsParameters] OverlayRequest request,
        Caller caller,
        SightDesk sights,
        SymbolBook symbols,
        ChartOverlay chart,
        SignalReader reader,
        SignalFigures figures,
        TimeProvider clock,
        CancellationToken stop)
    {
        var sight = sights.Of(caller);
        var timeframe = CandleEndpoints.StoredTimeframe(tf);
        var found = (await symbols.Find(symbol, stop)).Symbol;
        sight.Require(found);
        var series = new SeriesKey(await symbols.SourceOf(found, request.Source, stop), found, timeframe);
        var now = clock.GetUtcNow();
        var until = request.To ?? now;
        var from = request.From ?? until.AddMinutes(-500.0 * timeframe.Minutes);
        if (from > until || (until - from).TotalMinutes / timeframe.Minutes > 5_000)
        {
            throw PatternRequests.Refused("from", "must lie before the end, by no more than 5000 candles");
        }
        var isPast = request.AsOf < now;
        var asOf = isPast ? request.AsOf!.Value : now;
        var parts = await chart.Read(series, from, until, asOf, isPast, sight, stop);
        var signals = sight.SeesSignals ? await Signals(series, from, until < asOf ? until : asOf, asOf, isPast, sight, reader, figures, stop) : [];
        return new OverlayAnswer(
            found.ToString(), timeframe.ToString(), series.Source.Name, series.Source.Provenance, from, until, asOf, parts.Zones, parts.Covered, parts.Swings, parts.Structure, parts.EqualLevels, parts.Range, signals, sight.Locks);
    }

    static async Task<IReadOnlyList<SignalView>> Signals(SeriesKey series, DateTimeOffset from, DateTimeOffset until, DateTimeOffset asOf, bool isPast, PatternSight sight, SignalReader reader, SignalFigures figures, CancellationToken stop)
    {
        var filter = new SignalFilter
        {
            Source = series.Source,
            Symbols = [series.Symbol],
            RunningAt = from,
            To = until.AddMilliseconds(1),
            Newest = sight.Signals is { } most ? (sight.Symbols?.ToList(), most) : null,
        };
        var found = await reader.Newest(filter, null, MostOnChart, stop);
        if (!isPast)
        {
            return [.. found.Select(one => SignalView.Of(one, figures)).Reverse()];
        }
        // Records are counted to today: they were not known then.
        return [.. found.Select(one => SignalView.Of(WithoutHindsight(one, asOf.ToUnixTimeMilliseconds()), figures).WithoutRecords()).Reverse()];
    }

    /// <summary>The signal as it stood: what came later is taken away. Targets in between are only told once it is over.</summary>
    static StoredSignal WithoutHindsight(StoredSignal signal, long asOf)
    {
        var life = signal.Life;
        if (life.EndedAt is { } ended ? ended <= asOf : signal.ChangedAt.ToUnixTimeMilliseconds() <= asOf)
        {
            return signal;
        }
        var isIn = life.TriggeredAt is { } triggered && triggered <= asOf;
        return signal with { Life = new SignalLife(isIn ? SignalStatus.Triggered : SignalStatus.Open, isIn ? life.TriggeredAt : null, 0, null, null, false) };
    }

    static async Task<SignalFilter?> Filter(SignalRequest request, PatternSight sight, SymbolBook symbols, SourceInUse inUse, CancellationToken stop)
    {
        var patterns = await PatternRequests.Read(new PatternRequest(request.Symbol, Direction: request.Direction, From: request.From, To: request.To, Source: request.Source), sight with { Kinds = null }, symbols, inUse, stop);
        return patterns is null ? null : new SignalFilter
        {
            Source = patterns.Source,
            Symbols = patterns.Symbols,
            Direction = patterns.Direction,
            Origin = request.Origin is null ? null : Word<SignalOrigin>(request.Origin, "origin"),
            Classes = request.Class is null ? null : [.. Enum.GetValues<ConfluenceGrade>().Where(grade => grade >= Word<ConfluenceGrade>(request.Class, "class"))],
            Statuses = request.Status.ToLowerInvariant() switch
            {
                "all" => null,
                "running" => [SignalStatus.Open, SignalStatus.Triggered, SignalStatus.Target],
                "over" => [SignalStatus.Completed, SignalStatus.Stopped, SignalStatus.Expired, SignalStatus.Cancelled],
                _ => [Word<SignalStatus>(request.Status, "status")],
            },
            From = request.From,
            To = request.To,
            Newest = sight.Signals is { } most ? (sight.Symbols?.ToList(), most) : null,
        };
    }

    static T Word<T>(string text, string field)
        where T : struct, Enum =>
        !char.IsAsciiDigit(text.FirstOrDefault('0')) && Enum.TryParse<T>(text, ignoreCase: true, out var value) && Enum.IsDefined(value)
            ? value
            : throw PatternRequests.Refused(field, $"must be one of {string.Join(", ", Enum.GetNames<T>().Select(static name => char.ToLowerInvariant(name[0]) + name[1..]))}");
}
