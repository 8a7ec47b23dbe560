using Tidemark.Quant.Backtesting.Optimising;
using Tidemark.Quant.Indicators;
using Tidemark.Quant.Strategies;

namespace Tidemark.Quant.Backtesting.Proof;

/// <summary>
/// The combinations around given parameters that a walk forward chooses among where nobody says which. Lengths vary by half as much again,
/// or up to 2.25 times where there are few parameters, other numbers by a tenth of their range
/// or by half of themselves where that is less: near enough to be the same idea, far enough to matter. One parameter takes nine values,
/// two take five each, more take three each, of which at most <see cref="MostTrials"/> are drawn. On long records fewer are tried, and parameters that
/// change dear indicators stay as given, so that the whole takes a fraction of a second.
/// </summary>
public static class Neighbourhood
{
    /// <summary>The most combinations that are tried, a count.</summary>
    public const int MostTrials = 32;

    const int FewestTrials = 9;
    const int BarsForAll = 525_600;
    const double Factor = 1.5;
    const double ShareOfRange = 0.1;
    const double MostColumnWork = 200_000_000;
    const int WorkOfAColumn = 10;
    const long MostLooks = 243;

    /// <summary>A plan that holds the given parameters themselves and their neighbours.</summary>
    public static OptimiserPlan Around(
        StrategyDescription strategy, IReadOnlyDictionary<string, double>? parameters, BacktestInput input, Random random, Objective objective = Objective.Sharpe)
    {
        var given = strategy.With(parameters).Values.ToArray();
        var bars = input.Symbols.Sum(symbol => (long)symbol.Candles.Count);
        var places = Enumerable.Range(0, given.Length).ToList();
        var varied = Values(strategy, given, places);
        var work = ColumnWorkOfATrial(strategy, varied, parameters, bars);
        if (work * FewestTrials > MostColumnWork)
        {
            places.RemoveAll(place => ChangesColumns(strategy, given, varied.First(entry => entry.Name == strategy.Parameters[place].Name), place));
            varied = Values(strategy, given, places);
            work = 0;
        }

        varied = [.. varied.Where(entry => entry.Values.Count > 1)];
        var space = new ParameterSpace(strategy, varied, parameters);
        return new OptimiserPlan(space)
        {
            Objective = objective,
            Random = random,
            Draws = (int)Math.Clamp(Math.Min(MostTrials * (double)BarsForAll / Math.Max(1, bars), MostColumnWork / Math.Max(1, work)), FewestTrials, MostTrials),
            Always = [space.Find(given)],
        };
    }

    static IReadOnlyList<TriedValues> Values(StrategyDescription strategy, double[] given, List<int> places)
    {
        var reach = places.Count switch { 1 => 4, 2 => 2, _ => 1 };
        return [.. places.Select(place => Near(strategy.Parameters[place], given[place], reach))];
    }

    static TriedValues Near(StrategyParameter parameter, double given, int reach)
    {
        var values = new SortedSet<double> { given };
        if (parameter.Kind == ParameterKind.Choice || parameter.Maximum - parameter.Minimum <= 1)
        {
            values.UnionWith(TriedValues.Between(parameter.Name, parameter.Minimum, parameter.Maximum, Math.Max(1, parameter.Step)).Values);
        }
        else
        {
            for (var step = 1; step <= reach; step++)
            {
                foreach (var sign in (int[])[-1, 1])
                {
                    values.Add(Snap(parameter, given, parameter.Kind == ParameterKind.Whole
                        ? given * Math.Pow(Factor, (double)sign * step * (reach > 1 ? 2.0 / reach : 1))
                        : given + (sign * step * Math.Max(parameter.Step, Reach(parameter, given) / reach))));
                }
            }
        }

        return new TriedValues(parameter.Name, [.. values]);
    }

    static double Reach(StrategyParameter parameter, double given) =>
        Math.Min((parameter.Maximum - parameter.Minimum) * ShareOfRange, given == 0 ? double.PositiveInfinity : Math.Abs(given) * (Factor - 1));

    // On the parameter's own steps, counted from what was given.
    static double Snap(StrategyParameter parameter, double given, double wanted)
    {
        var step = parameter.Step > 0 ? parameter.Step : 1;
        var steps = Math.Round((wanted - given) / step, MidpointRounding.AwayFromZero);
        if (steps == 0)
        {
            steps = wanted < given ? -1 : 1;
        }

        var value = (double)((decimal)given + ((decimal)steps * (decimal)step));
        return parameter.Allows(value) ? value : given;
    }

    // Nanoseconds that a trial's indicators take on average, those it shares with others counted once.
    static double ColumnWorkOfATrial(StrategyDescription strategy, IReadOnlyList<TriedValues> varied, IReadOnlyDictionary<string, double>? parameters, long bars)
    {
        var space = new ParameterSpace(strategy, varied, parameters);
        var work = new Dictionary<string, long>(StringComparer.Ordinal);
        var looked = Math.Min(space.Combinations, MostLooks);
        for (var i = 0L; i < looked; i++)
        {
            foreach (var request in strategy.Columns(strategy.With(space.Named(space.At(i)))))
            {
                work[request.Key] = Math.Max(request.Work, request.Outputs * WorkOfAColumn) * bars;
            }
        }

        return (double)work.Values.Sum() / looked;
    }

    static bool ChangesColumns(StrategyDescription strategy, double[] given, TriedValues values, int place)
    {
        var usual = Keys(strategy, given);
        return values.Values.Any(value =>
        {
            double[] changed = [.. given];
            changed[place] = value;
            return !Keys(strategy, changed).SetEquals(usual);
        });
    }

    static HashSet<string> Keys(StrategyDescription strategy, double[] values)
    {
        var space = new ParameterSpace(strategy, []);
        return [.. strategy.Columns(strategy.With(space.Named(values))).Select(request => request.Key)];
    }
}
