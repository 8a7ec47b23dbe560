using System.Globalization;
using System.Text.Json;

namespace Tidemark.Quant;

/// <summary>
/// Series of returns to measure: JSON as named series with settings, as named lists or as one list; or text with one return a line,
/// the last field of a comma-separated row, under a header or none.
/// </summary>
public static class ReturnsFile
{
    public sealed record Settings(double PeriodsPerYear = 365, double RfAnnual = 0, double MarAnnual = 0, double Alpha = 0.05);

    public sealed record NamedReturns(string Name, double[] Returns, Settings Settings);

    static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static IReadOnlyList<NamedReturns> Read(string path)
    {
        var text = File.ReadAllText(path);
        var name = Path.GetFileNameWithoutExtension(path);
        return text.AsSpan().TrimStart() switch
        {
            ['{', ..] => ReadNamed(text, name),
            ['[', ..] => [new(name, JsonSerializer.Deserialize<double[]>(text)!, new Settings())],
            _ => [new(name, ReadLines(text), new Settings())],
        };
    }

    static IReadOnlyList<NamedReturns> ReadNamed(string text, string fileName)
    {
        using var document = JsonDocument.Parse(text);
        var root = document.RootElement;
        return root.TryGetProperty("returns", out _)
            ? [Series(fileName, root)]
            : [.. root.EnumerateObject().Select(series => Series(series.Name, series.Value))];
    }

    static NamedReturns Series(string name, JsonElement series)
    {
        if (series.ValueKind == JsonValueKind.Array)
        {
            return new NamedReturns(name, series.Deserialize<double[]>()!, new Settings());
        }

        if (series.ValueKind != JsonValueKind.Object || !series.TryGetProperty("returns", out var returns))
        {
            throw new FormatException($"\"{name}\" has no returns.");
        }

        var settings = series.TryGetProperty("settings", out var given) ? given.Deserialize<Settings>(Json)! : new Settings();
        return settings.PeriodsPerYear > 0 && settings.Alpha is > 0 and < 1
            ? new NamedReturns(name, returns.Deserialize<double[]>()!, settings)
            : throw new FormatException($"\"{name}\" has settings that cannot be: periods_per_year must be above 0 and alpha between 0 and 1.");
    }

    static double[] ReadLines(string text)
    {
        var returns = new List<double>();
        var lineNumber = 0;
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            lineNumber++;
            var field = line[(line.LastIndexOf(',') + 1)..].Trim();
            if (double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value))
            {
                returns.Add(value);
            }
            else if (lineNumber > 1 && !line.Trim().IsEmpty)
            {
                throw new FormatException($"Line {lineNumber}: \"{field}\" is no number.");
            }
        }

        return [.. returns];
    }
}
