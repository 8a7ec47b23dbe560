using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Tidemark.Platform.Cli;
using Tidemark.Quant.Formulas;
using Tidemark.Quant.Strategies;
using Tidemark.Quant.Strategies.Formulas;

namespace Tidemark.Backtests.Commands;

/// <summary>The options that write a strategy as formulas.</summary>
sealed class FormulaOptions
{
    readonly Option<string?> entry = Text("--entry", "When to enter long, as in \"RSI(period) < 30\"; makes the strategy one of formulas.");
    readonly Option<string?> exit = Text("--exit", "When to leave a long position.");
    readonly Option<string?> shortEntry = Text("--short-entry", "When to enter short.");
    readonly Option<string?> shortExit = Text("--short-exit", "When to leave a short position.");
    readonly Option<string?> stop = Text("--stop-price", "Where the stop of a long entry lies, as in \"close - 2 * ATR(14)\".");
    readonly Option<string?> target = Text("--target-price", "Where the target of a long entry lies.");
    readonly Option<string?> shortStop = Text("--short-stop-price", "Where the stop of a short entry lies.");
    readonly Option<string?> shortTarget = Text("--short-target-price", "Where the target of a short entry lies.");
    readonly Option<string?> size = Text("--part", "How much of what sizing gives is taken, a fraction.");
    readonly Option<string[]> settings = new("--setting") { Description = "A name that formulas use, with its default and range, as in period=14:2:50; may be repeated.", AllowMultipleArgumentsPerToken = true };

    public IEnumerable<Option> All => [entry, exit, shortEntry, shortExit, stop, target, shortStop, shortTarget, size, settings];

    public bool AreGiven(Func<Option, OptionResult?> resultOf) => All.Any(option => resultOf(option) is { Implicit: false });

    public StrategyDescription Strategy(ParseResult parsed) => FormulaStrategy.Describe("formulas", "Formulas", new FormulaRules
    {
        Entry = parsed.GetValue(entry),
        Exit = parsed.GetValue(exit),
        ShortEntry = parsed.GetValue(shortEntry),
        ShortExit = parsed.GetValue(shortExit),
        Stop = parsed.GetValue(stop),
        Target = parsed.GetValue(target),
        ShortStop = parsed.GetValue(shortStop),
        ShortTarget = parsed.GetValue(shortTarget),
        Size = parsed.GetValue(size),
        Parameters = [.. (parsed.GetValue(settings) ?? []).Select(Setting)],
    });

    static FormulaParameter Setting(string text)
    {
        var (name, range) = RunOptions.Split(text);
        return range.Split(':') is [var usual, var least, var most]
            ? new FormulaParameter(name, Number(text, usual), Number(text, least), Number(text, most))
            : throw new CommandException($"\"{text}\" must be written name=default:least:most.");
    }

    static double Number(string text, string value) => double.TryParse(value, NumberStyles.Float, CultureInfo.InvariantCulture, out var number)
        ? number
        : throw new CommandException($"\"{text}\": \"{value}\" is no number.");

    static Option<string?> Text(string name, string description) => new(name) { Description = description };
}
