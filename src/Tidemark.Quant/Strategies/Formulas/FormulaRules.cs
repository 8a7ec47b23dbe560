using Tidemark.Quant.Formulas;

namespace Tidemark.Quant.Strategies.Formulas;

/// <summary>
/// A strategy written as formulas. Conditions say when to enter and leave; numbers say where the stop and the target lie, as prices in the quote currency,
/// and how much of what sizing gives is taken, a fraction. What is left out is left to the settings of the run.
/// </summary>
public sealed record FormulaRules
{
    /// <summary>When to enter long; a condition.</summary>
    public string? Entry { get; init; }

    /// <summary>When to leave a long position; a condition.</summary>
    public string? Exit { get; init; }

    /// <summary>When to enter short; a condition.</summary>
    public string? ShortEntry { get; init; }

    /// <summary>When to leave a short position; a condition.</summary>
    public string? ShortExit { get; init; }

    /// <summary>Where the stop of an entry lies; a price in the quote currency.</summary>
    public string? Stop { get; init; }

    /// <summary>Where the target of an entry lies; a price in the quote currency.</summary>
    public string? Target { get; init; }

    /// <summary>Where the stop of a short entry lies; a price in the quote currency.</summary>
    public string? ShortStop { get; init; }

    /// <summary>Where the target of a short entry lies; a price in the quote currency.</summary>
    public string? ShortTarget { get; init; }

    /// <summary>How much of what sizing gives is taken; a fraction above 0 and at most 1.</summary>
    public string? Size { get; init; }

    /// <summary>The settings that formulas may name.</summary>
    public IReadOnlyList<FormulaParameter> Parameters { get; init; } = [];
}
