namespace Tidemark.Quant.Formulas;

/// <summary>A setting of a formula, known to it by name: its default and the range it may lie in, both ends included, in its own unit.</summary>
public sealed record FormulaParameter(string Name, double Default, double Minimum, double Maximum)
{
    /// <summary>Whether a value lies in the range.</summary>
    public bool Allows(double value) => value >= Minimum && value <= Maximum;
}
