using Tidemark.Quant.Strategies;

namespace Tidemark.Quant.Backtesting.Optimising;

/// <summary>The values of one parameter that are tried, in the parameter's own unit.</summary>
/// <param name="Name">The parameter.</param>
/// <param name="Values">The values, each once.</param>
public sealed record TriedValues(string Name, IReadOnlyList<double> Values)
{
    const int Most = 10_000;

    /// <summary>From one value to another, both included where the step meets them.</summary>
    public static TriedValues Between(string name, double from, double to, double step)
    {
        if (!(step > 0) || !(to >= from) || !((to - from) / step < Most))
        {
            throw new BacktestException($"{name} cannot be tried from {from} to {to} in steps of {step}");
        }

        // In decimals, so that ten steps of 0.1 make 1.
        var count = (int)Math.Floor(((decimal)to - (decimal)from) / (decimal)step) + 1;
        return new TriedValues(name, [.. Enumerable.Range(0, count).Select(i => (double)((decimal)from + (i * (decimal)step)))]);
    }
}

/// <summary>All combinations of values that may be tried, numbered; the last parameter changes quickest.</summary>
public sealed class ParameterSpace
{
    readonly double[] settled;
    readonly int[] places;

    /// <summary>Some parameters of a strategy vary, the others stay as given or at their defaults.</summary>
    public ParameterSpace(StrategyDescription strategy, IReadOnlyList<TriedValues> varied, IReadOnlyDictionary<string, double>? others = null)
    {
        Strategy = strategy;
        Varied = varied;
        settled = strategy.With(others).Values.ToArray();
        places = [.. varied.Select(entry => PlaceOf(strategy, entry))];
        if (places.Distinct().Count() < places.Length)
        {
            throw new BacktestException("a parameter can vary only once");
        }

        Combinations = varied.Aggregate(1L, (product, entry) => product > long.MaxValue / entry.Values.Count ? long.MaxValue : product * entry.Values.Count);
    }

    /// <summary>The strategy.</summary>
    public StrategyDescription Strategy { get; }

    /// <summary>The parameters that vary.</summary>
    public IReadOnlyList<TriedValues> Varied { get; }

    /// <summary>How many combinations there are, a count.</summary>
    public long Combinations { get; }

    /// <summary>The values of all parameters where nothing varies: those given, the others at their defaults.</summary>
    public double[] Given => [.. settled];

    /// <summary>The values of all parameters of a combination, in the order of the strategy's description.</summary>
    public double[] At(long combination)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((ulong)combination, (ulong)Combinations, nameof(combination));
        double[] values = [.. settled];
        for (var i = places.Length - 1; i >= 0; i--)
        {
            (combination, var choice) = Math.DivRem(combination, Varied[i].Values.Count);
            values[places[i]] = Varied[i].Values[(int)choice];
        }

        return values;
    }

    /// <summary>The combination with the given values of all parameters.</summary>
    public long Find(ReadOnlySpan<double> values)
    {
        var combination = 0L;
        for (var i = 0; i < places.Length; i++)
        {
            var (tried, wanted) = (Varied[i].Values, values[places[i]]);
            var choice = 0;
            while (choice < tried.Count && tried[choice] != wanted)
            {
                choice++;
            }

            combination = choice < tried.Count
                ? (combination * tried.Count) + choice
                : throw new BacktestException($"{Varied[i].Name} is never {wanted} here");
        }

        return combination;
    }

    /// <summary>Values of all parameters by name.</summary>
    public IReadOnlyDictionary<string, double> Named(ReadOnlySpan<double> values)
    {
        var named = new Dictionary<string, double>(values.Length, StringComparer.Ordinal);
        for (var i = 0; i < values.Length; i++)
        {
            named[Strategy.Parameters[i].Name] = values[i];
        }

        return named;
    }

    static int PlaceOf(StrategyDescription strategy, TriedValues entry)
    {
        for (var i = 0; i < strategy.Parameters.Count; i++)
        {
            var parameter = strategy.Parameters[i];
            if (parameter.Name == entry.Name)
            {
                return entry.Values.Count == 0 || entry.Values.Distinct().Count() < entry.Values.Count || !entry.Values.All(parameter.Allows)
                    ? throw new BacktestException($"{strategy.Title}: {parameter.Name} must be {parameter.Range}, each value tried once")
                    : i;
            }
        }

        throw new BacktestException($"{strategy.Title} has no setting {entry.Name}");
    }
}
