namespace Tidemark.Quant.Formulas;

/// <summary>What a formula or a part of it gives each candle.</summary>
public enum FormulaType
{
    /// <summary>A number, to be drawn or compared.</summary>
    Number,

    /// <summary>A condition that holds or not, for alerts and strategies.</summary>
    Condition,
}
