using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Mvc;
using Tidemark.Backtests.CustomIndicators;
using Tidemark.Backtests.Results;
using Tidemark.Backtests.Strategies;
using Tidemark.Backtests.Trials;
using Tidemark.Market;
using Tidemark.Platform.Api;

namespace Tidemark.Backtests.Running;

/// <summary>Backtests, optimisations and walk-forward tests: ordered, followed, read, kept in order.</summary>
public static class RunEndpoints
{
    public static void Map(RouteGroupBuilder backtest)
    {
        backtest.MapPost("/strategy", Run).Allow(Caller.SignedIn, "write:backtests").WithSummary("Backtest a strategy").Shows(RunExamples.Done, RunExamples.Request);
        backtest.MapPost("/run", Run).Allow(Caller.SignedIn, "write:backtests").WithSummary("Backtest a strategy; the same as /backtest/strategy").Shows(RunExamples.Done, RunExamples.Request);
        backtest.MapPost("/optimise", Optimise).Allow(Caller.SignedIn, "write:backtests").WithSummary("Search a strategy's settings; answers at once, the search goes on").Shows(RunExamples.Waiting(RunKind.Optimisation), RunExamples.Search);
        backtest.MapPost("/optimise/estimate", Estimate).Allow(Caller.SignedIn, "read:backtests").WithSummary("How large a search or a walk-forward test would be").Shows(new SearchEstimate(21, 0, 8_760, 0.4, "21 combinations over 8,760 bars: about 0.4 s."), RunExamples.Search);
        backtest.MapPost("/walk-forward", Walk).Allow(Caller.SignedIn, "write:backtests").WithSummary("Choose settings again and again on the past alone and try them on what comes next").Shows(RunExamples.Waiting(RunKind.WalkForward), RunExamples.Walk);
        backtest.MapGet("/settings", static () => SettingField.All).Allow(Caller.Anyone, "read:backtests").WithSummary("What can be assumed of account, market and trader, with defaults and ranges").Shows(SettingField.All);
        backtest.MapGet("/trials", Trials).Allow(Caller.SignedIn, "read:backtests").WithSummary("How often you have tried: what deflates your results").Shows(new TrialsView(214, 14, 200, null, [new TrialsView.OfMarket(TrialMarket.Real, 214, 14, 200, 0.2, 0.9)], "All of them deflate what you find."));
        backtest.MapGet("/runs", List).Allow(Caller.SignedIn, "read:backtests").WithSummary("Your runs, newest first").Shows(new Page<RunSummary>([RunExamples.Summary], 50, null));
        backtest.MapGet("/runs/{id}", Read).Allow(Caller.SignedIn, "read:backtests").WithSummary("A run with its result, or how far it has come").Shows(RunExamples.Done);
        backtest.MapPatch("/runs/{id}", Rename).Allow(Caller.SignedIn, "write:backtests").WithSummary("Give a run a title or a note").Shows(RunExamples.Done, new RunLabel("Baseline", "Before the fee change"));
        backtest.MapDelete("/runs/{id}", Delete).Allow(Caller.SignedIn, "write:backtests").WithSummary("Delete a run; it stays counted as a trial").Shows(new DeletedRun(true, DeletedRun.Said));
        backtest.MapPost("/runs/{id}/cancel", Cancel).Allow(Caller.SignedIn, "write:backtests").WithSummary("End a run that waits or is under way").Shows(RunExamples.Waiting(RunKind.Run));
        ResultEndpoints.Map(backtest);
    }

    public sealed record RunLabel(
        [property: Description("Empty clears it; unset leaves it."), MaxLength(200)] string? Title = null,
        [property: Description("Empty clears it; unset leaves it."), MaxLength(10_000)] string? Note = null);

    public sealed record DeletedRun([property: JsonPropertyName("deleted")] bool Done, string Text)
    {
        public const string Said = "The run is gone; the tries it took stay counted.";
    }

    public sealed record SearchEstimate(
        [property: Description("Combinations to be tried, a count.")] long Combinations,
        [property: Description("Combinations that make no sense and are left out, a count.")] long Unreasonable,
        [property: Description("Bars of all symbols together.")] long Bars,
        [property: Description("About how long, without waiting.")] double Seconds,
        string Text);

    public sealed record TrialsView(
        [property: Description("Backtests and optimiser trials, a count.")] long Count,
        long Runs,
        long OptimiserTrials,
        DateTimeOffset? Since,
        [property: Description("The same for each kind of market that was tried on: a result is deflated by those of its kind.")] IReadOnlyList<TrialsView.OfMarket> Markets,
        string Text)
    {
        public sealed record OfMarket(
            [property: Description("real, live or recorded, or simulated.")] TrialMarket Market,
            [property: Description("Backtests and optimiser trials, a count.")] long Count,
            long Runs,
            long OptimiserTrials,
            [property: Description("A year.")] double MeanSharpe,
            [property: Description("A year; null below two.")] double? SharpeDeviation);
    }

    static Task<Run> Run(RunRequest request, HttpContext http, Caller caller, RunDesk desk, RunViews views, CancellationToken stop) => Begin(RunKind.Run, request, http, caller, desk, views, stop);

    static Task<Run> Optimise(OptimiseRequest request, HttpContext http, Caller caller, RunDesk desk, RunViews views, CancellationToken stop) => Begin(RunKind.Optimisation, request, http, caller, desk, views, stop);

    static Task<Run> Walk(WalkForwardRequest request, HttpContext http, Caller caller, RunDesk desk, RunViews views, CancellationToken stop) => Begin(RunKind.WalkForward, request, http, caller, desk, views, stop);

    static async Task<Run> Begin(RunKind kind, RunRequest request, HttpContext http, Caller caller, RunDesk desk, RunViews views, CancellationToken stop)
    {
        var run = await desk.Begin(kind, request, http, caller, stop);
        if (run.Status == RunStatus.Failed && http.Response.StatusCode == StatusCodes.Status200OK && ErrorCode.All.FirstOrDefault(code => code.Name == run.FaultCode) is { Status: < 500 } known)
        {
            // Whoever waited is told at once, as of any request that cannot be met.
            throw new TidemarkException(known, run.Fault, new Dictionary<string, object?> { ["backtestId"] = run.Code });
        }
        return await views.Of(run, stop);
    }

    static async Task<SearchEstimate> Estimate(WalkForwardRequest request, Caller caller, OrderDesk orders, CancellationToken stop)
    {
        var order = await orders.Take(RunKind.WalkForward, request, caller, stop);
        return RunSize.Of(order);
    }

    static async Task<TrialsView> Trials(Caller caller, TrialBook book, CancellationToken stop)
    {
        var (markets, since) = (new List<TrialsView.OfMarket>(), (DateTimeOffset?)null);
        foreach (var market in Enum.GetValues<TrialMarket>())
        {
            if (await book.Of(caller.UserId, market, stop) is { Since: { } begun } tried)
            {
                markets.Add(new TrialsView.OfMarket(market, tried.Tally.Trials, tried.Runs, tried.OptimiserTrials, Math.Round(tried.Tally.MeanRatio * Math.Sqrt(365), 6), ReportMaker.Deviation(tried.Tally)));
                since = since < begun ? since : begun;
            }
        }
        return new TrialsView(
            markets.Sum(static one => one.Count), markets.Sum(static one => one.Runs), markets.Sum(static one => one.OptimiserTrials), since, markets,
            "The more is tried, the better the best looks by luck alone: all of these deflate what you find on the same kind of market. Deleting runs takes none of them back.");
    }

    public sealed record RunListRequest(
        [property: FromQuery(Name = "kind"), Description("run, optimisation or walkForward.")] Word<RunKind>? Kind = null,
        [property: FromQuery(Name = "strategy"), Description("rsi, or own:12."), MaxLength(120)] string? Strategy = null,
        [property: FromQuery(Name = "symbol"), Description("Symbol in any spelling."), MaxLength(64)] string? Symbol = null,
        [property: FromQuery(Name = "status"), Description("queued, running, done, failed or cancelled.")] Word<RunStatus>? Status = null);

    static async Task<Page<RunSummary>> List([AsParameters] RunListRequest asked, [AsParameters] PageRequest page, Caller caller, RunTable table, RunViews views, CancellationToken stop)
    {
        var symbol = asked.Symbol is null ? null : Symbol.TryParse(asked.Symbol, out var known) ? known.ToString() : throw FormulaText.Refused("symbol", "This is no symbol.");
        var strategy = asked.Strategy is { } name ? StrategyNames.Find(name)?.Name ?? name.ToLowerInvariant() : null;
        var runs = await table.List(caller.UserId, new RunFilter(asked.Kind?.Value, strategy, symbol, asked.Status?.Value), page.Before, page.Limit + 1, stop);
        var shown = runs.Take(page.Limit).ToList();
        return new Page<RunSummary>(await views.Summaries(shown, stop), page.Limit, runs.Count > page.Limit ? PageRequest.CursorAt(shown[^1].Id) : null);
    }

    internal static async Task<StoredRun> Own(string id, Caller caller, RunTable table, CancellationToken stop) =>
        await table.Find(caller.UserId, id.ToUpperInvariant(), stop) ?? throw new TidemarkException(ErrorCode.NotFound, "There is no such run of yours.");

    static async Task<Run> Read(string id, Caller caller, RunTable table, RunViews views, CancellationToken stop) => await views.Of(await Own(id, caller, table, stop), stop);

    static async Task<Run> Rename(string id, RunLabel label, Caller caller, RunTable table, RunViews views, CancellationToken stop)
    {
        var run = await Own(id, caller, table, stop);
        await table.Rename(run.Id, label.Title?.Trim(), label.Note?.Trim(), stop);
        return await views.Of(await Own(id, caller, table, stop), stop);
    }

    static async Task<DeletedRun> Delete(string id, Caller caller, RunTable table, CancellationToken stop)
    {
        var run = await Own(id, caller, table, stop);
        return await table.Delete(run.Id, stop) ? new DeletedRun(true, DeletedRun.Said) : throw new TidemarkException(ErrorCode.Conflict, "The run is under way; cancel it first.");
    }

    static async Task<Run> Cancel(string id, Caller caller, RunTable table, RunBoard board, RunViews views, CancellationToken stop)
    {
        var run = await Own(id, caller, table, stop);
        await table.Cancel(run.Id, stop);
        board.Cancel(run.Id);
        return await views.Of(await Own(id, caller, table, stop), stop);
    }
}
