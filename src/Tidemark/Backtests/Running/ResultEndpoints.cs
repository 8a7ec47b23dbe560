using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using Tidemark.Backtests.CustomIndicators;
using Tidemark.Backtests.Drawing;
using Tidemark.Backtests.Results;
using Tidemark.Platform.Api;

namespace Tidemark.Backtests.Running;

/// <summary>What came out of a run: trades, curves, tables, pictures, files, comparisons.</summary>
static class ResultEndpoints
{
    const int MostCompared = 8;

    public static void Map(RouteGroupBuilder backtest)
    {
        backtest.MapGet("/runs/{id}/trades", Trades).Allow(Caller.SignedIn, "read:backtests").WithSummary("A run's closed trades, in the order in which they were closed").Shows(new Page<RunTrade>([RunExamples.Trade], 50, null));
        backtest.MapGet("/runs/{id}/equity", Equity).Allow(Caller.SignedIn, "read:backtests").WithSummary("A run's equity and drawdown, every extreme kept").Shows(RunExamples.Curve);
        backtest.MapGet("/runs/{id}/trials", Table).Allow(Caller.SignedIn, "read:backtests").WithSummary("The combinations of an optimisation, best first").Shows(new Page<TrialRow>([RunExamples.Row], 50, null));
        backtest.MapGet("/runs/{id}/heatmap", Heat).Allow(Caller.SignedIn, "read:backtests").WithSummary("A measure of an optimisation over two settings").Shows(RunExamples.Heat);
        backtest.MapGet("/runs/{id}/equity.svg", Picture).Allow(Caller.SignedIn, "read:backtests").WithSummary("Equity and drawdown of a run as SVG").ExcludeFromDescription();
        backtest.MapGet("/runs/{id}/export", Export).Allow(Caller.SignedIn, "read:backtests").WithSummary("A run as a file: CSV, JSON or XLSX").ExcludeFromDescription();
        backtest.MapGet("/compare", Compare).Allow(Caller.SignedIn, "read:backtests").WithSummary("Several runs beside each other, and in what they differ").Shows(RunExamples.Comparison);
    }

    public enum CurveKind
    {
        Run,
        OutOfSample,
    }

    public sealed record EquityCurve(
        [property: Description("run, outOfSample or paper.")] string Curve,
        [property: Description("[time in UTC milliseconds, equity in the quote currency, drawdown as a fraction (0 or above), what buying and holding the first symbol would be worth (quote currency, or null)], oldest first.")] IReadOnlyList<double?[]> Points,
        [property: Description("Bars of the whole curve, a count.")] int Bars,
        [property: Description("Points answered, a count.")] int Shown,
        [property: Description("Quote currency.")] double InitialCapital,
        string Text);

    public sealed record HeatMapView(
        TriedSetting X,
        TriedSetting Y,
        string Measure,
        [property: Description("median or best: which of the combinations that share a cell is shown.")] string Pick,
        [property: Description("Row by row of y, in the measure's own unit; null where no combination has it.")] IReadOnlyList<IReadOnlyList<double?>> Cells,
        [property: Description("Combinations behind each cell, a count.")] IReadOnlyList<IReadOnlyList<int>> Counts,
        string Text);

    public sealed record ComparedCurve(
        string BacktestId,
        [property: Description("run or outOfSample.")] string Curve,
        [property: Description("[time in UTC milliseconds, growth (1 at the start)], oldest first.")] IReadOnlyList<double[]> Points);

    public sealed record Comparison(
        IReadOnlyList<Run> Runs,
        IReadOnlyList<ComparedCurve> Curves,
        [property: Description("Fields in which they differ, as parameters.period.")] IReadOnlyList<string> Differences,
        [property: Description("Whether symbols, timeframe, period and source are the same, so that figures can be held against each other.")] bool Comparable,
        string Text);

    static async Task<T> Part<T>(StoredRun run, ResultPart part, RunTable table, CancellationToken stop) =>
        run.Status != RunStatus.Done ? throw new TidemarkException(ErrorCode.Conflict, $"{run.Code} is {RunTable.Word(run.Status)}; there is no result.")
        : await table.Part(run.Id, part, stop) is { } packed ? Packing.Unpack<T>(packed)
        : throw new TidemarkException(ErrorCode.NotFound, part == ResultPart.Trials ? $"{run.Code} is no search and has no table." : $"{run.Code} is a search and has none of this; run one of its combinations.");

    static async Task<Page<RunTrade>> Trades(
        string id, [Description("run or outOfSample; unset, run.")] Word<CurveKind>? curve, [AsParameters] PageRequest page, Caller caller, RunTable table, CancellationToken stop)
    {
        var run = await RunEndpoints.Own(id, caller, table, stop);
        var wanted = RunTable.Word(curve?.Value ?? CurveKind.Run);
        var all = (await Part<List<RunTrade>>(run, ResultPart.Trades, table, stop)).Where(trade => trade.Curve == wanted).ToList();
        return Slice(all, page);
    }

    /// <summary>A page of a list in order of its numbers.</summary>
    internal static Page<T> Slice<T>(IReadOnlyList<T> all, PageRequest page)
    {
        var from = page.Cursor is null ? 0 : (int)Math.Clamp(page.Before, 0, all.Count);
        var shown = all.Skip(from).Take(page.Limit).ToList();
        return new Page<T>(shown, page.Limit, from + shown.Count < all.Count ? PageRequest.CursorAt(from + shown.Count) : null);
    }

    static async Task<EquityCurve> Equity(
        string id, [Description("run or outOfSample; unset, run.")] Word<CurveKind>? curve, [Description("Most points, about."), Range(50, 5_000)] int? points, Caller caller, RunTable table, CancellationToken stop)
    {
        var run = await RunEndpoints.Own(id, caller, table, stop);
        var kind = curve?.Value ?? CurveKind.Run;
        return View(RunTable.Word(kind), Chosen(await Part<KeptCurves>(run, ResultPart.Curve, table, stop), kind), points ?? 1_000);
    }

    static KeptCurve Chosen(KeptCurves curves, CurveKind kind) =>
        (kind == CurveKind.Run ? curves.Run : curves.OutOfSample) ?? throw new TidemarkException(ErrorCode.NotFound, "The period was too short for an out-of-sample curve.");

    internal static EquityCurve View(string name, KeptCurve kept, int points)
    {
        var places = Thinning.Places(kept.Equity, points);
        var shown = places.Select(place => new double?[] { kept.Times[place], kept.Equity[place], kept.Drawdown[place], kept.Hold?[place] }).ToList();
        var said = shown.Count == kept.Bars ? "Every bar." : string.Create(CultureInfo.InvariantCulture, $"{shown.Count:N0} of {kept.Bars:N0} bars: of each stretch the lowest and the highest, so that no extreme is lost.");
        return new EquityCurve(name, shown, kept.Bars, shown.Count, kept.Initial, said);
    }

    static async Task<Page<TrialRow>> Table(
        string id, [Description("score, sharpeRatio, totalReturn, maxDrawdownRatio, profitFactor, winRate or totalTrades; unset, score."), MaxLength(40)] string? order, [AsParameters] PageRequest page, Caller caller, RunTable table, CancellationToken stop)
    {
        var kept = await Part<KeptTrials>(await RunEndpoints.Own(id, caller, table, stop), ResultPart.Trials, table, stop);
        var rows = Enumerable.Range(0, kept.Trials.Count).Select(place => ReportMaker.Row(kept, place)).ToList();
        return Slice(order is null or "score" ? rows : [.. rows.OrderByDescending(Measured(order)).ThenBy(static row => row.Rank)], page);
    }

    static Func<TrialRow, double?> Measured(string measure) => measure switch
    {
        "score" => static row => row.Score,
        "sharpeRatio" => static row => row.SharpeRatio,
        "sortinoRatio" => static row => row.SortinoRatio,
        "totalReturn" => static row => row.TotalReturn,
        "maxDrawdownRatio" => static row => -row.MaxDrawdownRatio,
        "profitFactor" => static row => row.ProfitFactor,
        "winRate" => static row => row.WinRate,
        "totalTrades" => static row => row.TotalTrades,
        _ => throw FormulaText.Refused("order", "Measures are score, sharpeRatio, sortinoRatio, totalReturn, maxDrawdownRatio, profitFactor, winRate and totalTrades."),
    };

    public sealed record HeatRequest(
        [property: FromQuery(Name = "x"), Description("Setting across; unset, the first that varied."), MaxLength(60)] string? X = null,
        [property: FromQuery(Name = "y"), Description("Setting down; unset, the second that varied."), MaxLength(60)] string? Y = null,
        [property: FromQuery(Name = "measure"), Description("As of /trials; unset, score."), MaxLength(40)] string? Measure = null,
        [property: FromQuery(Name = "pick"), Description("median or best; unset, median."), MaxLength(10)] string? Pick = null);

    static async Task<HeatMapView> Heat(string id, [AsParameters] HeatRequest asked, Caller caller, RunTable table, CancellationToken stop)
    {
        var kept = await Part<KeptTrials>(await RunEndpoints.Own(id, caller, table, stop), ResultPart.Trials, table, stop);
        if (kept.Varied.Count < 2)
        {
            throw new TidemarkException(ErrorCode.Conflict, "A heat map needs two settings that varied; this search has one.");
        }
        var (x, y) = (Varied(kept, asked.X ?? kept.Varied[0].Name, "x"), Varied(kept, asked.Y ?? kept.Varied.First(one => one.Name != (asked.X ?? kept.Varied[0].Name)).Name, "y"));
        if (x.Name == y.Name)
        {
            throw FormulaText.Refused("y", "x and y must be two different settings.");
        }
        var isBest = asked.Pick switch { null or "median" => false, "best" => true, _ => throw FormulaText.Refused("pick", "median or best.") };
        var measure = asked.Measure ?? "score";
        var of = Measured(measure);
        var cells = Enumerable.Range(0, kept.Trials.Count).Select(place => ReportMaker.Row(kept, place)).ToLookup(row => (row.Parameters[x.Name], row.Parameters[y.Name]));
        double? Cell(double across, double down)
        {
            var figures = cells[(across, down)].Select(of).OfType<double>().Order().ToList();
            return figures.Count == 0 ? null : isBest ? figures[^1] : (figures[(figures.Count - 1) / 2] + figures[figures.Count / 2]) / 2;
        }
        // A drawdown is answered as it is, positive, though less of it is better.
        var sign = measure == "maxDrawdownRatio" ? -1 : 1;
        return new HeatMapView(
            x, y, measure, isBest ? "best" : "median", [.. y.Values.Select(down => (IReadOnlyList<double?>)[.. x.Values.Select(across => Cell(across, down) * sign)])],
            [.. y.Values.Select(down => (IReadOnlyList<int>)[.. x.Values.Select(across => cells[(across, down)].Count())])],
            "A good cell among bad ones is luck more likely than not; a plateau is worth a look.");
    }

    static TriedSetting Varied(KeptTrials kept, string name, string field) =>
        kept.Varied.FirstOrDefault(one => one.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) ?? throw FormulaText.Refused(field, $"It did not vary; these did: {string.Join(", ", kept.Varied.Select(static one => one.Name))}.");

    static async Task Picture(string id, Word<Theme>? theme, HttpContext http, Caller caller, RunTable table, CancellationToken stop)
    {
        var run = await RunEndpoints.Own(id, caller, table, stop);
        await SvgAnswer.Send(http, EquityPicture.Draw(run, await Part<KeptCurves>(run, ResultPart.Curve, table, stop), theme?.Value ?? Theme.Auto), stop);
    }

    static async Task Export(
        string id, [Description("trades, equity, trials, or all (XLSX only).")] string? what, [Description("csv, json or xlsx.")] string? format, HttpContext http, Caller caller, RunTable table, RunViews views, CancellationToken stop) =>
        await RunFiles.Send(http, await RunEndpoints.Own(id, caller, table, stop), what, format, table, views, stop);

    static async Task<Comparison> Compare([Description("Runs by id, separated by commas, 2 to 8."), MaxLength(400)] string ids, Caller caller, RunTable table, RunViews views, CancellationToken stop)
    {
        var wanted = ids.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries).Distinct(StringComparer.OrdinalIgnoreCase).ToList();
        if (wanted.Count is < 2 or > MostCompared)
        {
            throw FormulaText.Refused("ids", $"Name 2 to {MostCompared} runs.");
        }
        var (runs, curves, stored) = (new List<Run>(), new List<ComparedCurve>(), new List<StoredRun>());
        foreach (var id in wanted)
        {
            var run = await RunEndpoints.Own(id, caller, table, stop);
            stored.Add(run);
            runs.Add(await views.Of(run, stop));
            if (run.Status == RunStatus.Done && await table.Part(run.Id, ResultPart.Curve, stop) is { } packed)
            {
                var kept = Packing.Unpack<KeptCurves>(packed);
                curves.AddRange(new[] { (Name: "outOfSample", Curve: kept.OutOfSample), (Name: "run", Curve: kept.Run) }.Where(static one => one.Curve is not null).Select(one => Growth(run.Code, one.Name, one.Curve!)));
            }
        }
        var differences = Differences.Of(stored.Select(static run => run.Order));
        var isAlike = stored.Select(static run => (string.Join(',', run.Order.Symbols), run.Order.Timeframe, run.Order.From, run.Order.Until, run.Order.Source, run.Order.Provenance)).Distinct().Count() == 1;
        return new Comparison(runs, curves, differences, isAlike, isAlike ? "All of them saw the same candles." : "They did not see the same candles: their figures cannot be held against each other.");
    }

    static ComparedCurve Growth(string code, string name, KeptCurve curve) =>
        new(code, name, [.. Thinning.Places(curve.Equity, 600).Select(place => new[] { curve.Times[place], Math.Round(curve.Equity[place] / curve.Initial, 8) })]);
}
