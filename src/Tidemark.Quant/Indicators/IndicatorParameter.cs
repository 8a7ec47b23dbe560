namespace Tidemark.Quant.Indicators;

/// <summary>The kind of number a parameter takes.</summary>
public enum ParameterKind
{
    /// <summary>A whole number, most often of candles.</summary>
    Whole,

    /// <summary>Any number in range.</summary>
    Number,

    /// <summary>The position of one of the named choices.</summary>
    Choice,
}

/// <summary>One setting of an indicator: its default and the range it may lie in, both ends included.</summary>
public sealed record IndicatorParameter(string Name, ParameterKind Kind, double Default, double Minimum, double Maximum)
{
    /// <summary>The names of the choices in order, empty for plain numbers.</summary>
    public IReadOnlyList<string> Choices { get; init; } = [];

    /// <summary>Whether a value lies in the range and has the right kind.</summary>
    public bool Allows(double value) =>
        value >= Minimum && value <= Maximum && (Kind == ParameterKind.Number || double.IsInteger(value));

    /// <summary>The range in words, for messages to a person.</summary>
    public string Range => Kind switch
    {
        ParameterKind.Whole => $"a whole number from {Minimum} to {Maximum}",
        ParameterKind.Number => $"a number from {Minimum} to {Maximum}",
        _ => $"one of {string.Join(", ", Choices.Select((choice, position) => $"{position} ({choice})"))}",
    };
}
