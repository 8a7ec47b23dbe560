using System.Globalization;
using Tidemark.Backtests.Drawing;
using Tidemark.Backtests.Results;

namespace Tidemark.Backtests.Running;

/// <summary>Equity and drawdown of a run as a picture: the out-of-sample curve where there is one, and beside it the run and buy and hold.</summary>
static class EquityPicture
{
    const int Points = 900;

    public static string Draw(StoredRun run, KeptCurves curves, Theme theme)
    {
        var (first, second) = curves.OutOfSample is { } outside ? (outside, curves.Run) : (curves.Run!, null);
        var longest = second ?? first;
        var places = Thinning.Places(longest.Equity, Points);
        long[] times = [.. places.Select(place => longest.Times[place])];
        var lines = new List<ChartLine>();
        if (second is not null)
        {
            lines.Add(new ChartLine("Out of sample", Ink.Series4, At(first, first.Equity, times)));
        }
        lines.Add(new ChartLine(second is null ? "Equity" : "Whole period, settings as given", second is null ? Ink.Series4 : Ink.Series1, [.. places.Select(place => longest.Equity[place])]));
        // Over the period of the curve it stands beside.
        if (first.Hold is { } held)
        {
            lines.Add(new ChartLine("Buy and hold", Ink.Muted, second is null ? [.. places.Select(place => held[place])] : At(first, held, times)));
        }
        var order = run.Order;
        var drawdown = second is null ? [.. places.Select(place => -longest.Drawdown[place])] : At(first, [.. first.Drawdown.Select(static one => -one)], times);
        var note = string.Create(CultureInfo.InvariantCulture, $"{string.Join(", ", order.Symbols)} {order.Timeframe} from {order.Source} ({order.Provenance.ToString().ToLowerInvariant()}), UTC. {Words.Disclaimer}");
        return Chart.Draw(
            $"{run.Code} {order.Strategy.Title}", note, times,
            [new ChartPane("Equity", 3) { Lines = lines, Guides = [new(longest.Initial, "start")] }, new ChartPane(second is null ? "Drawdown" : "Drawdown out of sample", 1.1) { Lines = [new ChartLine("Drawdown", Ink.Fall, drawdown) { IsFilled = true }], Unit = Ticks.Unit.Percent }],
            theme);
    }

    /// <summary>A curve's values at other times: the last one known then; nothing before it begins or after it ends.</summary>
    static double[] At(KeptCurve curve, IReadOnlyList<double> values, long[] times)
    {
        var found = new double[times.Length];
        var place = -1;
        for (var i = 0; i < times.Length; i++)
        {
            while (place + 1 < curve.Times.Count && curve.Times[place + 1] <= times[i])
            {
                place++;
            }
            found[i] = place < 0 || times[i] > curve.Times[^1] ? double.NaN : values[place];
        }
        return found;
    }
}
