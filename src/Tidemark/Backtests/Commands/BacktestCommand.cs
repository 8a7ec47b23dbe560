using System.CommandLine;
using Spectre.Console;
using Tidemark.Backtests.Results;
using Tidemark.Backtests.Trials;
using Tidemark.Platform.Cli;
using Tidemark.Quant.Backtesting;
using Tidemark.Quant.Backtesting.Proof;

namespace Tidemark.Backtests.Commands;

/// <summary>`tidemark backtest`: one strategy over one market with all that speaks for and against it, or a case that a file describes.</summary>
static class BacktestCommand
{
    public static Command Build(CommandContext context)
    {
        var (market, run, walk, trials) = (new MarketOptions(), new RunOptions(), new WalkOptions(), new TrialOptions());
        var item = new Option<FileInfo?>("--case") { Description = "JSON file with strategy, params, stop_loss_pct, take_profit_pct and settings; goes with --csv and stands for all options of the run." };
        var file = new Option<FileInfo?>("--out") { Description = "File for the run with the given settings, JSON." };
        var equity = new Option<FileInfo?>("--equity") { Description = "File for its equity at each bar's close: timestamp_ms,equity." };
        var outside = new Option<FileInfo?>("--out-of-sample") { Description = "File for the equity out of sample, in the same form." };
        var json = CommandOptions.Json();
        var command = new Command("backtest", "Run a strategy over history, with costs, and show what it would have come to on days that did not choose its settings.") { item, file, equity, outside, json };
        IReadOnlyList<Option> own = [.. run.All, .. walk.All, .. trials.All];
        IReadOnlyList<Option> besides = [.. own, .. market.All.Except([market.Csv]), outside];
        foreach (var option in market.All.Concat(own))
        {
            command.Options.Add(option);
        }
        market.Check(command);
        run.Check(command);
        trials.Check(command, market);
        command.Validators.Add(parsed =>
        {
            if (parsed.GetValue(item) is not null && parsed.GetValue(market.Csv) is null)
            {
                parsed.AddError("--case goes with --csv.");
            }
            if (parsed.GetValue(item) is not null && besides.FirstOrDefault(option => parsed.GetResult(option) is { Implicit: false }) is { } twice)
            {
                parsed.AddError($"{twice.Name} does not go with --case, which says all of the run.");
            }
        });
        command.SetAction((parsed, stop) => BacktestCommands.Answer(() =>
        {
            var outputs = new Outputs(parsed.GetValue(file), parsed.GetValue(equity), parsed.GetValue(outside), parsed.GetValue(json));
            return parsed.GetValue(item) is { } written
                ? RunCase(context, written, parsed.GetValue(market.Csv)!, outputs, stop)
                : market.With(
                    context,
                    parsed,
                    async (traded, ending) =>
                    {
                        var (strategy, parameters) = (run.Strategy(parsed), run.Parameters(parsed));
                        var request = new HonestyRequest(strategy, parameters, traded.Input, run.Settings(parsed))
                        {
                            Windows = walk.Windows(parsed),
                            Search = walk.Search(parsed, strategy, parameters),
                            Seed = walk.Seed(parsed),
                        };
                        return await Run(context, request, walk.Varied(parsed), await trials.Keeper(parsed, traded, ending), outputs, ending);
                    },
                    stop);
        }));
        return command;
    }

    sealed record Outputs(FileInfo? Result, FileInfo? Equity, FileInfo? OutOfSample, bool AsJson);

    static async Task<int> RunCase(CommandContext context, FileInfo written, FileInfo csv, Outputs outputs, CancellationToken stop)
    {
        var item = CaseFile.Read(written.FullName);
        var result = item.Run(CaseFile.Candles(csv.FullName), stop);
        var text = CaseFile.Answer(result);
        await Write(outputs, text, result, stop);
        if (outputs.AsJson)
        {
            await Console.Out.WriteLineAsync(text);
            return CommandLine.Done;
        }
        context.Out.WriteLine(item.Strategy.Title);
        ResultPage.Show(context, result);
        return CommandLine.Done;
    }

    static async Task<int> Run(CommandContext context, HonestyRequest asked, IReadOnlyList<string> varied, TrialKeeper trials, Outputs outputs, CancellationToken stop)
    {
        var fingerprint = TrialKeeper.FingerprintOf(Backtester.Run(asked.Strategy, asked.Parameters, asked.Input, asked.Settings, stop), varied);
        var (tried, isCounted) = await trials.Read(fingerprint, stop);
        var report = Honesty.Judge(asked with { Tried = tried, WasTriedBefore = isCounted }, stop: stop);
        await trials.Count(fingerprint, new Tried(1, report.Added.Trials - 1, report.Added), stop);
        var result = report.InSample;
        await Write(outputs, CaseFile.Answer(result), result, stop);
        if (outputs.OutOfSample is { } file)
        {
            await using var table = new StreamWriter(file.FullName);
            CaseFile.WriteEquity(report.OutOfSample?.Times ?? [], report.OutOfSample?.Equity ?? [], table);
        }
        if (outputs.AsJson)
        {
            WriteJson(context, asked, report, trials);
            return CommandLine.Done;
        }
        HonestPage.Show(context, asked, report, trials);
        return CommandLine.Done;
    }

    static void WriteJson(CommandContext context, HonestyRequest asked, HonestReport report, TrialKeeper trials)
    {
        var (input, result) = (asked.Input, report.InSample);
        var times = input.Symbols[0].Candles.Times;
        var (from, until) = (DateTimeOffset.FromUnixTimeMilliseconds(times[0]), DateTimeOffset.FromUnixTimeMilliseconds(input.Timeframe.CloseOf(times[^1])));
        context.WriteJson(new
        {
            outOfSample = report.OutOfSample is { } walked ? ReportMaker.WalkForward(walked, from, until) : null,
            honesty = ReportMaker.Honesty(report, asked.Search is null),
            countedIn = trials.Place,
            strategy = asked.Strategy.Name,
            parameters = asked.Strategy.With(asked.Parameters).ByName,
            market = input.Symbols[0].Name,
            timeframe = input.Timeframe.ToString(),
            bars = result.Equity.Count,
            result.Fingerprint,
            result.Statistics,
            result.Ledger,
            result.Trades,
            result.OpenPositions,
            result.Rejections,
            result.AmbiguousFills,
            result.WasLiquidated,
            result.Warnings,
        });
    }

    static async Task Write(Outputs outputs, string text, BacktestResult result, CancellationToken stop)
    {
        if (outputs.Result is { } file)
        {
            await File.WriteAllTextAsync(file.FullName, text + "\n", stop);
        }
        if (outputs.Equity is { } curve)
        {
            await using var table = new StreamWriter(curve.FullName);
            CaseFile.WriteEquity(result.Times, result.Equity, table);
        }
    }
}
