using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.AspNetCore.Mvc;
using Tidemark.Market;
using Tidemark.Market.Candles;
using Tidemark.Market.Symbols;
using Tidemark.Patterns.Stored;
using Tidemark.Platform.Api;
using Tidemark.Quant.Patterns;

namespace Tidemark.Patterns.Reading;

/// <summary>Which patterns a caller asks for.</summary>
public sealed record PatternRequest(
    [property: FromQuery(Name = "symbol"), Description("Only this symbol; several separated by commas."), MaxLength(400)] string? Symbol = null,
    [property: FromQuery(Name = "timeframe"), Description("Only this timeframe; several separated by commas."), MaxLength(40)] string? Timeframe = null,
    [property: FromQuery(Name = "kind"), Description("Only this kind: FVG, OB, SWEEP, BREAKER or MITIGATION; several separated by commas."), MaxLength(80)] string? Kind = null,
    [property: FromQuery(Name = "direction"), Description("Only bullish or bearish ones."), MaxLength(8)] string? Direction = null,
    [property: FromQuery(Name = "status"), Description("active (the default), ended, all, or one way to end: filled, invalidated, completed, expired."), MaxLength(12)] string Status = "active",
    [property: FromQuery(Name = "covered"), Description("Of active patterns: hide (the default) leaves out those that an earlier one of the same series, kind and direction covers; show leaves none out."), MaxLength(4)] string Covered = "hide",
    [property: FromQuery(Name = "strength"), Description("At least this strength, 0 to 100."), Range(0, 100)] double Strength = 0,
    [property: FromQuery(Name = "from"), Description("Known at this moment or later, UTC.")] DateTimeOffset? From = null,
    [property: FromQuery(Name = "to"), Description("Known before this moment, UTC.")] DateTimeOffset? To = null,
    [property: FromQuery(Name = "source"), Description("Name of the source; unset, the one in use."), MaxLength(40)] string? Source = null);

/// <summary>Reads what callers write.</summary>
public static class PatternRequests
{
    /// <summary>What the request means for somebody who may see so much; null where there is no source yet.</summary>
    public static async Task<PatternFilter?> Read(PatternRequest request, PatternSight sight, SymbolBook symbols, SourceInUse inUse, CancellationToken stop)
    {
        var named = new List<Symbol>();
        foreach (var text in Split(request.Symbol))
        {
            var symbol = (await symbols.Find(text, stop)).Symbol;
            sight.Require(symbol);
            named.Add(symbol);
        }
        var kinds = Split(request.Kind).Select(text => Kind(text)!.Value).ToList();
        kinds.ForEach(sight.Require);
        var source = request.Source is not null && named.Count > 0 ? await symbols.SourceOf(named[0], request.Source, stop) : inUse.Current ?? (named.Count > 0 ? await symbols.SourceOf(named[0], null, stop) : null);
        if (source is null)
        {
            return null;
        }
        var timeframes = Split(request.Timeframe).Select(CandleEndpoints.StoredTimeframe).ToList();
        return new PatternFilter
        {
            Source = source,
            Symbols = named.Count > 0 ? named : sight.Symbols?.ToList(),
            Kinds = kinds.Count > 0 ? kinds : sight.Kinds?.ToList(),
            Timeframes = timeframes.Count > 0 ? timeframes : null,
            Direction = DirectionOf(request.Direction),
            IsActive = request.Status.ToLowerInvariant() switch { "active" => true, "ended" => false, _ => null },
            Status = StatusOf(request.Status),
            LeavesOutCovered = HidesCovered(request),
            Strength = request.Strength,
            From = request.From,
            To = request.To,
            Newest = sight.History is { } most ? (sight.Symbols, sight.Kinds, most) : null,
        };
    }

    public static PatternKind? Kind(string? text) =>
        text is null ? null : PatternWords.TryKind(text, out var kind) ? kind : throw Refused("kind", "must be FVG, OB, SWEEP, BREAKER or MITIGATION");

    public static Direction? DirectionOf(string? text) => text?.ToLowerInvariant() switch
    {
        null => null,
        "bullish" or "long" or "buy" => Quant.Patterns.Direction.Bullish,
        "bearish" or "short" or "sell" => Quant.Patterns.Direction.Bearish,
        _ => throw Refused("direction", "must be bullish or bearish"),
    };

    static PatternStatus? StatusOf(string text) => text.ToLowerInvariant() switch
    {
        "active" or "ended" or "all" => null,
        "filled" => PatternStatus.Filled,
        "invalidated" => PatternStatus.Invalidated,
        "completed" => PatternStatus.Completed,
        "expired" => PatternStatus.Expired,
        _ => throw Refused("status", "must be active, ended, all, filled, invalidated, completed or expired"),
    };

    static bool HidesCovered(PatternRequest request) => request.Covered.ToLowerInvariant() switch
    {
        "hide" => request.Status.Equals("active", StringComparison.OrdinalIgnoreCase),
        "show" => false,
        _ => throw Refused("covered", "must be hide or show"),
    };

    public static TidemarkException Refused(string field, string fault) =>
        new(ErrorCode.ValidationFailed, $"{field} {fault}.", new Dictionary<string, object?> { ["fields"] = new Dictionary<string, object?> { [field] = new[] { fault } } });

    static string[] Split(string? text) => (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
