using Tidemark.Quant.Statistics;

namespace Tidemark.Quant.Backtesting.Optimising;

/// <summary>The trials that share the values of two parameters; figures are in the unit of what is measured.</summary>
/// <param name="Trials">Trials with a figure, a count.</param>
/// <param name="Median">Their median; null of none.</param>
/// <param name="Best">The best of them; null of none.</param>
public readonly record struct HeatCell(int Trials, double? Median, double? Best);

/// <summary>A measure over two parameters. A good cell among bad ones is luck more likely than not; a plateau is worth a look.</summary>
/// <param name="X">The parameter across.</param>
/// <param name="Y">The parameter down.</param>
/// <param name="Cells">The cells, row by row of Y.</param>
public sealed record HeatMap(TriedValues X, TriedValues Y, IReadOnlyList<IReadOnlyList<HeatCell>> Cells)
{
    internal static HeatMap Of(OptimiserTable table, string x, string y, Func<OptimiserTrial, double?> measure)
    {
        var (across, down) = (Find(table, x), Find(table, y));
        if (across == down)
        {
            throw new BacktestException("a heat map needs two parameters");
        }

        var (xs, ys) = (across.Values.Values, down.Values.Values);
        var figures = new List<double>[ys.Count, xs.Count];
        foreach (var trial in table.Trials)
        {
            var (row, column) = (IndexOf(ys, trial.Values[down.Place]), IndexOf(xs, trial.Values[across.Place]));
            if (measure(trial) is { } figure)
            {
                (figures[row, column] ??= []).Add(figure);
            }
        }

        return new HeatMap(across.Values, down.Values, [.. ys.Select((_, row) => (IReadOnlyList<HeatCell>)[.. xs.Select((_, column) => CellOf(figures[row, column]))])]);
    }

    static HeatCell CellOf(List<double>? figures)
    {
        if (figures is null)
        {
            return default;
        }

        double[] sorted = [.. figures.Order()];
        return new HeatCell(sorted.Length, Sample.Quantile(sorted, 0.5), sorted[^1]);
    }

    static (TriedValues Values, int Place) Find(OptimiserTable table, string name)
    {
        var values = table.Space.Varied.FirstOrDefault(entry => entry.Name == name) ?? throw new BacktestException($"{name} did not vary");
        var place = table.Space.Strategy.Parameters.TakeWhile(parameter => parameter.Name != name).Count();
        return (values, place);
    }

    static int IndexOf(IReadOnlyList<double> values, double value)
    {
        for (var i = 0; i < values.Count; i++)
        {
            if (values[i] == value)
            {
                return i;
            }
        }

        throw new InvalidOperationException($"no trial can have the value {value}");
    }
}
