namespace Tidemark.Quant.Indicators.Levels;

/// <summary>The ways to get levels from the range of a past period.</summary>
public enum PivotFormula
{
    /// <summary>Floor traders' pivots.</summary>
    Standard,

    /// <summary>Camarilla, which works with fractions of the range around the close.</summary>
    Camarilla,

    /// <summary>DeMark, which looks at the direction of the period.</summary>
    Demark,

    /// <summary>Fibonacci fractions of the range around the pivot.</summary>
    Fibonacci,

    /// <summary>Woodie, which weighs in the open of the current period.</summary>
    Woodie,
}
