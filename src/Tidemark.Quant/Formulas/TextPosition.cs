namespace Tidemark.Quant.Formulas;

/// <summary>A place in a formula: line and column, both counted from 1.</summary>
public readonly record struct TextPosition(int Line, int Column)
{
    /// <summary>"line:column".</summary>
    public override string ToString() => $"{Line}:{Column}";
}
