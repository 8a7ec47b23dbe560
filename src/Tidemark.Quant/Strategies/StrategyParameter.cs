using Tidemark.Quant.Indicators;

namespace Tidemark.Quant.Strategies;

/// <summary>One setting of a strategy; a form and an optimiser's grid can be made of it. Numbers are in the setting's own unit.</summary>
/// <param name="Name">The name programs call it by.</param>
/// <param name="Title">The name people call it by.</param>
/// <param name="Kind">The kind of number.</param>
/// <param name="Default">What it is where nothing is said.</param>
/// <param name="Minimum">The least it may be.</param>
/// <param name="Maximum">The most it may be.</param>
/// <param name="Step">The distance between neighbours of a grid.</param>
public sealed record StrategyParameter(string Name, string Title, ParameterKind Kind, double Default, double Minimum, double Maximum, double Step)
{
    /// <summary>The names of the choices in order, empty for plain numbers.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>Whether a value lies in the range and has the right kind.</summary>
    public bool Allows(double value) => value >= Minimum && value <= Maximum && (Kind == ParameterKind.Number || double.IsInteger(value));

    /// <summary>The range in words, for messages to a person.</summary>
    public string Range => Kind switch
    {
        ParameterKind.Whole => $"a whole number from {Minimum} to {Maximum}",
        ParameterKind.Number => $"a number from {Minimum} to {Maximum}",
        _ => $"one of {string.Join(", ", Choices.Select((choice, position) => $"{position} ({choice})"))}",
    };

    internal static StrategyParameter Whole(string name, string title, int standard, int minimum, int maximum, int step = 1) =>
        new(name, title, ParameterKind.Whole, standard, minimum, maximum, step);

    internal static StrategyParameter Number(string name, string title, double standard, double minimum, double maximum, double step) =>
        new(name, title, ParameterKind.Number, standard, minimum, maximum, step);
}
