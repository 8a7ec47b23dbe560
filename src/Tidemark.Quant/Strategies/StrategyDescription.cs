using System.Globalization;
using Tidemark.Quant.Backtesting;
using Tidemark.Quant.Series;
using Tidemark.Quant.Strategies.Columns;

namespace Tidemark.Quant.Strategies;

/// <summary>All that the engine, the API and the screen need to know of a strategy; it stands beside the strategy's code.</summary>
public sealed record StrategyDescription
{
    /// <summary>The name programs call it by.</summary>
    public required string Name { get; init; }

    /// <summary>The name people call it by.</summary>
    public required string Title { get; init; }

    /// <summary>What it does, in one line.</summary>
    public required string Meaning { get; init; }

    /// <summary>Its exact rules, as its page shows them.</summary>
    public required string Definition { get; init; }

    /// <summary>Its settings, in order.</summary>
    public IReadOnlyList<StrategyParameter> Parameters { get; init; } = [];

    /// <summary>The sides it can trade at all.</summary>
    public TradeDirections Directions { get; init; } = TradeDirections.Both;

    /// <summary>Bars of a timeframe that it must have seen before its decisions count, for given settings, a count.</summary>
    public Func<StrategyArguments, Timeframe, int> WarmUp { get; init; } = (_, _) => 0;

    /// <summary>Whether settings that are each in range make sense together; a search leaves out those that do not, a run takes them as they are.</summary>
    public Func<StrategyArguments, bool> IsSensible { get; init; } = _ => true;

    /// <summary>What it asks to be computed, for given settings.</summary>
    public Func<StrategyArguments, IReadOnlyList<ColumnRequest>> Columns { get; init; } = _ => [];

    /// <summary>What tells two strategies with the same name and settings apart, as the text of formulas; part of a result's fingerprint.</summary>
    public string Source { get; init; } = "";

    internal StrategyRunner Runner { get; init; } = null!;

    /// <summary>Fills missing settings with their defaults; refuses unknown names and what is out of range. Values are in each setting's unit.</summary>
    public StrategyArguments With(IReadOnlyDictionary<string, double>? given = null)
    {
        if (given?.Keys.FirstOrDefault(name => Parameters.All(parameter => parameter.Name != name)) is { } unknown)
        {
            throw new BacktestException(
                Parameters.Count == 0
                    ? $"{Title} has no settings, so no {unknown}"
                    : $"{Title} has no setting {unknown}; it has {string.Join(", ", Parameters.Select(parameter => parameter.Name))}");
        }

        var values = new double[Parameters.Count];
        for (var i = 0; i < values.Length; i++)
        {
            var parameter = Parameters[i];
            values[i] = given?.TryGetValue(parameter.Name, out var value) == true ? value : parameter.Default;
            if (!parameter.Allows(values[i]))
            {
                throw new BacktestException(string.Create(CultureInfo.InvariantCulture, $"{Title}: {parameter.Name} must be {parameter.Range}, not {values[i]}"));
            }
        }

        return new StrategyArguments(Parameters, values);
    }

    /// <summary>Says which struct carries it out, made from settings and columns.</summary>
    public StrategyDescription RunBy<TStrategy>(Func<StrategySetup, TStrategy> create)
        where TStrategy : struct, IStrategy =>
        this with { Runner = new StrategyRunner<TStrategy>(create) };
}
