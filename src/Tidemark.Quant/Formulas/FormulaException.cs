namespace Tidemark.Quant.Formulas;

/// <summary>A formula that cannot be used as it is written; the message tells its writer what to change and where.</summary>
public sealed class FormulaException : FormatException
{
    /// <summary>A complaint about a place; the message already names it.</summary>
    public FormulaException(TextPosition position, string message)
        : base(message) => Position = position;

    /// <summary>Where the trouble is, counted from 1.</summary>
    public TextPosition Position { get; }
}
