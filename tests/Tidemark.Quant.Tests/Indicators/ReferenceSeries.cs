using System.Text.Json;
using Tidemark.Quant.Series;

namespace Tidemark.Quant.Indicators;

/// <summary>The shared reference series: each a value per candle, NaN where it has none.</summary>
static class ReferenceSeries
{
    const double Tolerance = 1e-9;

    public static CandleSeries Candles()
    {
        using var text = new StreamReader(SharedCases.Path("data/skender_SPY_1d_default.csv"));
        return CandleCsv.Read(text);
    }

    public static JsonElement[] Rows(string name)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(SharedCases.Path($"cases/indicators/skender_spy502/{name}.standard.json")));
        return [.. document.RootElement.Clone().EnumerateArray()];
    }

    public static double[] Column(JsonElement[] rows, string field) => [.. rows.Select(row => Number(Inside(row, field)))];

    public static void ShouldMatch(double[] actual, double[] expected, string what) =>
        ShouldMatch(actual, expected, [.. expected.Select(Math.Abs)], what);

    /// <summary>Holds to the tolerance relative to a scale of its own, where the reference cancels down to its own rounding.</summary>
    public static void ShouldMatch(double[] actual, double[] expected, double[] scale, string what)
    {
        actual.Length.ShouldBe(expected.Length, what);
        for (var i = 0; i < expected.Length; i++)
        {
            if (!Agrees(actual[i], expected[i], scale[i]))
            {
                throw new ShouldAssertException($"{what}[{i}] is {actual[i]:R}, not {expected[i]:R}");
            }
        }
    }

    static bool Agrees(double actual, double expected, double scale) =>
        double.IsNaN(expected) ? double.IsNaN(actual) : Math.Abs(actual - expected) <= Tolerance * scale;

    static JsonElement Inside(JsonElement row, string field)
    {
        foreach (var name in field.Split('.'))
        {
            row = row.TryGetProperty(name, out var value) ? value : default;
        }

        return row;
    }

    static double Number(JsonElement value) => value.ValueKind switch
    {
        JsonValueKind.Number => value.GetDouble(),
        JsonValueKind.True => 1,
        JsonValueKind.False => 0,
        _ => double.NaN,
    };
}
