using System.ComponentModel;
using Tidemark.Alerts.Kinds;
using Tidemark.Alerts.Reading;
using Tidemark.Market;
using Tidemark.Market.Candles;
using Tidemark.Market.Live;
using Tidemark.Market.Symbols;
using Tidemark.Platform.Api;
using Tidemark.Quant.Series;

namespace Tidemark.Alerts.Rehearsing;

/// <summary>Before an alert is made: what it waits for on the chart, and how often it would have told.</summary>
public static class RehearsalEndpoints
{
    static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);

    public static void Map(RouteGroupBuilder alerts)
    {
        alerts.MapPost("/preview", Preview).Allow(Caller.SignedIn, "read:alerts").WithSummary("What an alert waits for, over the newest candles: for the chart beside the form")
            .Shows(new AlertPreview("BTC/USDT", "binance", Provenance.Live, "1h", "BTC/USDT has RSI(14) below 30 on 1h", "RSI(14) < 30", 29, [1_763_722_800_000], [50_250], [41.2], [false], null, 50_250, Noon, null, false), Rehearsed);
        alerts.MapPost("/rehearsal", Rehearse).Allow(Caller.SignedIn, "read:alerts").WithSummary("How often an alert would have told in the last 90 days, and what the price did after it")
            .Shows(new RehearsalResult("BTC/USDT", "binance", Provenance.Live, "BTC/USDT has RSI(14) below 30 on 1h", "1h", Noon.AddDays(-90), Noon, 90, 2_160, true, null, 14, 1.09, [new(Noon.AddDays(-2), 48_100, 0.004, 0.021)], 0.0021, 14, 0.0087, 14), Rehearsed);
    }

    static NewAlert Rehearsed { get; } = new("BTC-USD", AlertCondition.IndicatorBelow, Metadata: new AlertMetadata("RSI(14)", 30), Timeframe: "1h");

    public sealed record AlertPreview(
        string Market,
        [property: Description("Where the prices come from.")] string Source,
        [property: Description("live, recorded or synthetic.")] Provenance Provenance,
        [property: Description("The candles below; patterns and signals of every timeframe are shown over 1h.")] string Timeframe,
        string Description,
        [property: Description("The condition as a formula, in its usual form; null where it is none.")] string? Formula,
        [property: Description("Steps of work a candle, of 100000.")] long? StepsPerCandle,
        [property: Description("Open times of the newest candles, UTC milliseconds, oldest first.")] IReadOnlyList<long> Times,
        IReadOnlyList<double> Closes,
        [property: Description("What is compared at each of them; null where it is the price, or where it is not defined.")] IReadOnlyList<double?>? Values,
        [property: Description("Whether the condition held at each of them.")] IReadOnlyList<bool>? Holds,
        [property: Description("The price to draw as a line.")] decimal? Level,
        [property: Description("The newest price.")] double? Price,
        DateTimeOffset? PriceAt,
        [property: Description("How far the level is from the newest price, in percent of it.")] double? DistancePercent,
        [property: Description("Whether the condition holds now; null for patterns and signals.")] bool? HoldsNow);

    static async Task<AlertPreview> Preview(NewAlert request, [Description("Candles, 1 to 1000; 300 where not given.")] int? limit, Caller caller, AlertDesk desk, Rehearsal rehearsal, CandleStore store, SymbolBook symbols, LiveMarket live, RateLimits limits, CancellationToken stop)
    {
        await Spend(limits, caller, "alert previews", 1_200, stop);
        var alert = await desk.Draft(request, caller, stop);
        var terms = TermsOf.Alert(alert);
        var series = new SeriesKey(await symbols.SourceOf(terms.Symbol, null, stop), terms.Symbol, terms.JudgedOn == JudgedOn.Candles || alert.Timeframe > 1 ? terms.Timeframe : Timeframe.H1);
        var compared = TermsOf.Compared(alert);
        var shown = Math.Clamp(limit ?? 300, 1, 1_000);
        var wanted = shown + Math.Max(terms.Formula?.CandlesToSettle(series.Timeframe) ?? 0, compared?.CandlesToSettle(series.Timeframe) ?? 0);
        var candles = await store.Newest(series, wanted, stop);
        var drawn = candles.Slice(Math.Max(0, candles.Count - shown), Math.Min(shown, candles.Count));
        var quote = live.Find(terms.Symbol)?.Last;
        var price = quote?.Price ?? (candles.Count > 0 ? candles.Closes[^1] : null);
        var (holds, values) = await rehearsal.InTurn(() => Task.FromResult((Held(terms, candles, drawn.Count, series.Timeframe, stop), Compared(compared, candles, drawn.Count, series.Timeframe, stop))), stop);
        var isPrice = terms.JudgedOn == JudgedOn.Price;
        return new AlertPreview(
            terms.Symbol.ToString(), series.Source.Name, series.Source.Provenance, series.Timeframe.ToString(), terms.Description, terms.Formula?.ToString(), terms.Formula?.StepsPerCandle,
            drawn.Times.ToArray(), drawn.Closes.ToArray(), values, holds, isPrice ? alert.Threshold : null,
            price, quote?.At ?? (candles.Count > 0 ? CandleTable.TimeOf(series.Timeframe.CloseOf(candles.Times[^1])) : null),
            isPrice && price is { } now ? Math.Round(((terms.Threshold / now) - 1) * 100, 4) : null,
            isPrice ? price is { } last ? Beyond(terms, last, last) : null : holds is { Length: > 0 } ? holds[^1] : null);
    }

    static bool Beyond(AlertTerms terms, double low, double high) => terms.Condition switch
    {
        AlertCondition.PriceAbove or AlertCondition.PriceCrossesAbove => high > terms.Threshold,
        AlertCondition.PriceBelow or AlertCondition.PriceCrossesBelow => low < terms.Threshold,
        _ => low <= terms.Threshold && high >= terms.Threshold,
    };

    static bool[]? Held(AlertTerms terms, CandleSlice candles, int shown, Timeframe timeframe, CancellationToken stop)
    {
        if (terms.JudgedOn == JudgedOn.Price)
        {
            return [.. Enumerable.Range(candles.Count - shown, shown).Select(i => Beyond(terms, candles.Lows[i], candles.Highs[i]))];
        }
        if (terms.Formula is not { } formula)
        {
            return null;
        }
        var (run, held) = (formula.Start(timeframe), new bool[shown]);
        for (var i = 0; i < candles.Count; i++)
        {
            Rehearsal.Rest(i, stop);
            var holds = run.Holds(candles[i]);
            if (i >= candles.Count - shown)
            {
                held[i - (candles.Count - shown)] = holds;
            }
        }
        return held;
    }

    static double?[]? Compared(Quant.Formulas.Formula? compared, CandleSlice candles, int shown, Timeframe timeframe, CancellationToken stop)
    {
        if (compared is null)
        {
            return null;
        }
        var (run, values) = (compared.Start(timeframe), new double?[shown]);
        for (var i = 0; i < candles.Count; i++)
        {
            Rehearsal.Rest(i, stop);
            var value = run.Next(candles[i]);
            if (i >= candles.Count - shown)
            {
                values[i - (candles.Count - shown)] = double.IsFinite(value) ? value : null;
            }
        }
        return values;
    }

    static async Task<RehearsalResult> Rehearse(NewAlert request, Caller caller, AlertDesk desk, Rehearsal rehearsal, SymbolBook symbols, RateLimits limits, CancellationToken stop)
    {
        await Spend(limits, caller, "alert rehearsals", 120, stop);
        var terms = TermsOf.Alert(await desk.Draft(request, caller, stop));
        return await rehearsal.Run(terms, await symbols.SourceOf(terms.Symbol, null, stop), stop);
    }

    static async Task Spend(RateLimits limits, Caller caller, string what, int anHour, CancellationToken stop)
    {
        if (!(await limits.Spend(new RateBucket(what, anHour, TimeSpan.FromHours(1)), caller.Key, stop)).Allowed)
        {
            throw new TidemarkException(ErrorCode.RateLimited, $"{anHour} {what} an hour are enough.");
        }
    }
}
