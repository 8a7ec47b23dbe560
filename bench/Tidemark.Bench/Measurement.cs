using System.Globalization;
using System.Text;

namespace Tidemark.Bench;

/// <summary>One figure against a named limit or rival of the same run; a ratio above 1 is over the limit.</summary>
sealed record Measurement(string What, double Value, string Unit, double Limit, string Against)
{
    public double Ratio => Value == 0 ? 0 : Value / Limit;

    public bool IsWithin => Value <= Limit;

    public static string Table(IReadOnlyList<Measurement> measurements)
    {
        var text = new StringBuilder("| what | measured | against | ratio |\n|---|---:|---|---:|\n");
        foreach (var row in measurements)
        {
            text.Append(
                CultureInfo.InvariantCulture,
                $"| {row.What} | {Show(row.Value)} {row.Unit} | {row.Against}: {Show(row.Limit)} {row.Unit} | {row.Ratio:0.000}{(row.IsWithin ? "" : " **over**")} |\n");
        }

        return text.ToString();
    }

    static string Show(double value) => value.ToString(value >= 100 || value == Math.Floor(value) ? "N0" : "0.00", CultureInfo.InvariantCulture);
}
