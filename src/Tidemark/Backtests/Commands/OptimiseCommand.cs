using System.CommandLine;
using System.Globalization;
using Spectre.Console;
using Tidemark.Backtests.Trials;
using Tidemark.Platform.Cli;
using Tidemark.Quant.Backtesting;
using Tidemark.Quant.Backtesting.Optimising;
using Tidemark.Quant.Backtesting.Proof;

namespace Tidemark.Backtests.Commands;

/// <summary>`tidemark optimise`: many combinations of a strategy's settings over one market.</summary>
static class OptimiseCommand
{
    public static Command Build(CommandContext context)
    {
        var (market, run, trials) = (new MarketOptions(), new RunOptions(), new TrialOptions());
        var vary = new Option<string[]>("--vary") { Description = "A setting and its values, as in period=5:50:5 (from:to:step) or buy_below=20,25,30; may be repeated.", Required = true, AllowMultipleArgumentsPerToken = true };
        var draws = new Option<int?>("--draws") { Description = "Try only so many combinations, drawn at random." }.Positive();
        var seed = new Option<int>("--seed") { Description = "Where the drawing starts.", DefaultValueFactory = static _ => 1 };
        var objective = new Option<Objective>("--by") { Description = $"Rank by {string.Join(", ", Enum.GetNames<Objective>())}.", DefaultValueFactory = static _ => Objective.Sharpe };
        var top = new Option<int>("--top") { Description = "How many to show.", DefaultValueFactory = static _ => 10 }.Positive();
        var json = CommandOptions.Json();
        var command = new Command("optimise", "Try many settings of a strategy over history; the best of many is good by luck too, so it says how much.") { vary, draws, seed, objective, top, json };
        command.Aliases.Add("optimize");
        foreach (var option in market.All.Concat(run.All).Concat(trials.All))
        {
            command.Options.Add(option);
        }
        market.Check(command);
        run.Check(command);
        trials.Check(command, market);
        command.SetAction((parsed, stop) => BacktestCommands.Answer(() => market.With(
            context,
            parsed,
            async (traded, ending) =>
            {
                var input = traded.Input;
                var strategy = run.Strategy(parsed);
                var plan = new OptimiserPlan(new ParameterSpace(strategy, [.. parsed.GetRequiredValue(vary).Select(Values)], run.Parameters(parsed)))
                {
                    Draws = parsed.GetValue(draws),
                    Random = new Random(parsed.GetValue(seed)),
                    Objective = parsed.GetValue(objective),
                };
                var (settings, isJson) = (run.Settings(parsed), parsed.GetValue(json));
                var keeper = await trials.Keeper(parsed, traded, ending);
                var fingerprint = TrialKeeper.FingerprintOf(
                    Backtester.Run(strategy, run.Parameters(parsed), input, settings, ending), [.. parsed.GetRequiredValue(vary), $"{parsed.GetValue(draws)} from {parsed.GetValue(seed)}"]);
                var (tried, isCounted) = await keeper.Read(fingerprint, ending);
                var table = await Search(context, plan, input, settings, isJson, ending);
                await keeper.Count(fingerprint, new Tried(0, table.Tally.Trials, table.Tally), ending);
                var judged = table.Best is { } best ? Significance.Of(best.Result.DailyReturns, isCounted ? tried : tried.Plus(table.Tally), new Random(parsed.GetValue(seed)), riskFreeRate: settings.Returns.RiskFreeRate) : null;
                return Show(context, new Found(plan, table, judged, keeper), input, parsed.GetValue(top), isJson);
            },
            stop)));
        return command;
    }

    /// <summary>What was found, and how much the best of it says beyond luck; null where none has a score.</summary>
    sealed record Found(OptimiserPlan Plan, OptimiserTable Table, Significance? Judged, TrialKeeper Trials);

    /// <summary>Reads name=from:to:step or name=value,value.</summary>
    internal static TriedValues Values(string text)
    {
        var (name, values) = RunOptions.Split(text);
        var range = values.Split(':');
        return range.Length == 3
            ? TriedValues.Between(name, Number(text, range[0]), Number(text, range[1]), Number(text, range[2]))
            : new TriedValues(name, [.. values.Split(',').Select(value => Number(text, value))]);
    }

    static double Number(string text, string value) => double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        ? number
        : throw new CommandException($"\"{text}\": \"{value}\" is no number; write name=from:to:step or name=value,value.");

    static async Task<OptimiserTable> Search(CommandContext context, OptimiserPlan plan, BacktestInput input, BacktestSettings settings, bool isSilent, CancellationToken stop)
    {
        if (isSilent)
        {
            return Optimiser.Run(plan, input, settings, stop: stop);
        }
        return await context.Out.Progress().StartAsync(bars =>
        {
            var bar = bars.AddTask("Combinations");
            return Task.FromResult(Optimiser.Run(plan, input, settings, new Reporter(bar), stop));
        });
    }

    sealed class Reporter(ProgressTask bar) : IProgress<SearchProgress>
    {
        public void Report(SearchProgress value)
        {
            bar.MaxValue = value.Total;
            bar.Value = value.Done;
        }
    }

    static int Show(CommandContext context, Found found, BacktestInput input, int top, bool asJson)
    {
        var (plan, table, judged, trials) = found;
        var best = table.Ranked.Take(top).ToList();
        if (asJson)
        {
            context.WriteJson(new
            {
                strategy = plan.Space.Strategy.Name,
                market = input.Symbols[0].Name,
                timeframe = input.Timeframe.ToString(),
                trials = table.Trials.Count,
                objective = plan.Objective,
                probabilityOfOverfitting = table.Overfitting()?.Probability,
                deflatedSharpe = judged?.Deflated,
                deflatedBy = judged?.Trials.Trials,
                countedIn = trials.Place,
                best = best.Select(trial => new { parameters = plan.Space.Named(trial.Values), trial.Score, trial.Result.TotalReturn, trial.Result.MaxDrawdown, trial.Result.Trades, trial.Result.WinRate, trial.Result.ProfitFactor }),
            });
            return CommandLine.Done;
        }
        context.Out.WriteLine(MarketOptions.Span(input));
        context.Out.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{plan.Space.Strategy.Title}: {table.Trials.Count:N0} combinations, ranked by {plan.Objective}."));
        context.Out.Write(Table(plan.Space, best));
        context.Out.WriteLine($"Scores, best to worst: {Sparkline.Of([.. table.Ranked.Select(trial => trial.Score).OfType<double>()], 60)}");
        context.Out.WriteLine(table.Overfitting()?.Probability is { } probability
            ? $"Probability that the best here is no better than the middle elsewhere: {ResultPage.Percent(probability)}."
            : "Too few days or combinations to say how much of this is luck.");
        context.Out.WriteLine(
            $"Deflated Sharpe of the best: {ResultPage.Number(judged?.Deflated)}, where 0.5 is what the luckiest of so much noise shows; {ResultPage.Count(judged?.Trials.Trials ?? table.Tally.Trials)} tries, counted in {trials.Place}.");
        context.Out.WriteLine("They were chosen on this very record: let `tidemark backtest` with --vary walk forward before you believe them.");
        return CommandLine.Done;
    }

    static Table Table(ParameterSpace space, IReadOnlyList<OptimiserTrial> best)
    {
        var table = new Table().Border(TableBorder.Simple);
        foreach (var title in space.Varied.Select(varied => varied.Name).Concat(["Score", "Return", "Drawdown", "Trades", "Win rate"]))
        {
            table.AddColumn(new TableColumn(title).RightAligned());
        }
        foreach (var trial in best)
        {
            var named = space.Named(trial.Values);
            table.AddRow(
            [
                .. space.Varied.Select(varied => named[varied.Name].ToString(CultureInfo.InvariantCulture)),
                ResultPage.Number(trial.Score), ResultPage.Percent(trial.Result.TotalReturn), ResultPage.Percent(trial.Result.MaxDrawdown),
                trial.Result.Trades.ToString("N0", CultureInfo.InvariantCulture), ResultPage.Percent(trial.Result.WinRate),
            ]);
        }
        return table;
    }
}
