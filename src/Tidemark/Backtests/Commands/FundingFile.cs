using System.Globalization;
using Tidemark.Quant.Backtesting;

namespace Tidemark.Backtests.Commands;

/// <summary>Funding payments in a file: a header, then a UTC millisecond and a rate in each line, oldest first.</summary>
static class FundingFile
{
    public static IReadOnlyList<FundingPoint> Read(string path)
    {
        var points = new List<FundingPoint>();
        foreach (var (line, number) in File.ReadLines(path).Select((line, i) => (line, i + 1)).Skip(1).Where(row => row.line.Length > 0))
        {
            if (line.Split(',') is not [var time, var rate]
                || !long.TryParse(time, NumberStyles.Integer, CultureInfo.InvariantCulture, out var moment)
                || !double.TryParse(rate, NumberStyles.Float, CultureInfo.InvariantCulture, out var fraction)
                || !double.IsFinite(fraction))
            {
                throw new FormatException($"{path}, line {number}: \"{line}\" is no time and rate.");
            }
            if (points is [.., var last] && last.Time >= moment)
            {
                throw new FormatException($"{path}, line {number}: the payment is not after the one before it.");
            }
            points.Add(new FundingPoint(moment, fraction));
        }
        return points;
    }
}
