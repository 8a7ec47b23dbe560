using System.Text.Json;
using Tidemark.Backtests.CustomIndicators;
using Tidemark.Backtests.Results;
using Tidemark.Backtests.Sheets;
using Tidemark.Platform.Api;

namespace Tidemark.Backtests.Running;

/// <summary>Runs as files to keep.</summary>
static class RunFiles
{
    sealed record CurveRow(string Curve, DateTimeOffset Time, double Equity, double Drawdown, double? Hold);

    sealed record CurveSize(string Curve, int Bars, int Shown);

    sealed record Figure(string Name, object? Value);

    static readonly ExportColumn<RunTrade>[] TradeColumns =
    [
        new("number", static one => one.Number), new("curve", static one => one.Curve), new("symbol", static one => one.Symbol), new("side", static one => one.Side), new("entryAt", static one => one.EntryAt), new("exitAt", static one => one.ExitAt),
        new("entryPrice", static one => one.EntryPrice), new("exitPrice", static one => one.ExitPrice), new("quantity", static one => one.Quantity), new("profit", static one => one.Profit), new("return", static one => one.Return),
        new("fees", static one => one.Fees), new("funding", static one => one.Funding), new("slippageCost", static one => one.SlippageCost), new("bars", static one => one.Bars), new("reason", static one => one.Reason),
        new("ambiguous", static one => one.Ambiguous), new("worstMove", static one => one.WorstMove), new("bestMove", static one => one.BestMove),
    ];

    static readonly ExportColumn<CurveRow>[] CurveColumns =
    [
        new("curve", static one => one.Curve), new("time", static one => one.Time), new("equity", static one => one.Equity), new("drawdown", static one => one.Drawdown), new("hold", static one => one.Hold),
    ];

    static readonly ExportColumn<Figure>[] FigureColumns = [new("figure", static one => one.Name), new("value", static one => one.Value)];

    public static async Task Send(HttpContext http, StoredRun run, string? what, string? format, RunTable table, RunViews views, CancellationToken stop)
    {
        if (run.Status != RunStatus.Done)
        {
            throw new TidemarkException(ErrorCode.Conflict, $"{run.Code} is {RunTable.Word(run.Status)}; there is no result.");
        }
        var name = $"{run.Code}-{what ?? "trades"}";
        switch (what ?? "trades")
        {
            case "trades":
                await TableFile.Send(http, name, format, "Trades", await Trades(run, table, stop), TradeColumns, stop);
                return;
            case "equity":
                await SendEquity(http, name, format, await Curves(run, table, stop), stop);
                return;
            case "trials":
                var trials = await Trials(run, table, stop) ?? throw new TidemarkException(ErrorCode.NotFound, $"{run.Code} is no search and has no table.");
                await TableFile.Send(http, name, format, "Trials", trials.Rows, trials.Columns, stop);
                return;
            case "all" when format?.ToLowerInvariant() is "xlsx":
                await TableFile.SendWorkbook(http, $"{run.Code}{Mark(await Curves(run, table, stop))}", await Sheets(run, table, views, stop), stop);
                return;
            case "all" when format?.ToLowerInvariant() is "json":
                await SendWhole(http, run, table, views, stop);
                return;
            case "all":
                throw FormulaText.Refused("format", "All of a run is a workbook or JSON: format=xlsx or json.");
            default:
                throw FormulaText.Refused("what", "trades, equity, trials or all.");
        }
    }

    static async Task<IReadOnlyList<RunTrade>> Trades(StoredRun run, RunTable table, CancellationToken stop) =>
        await table.Part(run.Id, ResultPart.Trades, stop) is { } packed ? Packing.Unpack<List<RunTrade>>(packed) : [];

    static async Task<KeptCurves> Curves(StoredRun run, RunTable table, CancellationToken stop) =>
        await table.Part(run.Id, ResultPart.Curve, stop) is { } packed ? Packing.Unpack<KeptCurves>(packed) : new KeptCurves(null, null);

    static IReadOnlyList<CurveRow> Rows(KeptCurves curves) => [.. Rows("run", curves.Run), .. Rows("outOfSample", curves.OutOfSample)];

    static IReadOnlyList<CurveSize> Sizes(KeptCurves curves) =>
        [.. new[] { ("run", curves.Run), ("outOfSample", curves.OutOfSample) }.Where(static one => one.Item2 is not null).Select(static one => new CurveSize(one.Item1, one.Item2!.Bars, one.Item2.Times.Count))];

    /// <summary>What a file's name says where bars were left out of a curve.</summary>
    static string Mark(KeptCurves curves) => Sizes(curves).Any(static curve => curve.Shown < curve.Bars) ? "-thinned" : "";

    static async Task SendEquity(HttpContext http, string name, string? format, KeptCurves curves, CancellationToken stop)
    {
        name += Mark(curves);
        if (format?.ToLowerInvariant() is "json")
        {
            await SendJson(http, name, new { curves = Sizes(curves), points = Rows(curves) }, stop);
            return;
        }
        await TableFile.Send(http, name, format, "Equity", Rows(curves), CurveColumns, stop);
    }

    static IEnumerable<CurveRow> Rows(string name, KeptCurve? curve) =>
        curve is null ? [] : Enumerable.Range(0, curve.Times.Count).Select(i => new CurveRow(name, DateTimeOffset.FromUnixTimeMilliseconds(curve.Times[i]), curve.Equity[i], curve.Drawdown[i], curve.Hold?[i]));

    static async Task<(IReadOnlyList<TrialRow> Rows, IReadOnlyList<ExportColumn<TrialRow>> Columns)?> Trials(StoredRun run, RunTable table, CancellationToken stop)
    {
        if (await table.Part(run.Id, ResultPart.Trials, stop) is not { } packed)
        {
            return null;
        }
        var kept = Packing.Unpack<KeptTrials>(packed);
        return (
            [.. Enumerable.Range(0, kept.Trials.Count).Select(place => ReportMaker.Row(kept, place))],
            [
                new("rank", static row => row.Rank), .. kept.Names.Select(static setting => new ExportColumn<TrialRow>(setting, row => row.Parameters[setting])), new("score", static row => row.Score), new("totalReturn", static row => row.TotalReturn),
                new("sharpeRatio", static row => row.SharpeRatio), new("sortinoRatio", static row => row.SortinoRatio), new("maxDrawdownRatio", static row => row.MaxDrawdownRatio), new("profitFactor", static row => row.ProfitFactor),
                new("winRate", static row => row.WinRate), new("totalTrades", static row => row.TotalTrades),
            ]);
    }

    static async Task<IReadOnlyList<Sheet>> Sheets(StoredRun run, RunTable table, RunViews views, CancellationToken stop)
    {
        var whole = JsonSerializer.SerializeToElement(await views.Of(run, stop), ApiJson.Options);
        var sheets = new List<Sheet> { TableFile.SheetOf("Summary", [.. Figures(whole, "")], FigureColumns) };
        if (run.Kind != RunKind.Optimisation)
        {
            sheets.Add(TableFile.SheetOf("Trades", await Trades(run, table, stop), TradeColumns));
            sheets.Add(TableFile.SheetOf("Equity", Rows(await Curves(run, table, stop)), CurveColumns));
        }
        if (await Trials(run, table, stop) is { } trials)
        {
            sheets.Add(TableFile.SheetOf("Trials", trials.Rows, trials.Columns));
        }
        return sheets;
    }

    /// <summary>Every figure of the answer under its path, lists by number.</summary>
    static IEnumerable<Figure> Figures(JsonElement element, string path) => element.ValueKind switch
    {
        JsonValueKind.Object => element.EnumerateObject().SelectMany(one => Figures(one.Value, path.Length == 0 ? one.Name : $"{path}.{one.Name}")),
        JsonValueKind.Array => element.EnumerateArray().SelectMany((one, i) => Figures(one, $"{path}[{i + 1}]")),
        JsonValueKind.Null => [],
        JsonValueKind.Number => [new Figure(path, element.GetDouble())],
        JsonValueKind.True or JsonValueKind.False => [new Figure(path, element.GetBoolean())],
        _ => [new Figure(path, element.TryGetDateTimeOffset(out var at) ? at : element.GetString())],
    };

    static async Task SendWhole(HttpContext http, StoredRun run, RunTable table, RunViews views, CancellationToken stop)
    {
        var curves = await Curves(run, table, stop);
        var whole = new { run = await views.Of(run, stop), trades = await Trades(run, table, stop), curves = Sizes(curves), equity = Rows(curves), trials = (await Trials(run, table, stop))?.Rows };
        await SendJson(http, $"{run.Code}{Mark(curves)}", whole, stop);
    }

    static async Task SendJson<T>(HttpContext http, string name, T value, CancellationToken stop)
    {
        http.Response.ContentType = "application/json; charset=utf-8";
        http.Response.Headers.ContentDisposition = $"attachment; filename=\"tidemark-{name}.json\"";
        http.Response.Headers.CacheControl = "private, no-store";
        await JsonSerializer.SerializeAsync(http.Response.Body, value, ApiJson.Indented, stop);
    }
}
