using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Tidemark.Backtests.CustomIndicators;
using Tidemark.Quant.Formulas;
using Tidemark.Quant.Strategies;
using Tidemark.Quant.Strategies.Formulas;

namespace Tidemark.Backtests.Strategies;

/// <summary>What a formula strategy is made of, in the formula language; what is left out is left to the run's settings.</summary>
public sealed record Formulas(
    [property: Description("When to enter long; a condition."), MaxLength(Formula.LongestText)] string? Entry = null,
    [property: Description("When to leave a long position; a condition."), MaxLength(Formula.LongestText)] string? Exit = null,
    [property: Description("When to enter short; a condition."), MaxLength(Formula.LongestText)] string? ShortEntry = null,
    [property: Description("When to leave a short position; a condition."), MaxLength(Formula.LongestText)] string? ShortExit = null,
    [property: Description("Where the stop of a long entry lies; a price in the quote currency."), MaxLength(Formula.LongestText)] string? Stop = null,
    [property: Description("Where the target of a long entry lies; a price in the quote currency."), MaxLength(Formula.LongestText)] string? Target = null,
    [property: Description("Where the stop of a short entry lies; a price in the quote currency."), MaxLength(Formula.LongestText)] string? ShortStop = null,
    [property: Description("Where the target of a short entry lies; a price in the quote currency."), MaxLength(Formula.LongestText)] string? ShortTarget = null,
    [property: Description("How much of what sizing gives is taken; a fraction."), MaxLength(Formula.LongestText)] string? Size = null)
{
    IReadOnlyList<(string Field, string? Text)> Parts =>
    [
        ("entry", Entry), ("exit", Exit), ("shortEntry", ShortEntry), ("shortExit", ShortExit), ("stop", Stop), ("target", Target), ("shortStop", ShortStop), ("shortTarget", ShortTarget), ("size", Size),
    ];

    /// <summary>Whether orders may carry stops or targets, which only candles within the bar can tell apart.</summary>
    public bool HasBrackets => new[] { Stop, Target, ShortStop, ShortTarget }.Any(static text => !string.IsNullOrWhiteSpace(text));

    /// <summary>The strategy they describe, or what is wrong with each.</summary>
    public (StrategyDescription? Strategy, IReadOnlyList<PartFault> Faults) Read(string name, string title, IReadOnlyList<FormulaSetting> settings)
    {
        var faults = new List<PartFault>();
        foreach (var (field, text) in Parts.Where(static part => !string.IsNullOrWhiteSpace(part.Text)))
        {
            if (FormulaText.Read(text!, settings).Fault is { } fault)
            {
                faults.Add(new PartFault(field, fault.Message, fault.Line, fault.Column));
            }
        }
        if (faults.Count > 0)
        {
            return (null, faults);
        }
        try
        {
            return (FormulaStrategy.Describe(name, title, Rules(settings)), []);
        }
        catch (FormulaException wrong)
        {
            // The message names the part: a number where a condition is wanted, or no entry at all.
            var field = Parts.FirstOrDefault(part => wrong.Message.StartsWith(Spaced(part.Field) + " must", StringComparison.Ordinal)).Field ?? "entry";
            return (null, [new PartFault(field, wrong.Message, wrong.Position.Line, wrong.Position.Column)]);
        }
    }

    /// <summary>An upper bound of the work of all of them on a candle, in steps of a few operations.</summary>
    public long StepsPerCandle(IReadOnlyList<FormulaSetting> settings) =>
        Parts.Where(static part => !string.IsNullOrWhiteSpace(part.Text)).Sum(part => FormulaText.Read(part.Text!, settings).Formula?.StepsPerCandle ?? 0);

    /// <summary>The most candles that any of them wants to see before its values settle.</summary>
    public int CandlesToSettle(IReadOnlyList<FormulaSetting> settings, Quant.Series.Timeframe timeframe) =>
        Parts.Where(static part => !string.IsNullOrWhiteSpace(part.Text)).Max(part => FormulaText.Read(part.Text!, settings).Formula?.CandlesToSettle(timeframe)) ?? 0;

    FormulaRules Rules(IReadOnlyList<FormulaSetting> settings) => new()
    {
        Entry = Entry,
        Exit = Exit,
        ShortEntry = ShortEntry,
        ShortExit = ShortExit,
        Stop = Stop,
        Target = Target,
        ShortStop = ShortStop,
        ShortTarget = ShortTarget,
        Size = Size,
        Parameters = [.. settings.Select(static setting => new FormulaParameter(setting.Name, setting.Default, setting.Minimum, setting.Maximum))],
    };

    static string Spaced(string field) => string.Concat(field.Select(static letter => char.IsUpper(letter) ? $" {char.ToLowerInvariant(letter)}" : $"{letter}"));
}

/// <summary>What is wrong with one part of a strategy; lines and columns are counted from 1.</summary>
public sealed record PartFault(
    [property: Description("The field of formulas that it is about.")] string Field,
    string Message,
    int Line,
    int Column);
