using System.ComponentModel;
using Tidemark.Backtests.Results;
using Tidemark.Backtests.Strategies;
using Tidemark.Backtests.Trials;
using Tidemark.Market;
using Tidemark.Platform.Api;
using Tidemark.Quant.Backtesting.Proof;
using Tidemark.Quant.Series;

namespace Tidemark.Backtests.Running;

/// <summary>The strategy of a run, with the settings it ran with.</summary>
public sealed record RunStrategy(
    [property: Description("rsi, or own:12.")] string Key,
    string Title,
    long? Id,
    int? Version,
    [property: Description("Its exact rules, as text.")] string Definition,
    [property: Description("Every setting, each in its own unit.")] IReadOnlyDictionary<string, double> Parameters,
    Formulas? Formulas);

public sealed record RunFault([property: Description("A code of the documented list.")] string Code, string Message);

/// <summary>A backtest, an optimisation or a walk-forward test, and what came out.</summary>
public sealed record Run(
    [property: Description("BT-YYYYMMDD-NNN; OP- for optimisations, WF- for walk-forward tests. Numbered for each user and day.")] string BacktestId,
    RunKind Kind,
    [property: Description("What the caller called the strategy.")] string StrategyName,
    [property: Description("Null before it is done. Of an optimisation the best trial's; of a walk-forward test the out-of-sample ones.")] RunFigures? Results,
    [property: Description("A picture (SVG) of equity and drawdown; null before it is done and for optimisations.")] string? EquityCurveUrl,
    DateTimeOffset? CompletedAt,
    RunStatus Status,
    [property: Description("What is done, a fraction.")] double Progress,
    [property: Description("Estimated; null where nothing can be said.")] double? SecondsLeft,
    [property: Description("Runs before it in the queue, a count; null where it does not wait.")] int? Ahead,
    [property: Description("Why it failed; null where it did not.")] RunFault? Fault,
    DateTimeOffset CreatedAt,
    DateTimeOffset? StartedAt,
    [property: Description("Seconds from its start to its end.")] double? ElapsedSeconds,
    RunStrategy Strategy,
    [property: Description("Symbols whose candles were used.")] IReadOnlyList<string> Symbols,
    [property: Description("Symbols as they were asked for.")] IReadOnlyList<string> Asked,
    [property: Description("Whether a dollar coin stands in for the dollar that was asked for.")] bool QuoteSubstituted,
    string Timeframe,
    string Source,
    [property: Description("live, recorded or synthetic: what made-up prices did says nothing of a market.")] Provenance Provenance,
    [property: Description("First bar's open once it is done; before, what was asked for.")] DateTimeOffset From,
    [property: Description("Last bar's close once it is done; before, what was asked for.")] DateTimeOffset Until,
    [property: Description("Quote currency.")] double InitialCapital,
    [property: Description("Everything that was assumed, defaults filled in.")] RunSettings Settings,
    string? Title,
    string? Note,
    IReadOnlyList<Coverage>? Data,
    [property: Description("The run with the given settings over the whole period.")] RunStatistics? Statistics,
    HonestyView? Honesty,
    WalkForwardView? WalkForward,
    OptimisationView? Optimisation,
    TrialNote? Trial,
    [property: Description("Hash of data, code version, strategy, settings: the same gives the same result.")] string? Fingerprint,
    [property: Description("The earlier run whose table was taken, deflated anew.")] string? SameAs,
    IReadOnlyList<string>? Warnings,
    [property: Description("What is taken for granted of the market: its steps, and that spot prices have no funding.")] IReadOnlyList<string>? Assumptions,
    [property: Description("Exits where stop and target fell into one candle and the stop was assumed, a count.")] int? AmbiguousFills,
    [property: Description("Orders refused, a count by reason.")] IReadOnlyDictionary<string, int>? Rejections,
    IReadOnlyList<OpenPositionView>? OpenPositions,
    string Disclaimer);

/// <summary>A run in a list.</summary>
public sealed record RunSummary(
    string BacktestId, RunKind Kind, string StrategyName,
    [property: Description("rsi, or own:12.")] string Strategy,
    string? Title, string? Note, RunStatus Status,
    [property: Description("A fraction.")] double Progress,
    double? SecondsLeft,
    IReadOnlyList<string> Symbols, string Timeframe, DateTimeOffset From, DateTimeOffset Until, Provenance Provenance,
    RunFigures? Results, OutOfSampleFigures? OutOfSample,
    [property: Description("Of the out-of-sample record, 0 to 1, counting all trials of yours up to now: 0.5 is what the luckiest of as many worthless ones shows.")] double? DeflatedSharpe,
    [property: Description("none, weak or strong.")] string? Verdict,
    IReadOnlyList<string> Flags, DateTimeOffset CreatedAt, DateTimeOffset? CompletedAt, RunFault? Fault);

/// <summary>Runs as callers see them.</summary>
public sealed class RunViews(RunTable table, TrialBook trials, ImageAddresses addresses)
{
    public async Task<Run> Of(StoredRun run, CancellationToken stop)
    {
        var packed = run.Status == RunStatus.Done ? await table.Part(run.Id, ResultPart.Report, stop) : null;
        return await Of(run, packed is null ? null : Packing.Unpack<RunReport>(packed), stop);
    }

    /// <summary>The same with a report that is at hand.</summary>
    internal async Task<Run> Of(StoredRun run, RunReport? report, CancellationToken stop) =>
        Of(run, report is null ? null : await Anew(run, report, stop), await table.Ahead(run, stop));

    /// <summary>Runs as a list shows them, newest first.</summary>
    public async Task<IReadOnlyList<RunSummary>> Summaries(IReadOnlyList<StoredRun> runs, CancellationToken stop)
    {
        var tried = new Dictionary<(long, TrialMarket), TrialTally>();
        var shown = new List<RunSummary>();
        foreach (var run in runs)
        {
            var key = (run.UserId, TrialBook.MarketOf(run.Order.Provenance));
            if (!tried.TryGetValue(key, out var tally))
            {
                tally = tried[key] = (await trials.Of(key.UserId, key.Item2, stop)).Tally;
            }
            shown.Add(Summary(run, await DeflationOf(run, stop), tally));
        }
        return shown;
    }

    /// <summary>The report deflated by all that was tried up to now.</summary>
    async Task<RunReport> Anew(StoredRun run, RunReport made, CancellationToken stop)
    {
        var tried = (await trials.Of(run.UserId, TrialBook.MarketOf(run.Order.Provenance), stop)).Tally;
        return made with
        {
            Honesty = made.Honesty is { } honesty ? ReportMaker.Anew(honesty, tried, run.Order.AreNeighboursTried) : null,
            Optimisation = made.Optimisation is { } search && await DeflationOf(run, stop) is { } best ? ReportMaker.Optimisation(search, best, tried) : made.Optimisation,
        };
    }

    /// <summary>What was kept to deflate it; of runs that were made before it was kept, it is told by their result.</summary>
    async Task<Deflation?> DeflationOf(StoredRun run, CancellationToken stop) =>
        run.Summary is not { DeflatedSharpe: not null } figures ? null
        : figures.Deflation is { } kept ? kept
        : run.Kind == RunKind.Optimisation ? await table.Part(run.Id, ResultPart.Trials, stop) is { } all ? Deflation.Of(Packing.Unpack<KeptTrials>(all).Best) : null
        : await table.Part(run.Id, ResultPart.Report, stop) is { } packed && Packing.Unpack<RunReport>(packed).Honesty is { } honesty ? Deflation.Of(honesty) : null;

    Run Of(StoredRun run, RunReport? report, int? ahead)
    {
        var order = run.Order;
        return new Run(
            run.Code, run.Kind, order.AskedStrategy, report?.Results, report is null || run.Kind == RunKind.Optimisation ? null : addresses.Of($"/api/v1/backtest/runs/{run.Code}/equity.svg"), run.CompletedAt,
            run.Status, run.Progress, run.SecondsLeft, ahead, run.Fault is null ? null : new RunFault(run.FaultCode ?? ErrorCode.Internal.Name, run.Fault), run.CreatedAt, run.StartedAt,
            run is { StartedAt: { } began, CompletedAt: { } ended } ? Math.Round((ended - began).TotalSeconds, 3) : null,
            new RunStrategy(order.Strategy.Key, order.Strategy.Title, order.Strategy.Id, order.Strategy.Version, order.Strategy.Describe().Definition, order.Parameters, order.Strategy.Formulas),
            order.Symbols, order.Asked, order.QuoteSubstituted, order.Timeframe, order.Source, order.Provenance,
            report?.Data.Min(static one => one.First) ?? order.From, report?.Data.Max(static one => one.Last) ?? order.Until, order.InitialCapital, order.Settings, run.Title, run.Note,
            report?.Data, report?.Statistics, report?.Honesty, report?.WalkForward, report?.Optimisation, report?.Trial, report?.Fingerprint, run.SameAs, report?.Warnings, report?.Assumptions, report?.AmbiguousFills, report?.Rejections, report?.OpenPositions, Words.Disclaimer);
    }

    static RunSummary Summary(StoredRun run, Deflation? deflation, TrialTally tried) => new(
        run.Code, run.Kind, run.Order.AskedStrategy, run.Order.Strategy.Key, run.Title, run.Note, run.Status, run.Progress, run.SecondsLeft, run.Order.Symbols, run.Order.Timeframe, run.Order.From, run.Order.Until, run.Order.Provenance,
        run.Summary?.Results, run.Summary?.OutOfSample, deflation?.Deflated(tried) ?? run.Summary?.DeflatedSharpe, deflation?.VerdictBy(tried) ?? run.Summary?.Verdict, run.Summary?.Flags ?? [], run.CreatedAt, run.CompletedAt, run.Fault is null ? null : new RunFault(run.FaultCode ?? ErrorCode.Internal.Name, run.Fault));

    public static Timeframe TimeframeOf(StoredRun run) => Timeframe.Parse(run.Order.Timeframe);
}
