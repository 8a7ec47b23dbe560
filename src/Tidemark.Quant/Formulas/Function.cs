namespace Tidemark.Quant.Formulas;

/// <summary>A function of the formula language; the list is closed.</summary>
public sealed class Function
{
    const int MostArguments = 8;

    Function(string name, string signature, string meaning, int least, int most)
    {
        Name = name;
        Signature = signature;
        Meaning = meaning;
        LeastArguments = least;
        MostArgumentsTaken = most;
    }

    internal static Function If { get; } = new("if", "if(condition, then, else)", "One of two values, as a condition holds or not.", 3, 3);

    internal static Function Abs { get; } = new("abs", "abs(x)", "The size of a number without its sign.", 1, 1);

    internal static Function Min { get; } = new("min", "min(a, b, ... up to 8)", "The smallest of its arguments.", 2, MostArguments);

    internal static Function Max { get; } = new("max", "max(a, b, ... up to 8)", "The largest of its arguments.", 2, MostArguments);

    internal static Function Highest { get; } = Window("highest", "The highest of the last n values, this one included.");

    internal static Function Lowest { get; } = Window("lowest", "The lowest of the last n values, this one included.");

    internal static Function Sum { get; } = Window("sum", "The sum of the last n values.");

    internal static Function Avg { get; } = Window("avg", "The mean of the last n values.");

    internal static Function Stdev { get; } = Window("stdev", "The population standard deviation of the last n values.");

    internal static Function Change { get; } = new("change", "change(x, n)", "The value less that of n candles ago; n is 1 where left out.", 1, 2);

    /// <summary>All functions there are.</summary>
    public static IReadOnlyList<Function> All { get; } = [If, Abs, Min, Max, Highest, Lowest, Sum, Avg, Stdev, Change];

    /// <summary>The name it is called by.</summary>
    public string Name { get; }

    /// <summary>How it is written, with its arguments.</summary>
    public string Signature { get; }

    /// <summary>What it gives, in one line.</summary>
    public string Meaning { get; }

    internal int LeastArguments { get; }

    internal int MostArgumentsTaken { get; }

    /// <summary>The place of the argument that counts candles, -1 where there is none.</summary>
    internal int CountPlace { get; private init; } = -1;

    internal bool IsWindow => CountPlace >= 0;

    /// <summary>The function of a name, in either case; null where there is none.</summary>
    public static Function? Find(string name) => All.FirstOrDefault(function => function.Name.Equals(name, StringComparison.OrdinalIgnoreCase));

    internal FormulaType Gives(IReadOnlyList<Expression> arguments) => this == If ? arguments[1].Type : FormulaType.Number;

    static Function Window(string name, string meaning) => new(name, $"{name}(x, n)", meaning, 2, 2) { CountPlace = 1 };
}
