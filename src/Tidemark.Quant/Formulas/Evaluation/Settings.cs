using Tidemark.Quant.Formulas.Syntax;

namespace Tidemark.Quant.Formulas.Evaluation;

/// <summary>The values of a formula's parameters for one run, checked against their ranges.</summary>
sealed class Settings
{
    readonly Dictionary<string, double> values = new(StringComparer.OrdinalIgnoreCase);

    public Settings(IReadOnlyList<FormulaParameter> declared, IReadOnlyDictionary<string, double>? given)
    {
        foreach (var parameter in declared)
        {
            values[parameter.Name] = parameter.Default;
        }

        foreach (var (name, value) in given ?? new Dictionary<string, double>())
        {
            var parameter = declared.FirstOrDefault(candidate => candidate.Name.Equals(name, StringComparison.OrdinalIgnoreCase))
                ?? throw new ArgumentException($"the formula has no parameter {name}", nameof(given));
            values[name] = parameter.Allows(value)
                ? value
                : throw new ArgumentOutOfRangeException(nameof(given), value, $"{name} must be {parameter.Minimum} to {parameter.Maximum}");
        }
    }

    public double Value(Expression setting) =>
        setting is Expression.Parameter parameter ? values[parameter.Declared.Name] : SettingRules.Value(setting);

    public int Count(Expression setting)
    {
        var value = Value(setting);
        return double.IsInteger(value)
            ? (int)value
            : throw new ArgumentException($"{Printer.Print(setting)} counts candles and must be a whole number, not {value}", nameof(setting));
    }
}
