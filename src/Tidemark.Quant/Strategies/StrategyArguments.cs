using System.Globalization;

namespace Tidemark.Quant.Strategies;

/// <summary>Checked values for all settings of one strategy, in the order of its description.</summary>
public sealed class StrategyArguments
{
    readonly double[] values;

    internal StrategyArguments(IReadOnlyList<StrategyParameter> parameters, double[] values)
    {
        Parameters = parameters;
        this.values = values;
    }

    /// <summary>The settings these are values of.</summary>
    public IReadOnlyList<StrategyParameter> Parameters { get; }

    /// <summary>The values in order, each in its setting's unit.</summary>
    public ReadOnlySpan<double> Values => values;

    /// <summary>The value at a position, in its setting's unit.</summary>
    public double this[int position] => values[position];

    /// <summary>The value at a position as a whole number, most often of bars.</summary>
    public int Whole(int position) => (int)values[position];

    /// <summary>The values by name, each in its setting's unit.</summary>
    public IReadOnlyDictionary<string, double> ByName =>
        Parameters.Select((parameter, position) => (parameter.Name, Value: values[position])).ToDictionary(entry => entry.Name, entry => entry.Value, StringComparer.Ordinal);

    /// <summary>As in "period=14 buy_below=30".</summary>
    public override string ToString() =>
        string.Join(' ', Parameters.Select((parameter, position) => string.Create(CultureInfo.InvariantCulture, $"{parameter.Name}={values[position]:R}")));
}
