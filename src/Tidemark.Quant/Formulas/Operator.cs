namespace Tidemark.Quant.Formulas;

/// <summary>What stands between two parts of a formula: how it is written, how tightly it binds, what it takes and what it gives.</summary>
public sealed class Operator
{
    internal const int NotBinding = 3;
    internal const int NegationBinding = 7;
    internal const int PostfixBinding = 8;

    Operator(string text, int binding, FormulaType takes, FormulaType gives)
    {
        Text = text;
        Binding = binding;
        Takes = takes;
        Gives = gives;
    }

    internal static Operator Or { get; } = new("or", 1, FormulaType.Condition, FormulaType.Condition);

    internal static Operator And { get; } = new("and", 2, FormulaType.Condition, FormulaType.Condition);

    internal static Operator Less { get; } = Comparison("<");

    internal static Operator LessOrEqual { get; } = Comparison("<=");

    internal static Operator Greater { get; } = Comparison(">");

    internal static Operator GreaterOrEqual { get; } = Comparison(">=");

    internal static Operator Equal { get; } = Comparison("==");

    internal static Operator NotEqual { get; } = Comparison("!=");

    internal static Operator CrossesAbove { get; } = Comparison("crosses above");

    internal static Operator CrossesBelow { get; } = Comparison("crosses below");

    internal static Operator Plus { get; } = new("+", 5, FormulaType.Number, FormulaType.Number);

    internal static Operator Minus { get; } = new("-", 5, FormulaType.Number, FormulaType.Number);

    internal static Operator Times { get; } = new("*", 6, FormulaType.Number, FormulaType.Number);

    internal static Operator Over { get; } = new("/", 6, FormulaType.Number, FormulaType.Number);

    /// <summary>Every operator of the language.</summary>
    public static IReadOnlyList<Operator> All { get; } =
        [Or, And, Less, LessOrEqual, Greater, GreaterOrEqual, Equal, NotEqual, CrossesAbove, CrossesBelow, Plus, Minus, Times, Over];

    /// <summary>How it is written.</summary>
    public string Text { get; }

    /// <summary>What both sides must be.</summary>
    public FormulaType Takes { get; }

    /// <summary>What comes out.</summary>
    public FormulaType Gives { get; }

    internal int Binding { get; }

    internal bool Compares => Takes == FormulaType.Number && Gives == FormulaType.Condition;

    static Operator Comparison(string text) => new(text, 4, FormulaType.Number, FormulaType.Condition);
}
