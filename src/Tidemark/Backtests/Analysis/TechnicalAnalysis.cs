using Microsoft.EntityFrameworkCore;
using Tidemark.Backtests.CustomIndicators;
using Tidemark.Backtests.Drawing;
using Tidemark.Market;
using Tidemark.Market.Candles;
using Tidemark.Market.Quality;
using Tidemark.Platform.Api;
using Tidemark.Platform.Database;
using Tidemark.Quant.Indicators;
using Tidemark.Quant.Series;

namespace Tidemark.Backtests.Analysis;

/// <summary>Indicators over a period of one series.</summary>
public sealed record Analysed(SeriesKey Series, CandleSlice Candles, DateTimeOffset From, DateTimeOffset Until, IReadOnlyList<Reading> Readings);

/// <summary>Computes indicators over stored candles and draws them.</summary>
public sealed class TechnicalAnalysis(CandleStore store, SeriesCatalog catalog, QualityTable quality, TimeProvider clock)
{
    const int MostBars = 20_000;
    const string OwnPrefix = "own:";

    /// <summary>What a caller's words for indicators mean; his own are named own:301.</summary>
    public static async Task<IReadOnlyList<AskedIndicator>> Parse(IEnumerable<string> names, Caller caller, TidemarkDb db, CancellationToken stop)
    {
        var asked = new List<AskedIndicator>();
        foreach (var name in names.Distinct(StringComparer.OrdinalIgnoreCase))
        {
            asked.Add(name.StartsWith(OwnPrefix, StringComparison.OrdinalIgnoreCase) ? await Own(name, caller, db, stop) : AskedIndicator.Parse(name));
        }
        return asked;
    }

    static async Task<AskedIndicator> Own(string name, Caller caller, TidemarkDb db, CancellationToken stop)
    {
        var user = caller.UserId;
        var found = long.TryParse(name.AsSpan(OwnPrefix.Length), out var id)
            ? await db.Set<CustomIndicator>().AsNoTracking().FirstOrDefaultAsync(one => one.Id == id && one.UserId == user, stop)
            : null;
        return found is null
            ? throw FormulaText.Refused("indicators", "There is no such indicator of yours; GET /api/v1/indicators/custom lists them.")
            : new AskedIndicator.Own(name.ToLowerInvariant(), found.Name, FormulaText.Must(found.Formula, CustomIndicatorEndpoints.Kept(found)));
    }

    /// <summary>The candles of a period that ends with the newest, and the indicators over them.</summary>
    public async Task<Analysed> Over(SeriesKey key, string period, IReadOnlyList<AskedIndicator> asked, CancellationToken stop)
    {
        Periods.Check(period);
        if (await catalog.Find(key, stop) is not { FirstOpen: { } first, LastOpen: { } last })
        {
            throw NoCandles.Refusal(key, null, null, null, null);
        }
        var now = clock.GetUtcNow();
        var closed = last.AddMinutes(key.Timeframe.Minutes);
        // Recorded and paused series end where they end; a live one is measured up to now.
        var until = key.Source.Provenance == Provenance.Recorded || closed > now ? closed : key.Timeframe.Floor(now);
        var from = Periods.Before(until, period) ?? first;
        if ((until - from).TotalMinutes / key.Timeframe.Minutes > MostBars)
        {
            throw FormulaText.Refused("period", $"The period holds more than {MostBars:N0} candles of {key.Timeframe}; ask for a shorter one or a longer timeframe.");
        }
        var before = asked.Max(one => one.Before(key.Timeframe));
        var candles = await store.Load(key, from.AddMinutes(-(double)before * key.Timeframe.Minutes), until, stop);
        var shown = candles.Count - FirstAt(candles, from.ToUnixTimeMilliseconds());
        if (shown == 0)
        {
            throw NoCandles.Refusal(key, from, until, first, closed);
        }
        return new Analysed(key, candles.Slice(candles.Count - shown, shown), from, until, [.. asked.Select(one => one.Over(candles, shown, key.Timeframe))]);
    }

    public Task<Coverage> Coverage(Analysed analysed, CancellationToken stop) => Backtests.Coverage.Of(analysed.Series, analysed.Candles, analysed.From, analysed.Until, quality, stop);

    static int FirstAt(CandleSlice candles, long time)
    {
        var place = candles.Times.BinarySearch(time);
        return place >= 0 ? place : ~place;
    }

    /// <summary>Candles with what is drawn over them, and a pane for each of the rest.</summary>
    public static string Draw(Analysed analysed, Theme theme)
    {
        var inks = new[] { Ink.Series2, Ink.Series3, Ink.Series4, Ink.Series5, Ink.Series6, Ink.Series7, Ink.Series8, Ink.Series1 };
        var used = 0;
        IReadOnlyList<ChartLine> Lines(Reading reading) =>
            [.. reading.Outputs.Select(output => new ChartLine(reading.Outputs.Count == 1 ? reading.Title : $"{reading.Title} {output.Name}", inks[used++ % inks.Length], Shifted(output)) { IsBars = output.Name == "histogram" })];
        var overlays = analysed.Readings.Where(static reading => reading.Placement == IndicatorPlacement.Overlay).SelectMany(Lines).ToList();
        List<ChartPane> panes = [new ChartPane(analysed.Series.Symbol.ToString(), 3) { Candles = analysed.Candles, Lines = overlays }];
        foreach (var reading in analysed.Readings.Where(static reading => reading.Placement == IndicatorPlacement.Pane))
        {
            used = 0;
            var isRsi = reading.Key == "RSI" || reading.Key.StartsWith("RSI(", StringComparison.Ordinal);
            panes.Add(new ChartPane(reading.Title, 1.2) { Lines = Lines(reading), Guides = isRsi ? [new(70, "70"), new(30, "30")] : [], Fixed = isRsi ? (0, 100) : null });
        }
        var key = analysed.Series;
        var note = $"{key.Timeframe} candles from {key.Source.Name} ({key.Source.Provenance.ToString().ToLowerInvariant()}), UTC";
        return Chart.Draw($"{key.Symbol} {key.Timeframe}", note, analysed.Candles.Times, panes, theme);
    }

    /// <summary>A line where a chart draws it; what would stand outside of the chart is cut off.</summary>
    static double[] Shifted(Reading.Output output)
    {
        if (output.Shift == 0)
        {
            return output.Values;
        }
        var shifted = new double[output.Values.Length];
        for (var i = 0; i < shifted.Length; i++)
        {
            var from = i - output.Shift;
            shifted[i] = from >= 0 && from < output.Values.Length ? output.Values[from] : double.NaN;
        }
        return shifted;
    }
}
