using System.Globalization;
using Tidemark.Backtests.CustomIndicators;
using Tidemark.Quant.Backtesting.Optimising;
using Tidemark.Quant.Series;
using Tidemark.Quant.Strategies;

namespace Tidemark.Backtests.Running;

/// <summary>How much work an order is, before it is begun.</summary>
static class RunSize
{
    /// <summary>Work that one order may take of one processor, about.</summary>
    public static readonly TimeSpan Most = TimeSpan.FromMinutes(10);

    const long MostLookedAt = 1_000_000;

    /// <summary>About how long a trial takes for each bar where its indicators are there already.</summary>
    const double SecondsABar = 4e-9, Least = 0.05;

    public static RunEndpoints.SearchEstimate Of(RunOrder order)
    {
        var strategy = order.Strategy.Describe();
        var (space, bars) = (SpaceOf(order, strategy), BarsOf(order));
        var unreasonable = Unreasonable(space, strategy);
        var tried = Math.Min(space.Combinations - unreasonable, order.Search?.Draws ?? long.MaxValue);
        var seconds = Math.Round(Least + (Work(order, strategy).TotalSeconds / Math.Max(1, Environment.ProcessorCount)), 1);
        return new RunEndpoints.SearchEstimate(
            tried, unreasonable, bars, seconds,
            string.Create(CultureInfo.InvariantCulture, $"{tried:N0} combinations over {bars:N0} bars: about {seconds:0.#} s.{(unreasonable > 0 ? $" {unreasonable:N0} make no sense and are left out." : "")} Each counts as a trial."));
    }

    /// <summary>Refuses what would keep a processor busy for too long.</summary>
    public static void Refuse(RunOrder order, StrategyDescription strategy)
    {
        if (Work(order, strategy) is var work && work > Most)
        {
            throw FormulaText.Refused(
                order.Search is null ? "period" : "grid",
                string.Create(CultureInfo.InvariantCulture, $"This would take about {work.TotalMinutes:N0} minutes of a processor, {Most.TotalMinutes:N0} are allowed; take a shorter period, a longer timeframe, fewer values or simpler formulas."));
        }
    }

    /// <summary>Time of one processor, about: each different column of indicators once over all bars, and each trial over them.</summary>
    static TimeSpan Work(RunOrder order, StrategyDescription strategy)
    {
        var space = SpaceOf(order, strategy);
        var tried = Math.Min(space.Combinations, order.Search?.Draws ?? long.MaxValue);
        // Which combinations a draw will take is not known yet: as many, evenly spread, stand for them.
        var stride = Math.Max(1, space.Combinations / tried);
        var columns = new Dictionary<string, long>(StringComparer.Ordinal);
        for (var i = 0L; i < tried; i++)
        {
            foreach (var column in strategy.Columns(strategy.With(space.Named(space.At(i * stride)))))
            {
                columns.TryAdd(column.Key, column.Work);
            }
        }
        var nanoseconds = columns.Values.Sum(static work => (double)work);
        return TimeSpan.FromSeconds(Math.Min(1e9, BarsOf(order) * ((nanoseconds * 1e-9) + (tried * SecondsABar))));
    }

    static ParameterSpace SpaceOf(RunOrder order, StrategyDescription strategy) =>
        new(strategy, [.. (order.Search?.Grid ?? []).Select(static one => new TriedValues(one.Name, one.Values))], order.Parameters);

    static long BarsOf(RunOrder order) => (long)((order.Until - order.From).TotalMinutes / Timeframe.Parse(order.Timeframe).Minutes) * order.Symbols.Count;

    static long Unreasonable(ParameterSpace space, StrategyDescription strategy)
    {
        if (Experiment.ReasonableFor(strategy) is not { } isReasonable || space.Combinations > MostLookedAt)
        {
            return 0;
        }
        var count = 0L;
        for (var i = 0L; i < space.Combinations; i++)
        {
            count += isReasonable(space.At(i)) ? 0 : 1;
        }
        return count;
    }
}
