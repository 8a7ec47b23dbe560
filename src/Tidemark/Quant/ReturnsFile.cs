using System.Text.Json;
using Tidemark.Quant.Statistics;

namespace Tidemark.Quant;

/// <summary>
/// Series of returns to measure: JSON as named series with settings, as named lists or as one list; or text with one return a line,
/// alone or after a date, under a header or none.
/// </summary>
public static class ReturnsFile
{
    public sealed record Settings(double PeriodsPerYear = 365, double RfAnnual = 0, double MarAnnual = 0, double Alpha = 0.05)
    {
        public ReturnSettings ToMeasure() => new(PeriodsPerYear, RfAnnual, MarAnnual, Alpha);
    }

    public sealed record NamedReturns(string Name, double[] Returns, Settings Settings);

    static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower };

    public static IReadOnlyList<NamedReturns> Read(string path)
    {
        var text = File.ReadAllText(path);
        var name = Path.GetFileNameWithoutExtension(path);
        IReadOnlyList<NamedReturns> all = text.AsSpan().TrimStart() switch
        {
            ['{', ..] => ReadNamed(text, name),
            ['[', ..] => [Checked(new(name, JsonSerializer.Deserialize<double[]>(text)!, new Settings()))],
            _ => [new(name, ReturnsText.Read(text), new Settings())],
        };
        return all.GroupBy(series => series.Name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { } twice
            ? throw new FormatException($"\"{twice.Key}\" is there {twice.Count()} times.")
            : all;
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
            return Checked(new NamedReturns(name, series.Deserialize<double[]>()!, new Settings()));
        }

        if (series.ValueKind != JsonValueKind.Object || !series.TryGetProperty("returns", out var returns) || returns.ValueKind != JsonValueKind.Array)
        {
            throw new FormatException($"\"{name}\" has no returns.");
        }

        var settings = series.TryGetProperty("settings", out var given) ? given.Deserialize<Settings>(Json) : null;
        return Checked(new NamedReturns(name, returns.Deserialize<double[]>()!, settings ?? new Settings()));
    }

    static NamedReturns Checked(NamedReturns series)
    {
        if (!series.Settings.ToMeasure().MakeSense)
        {
            throw new FormatException($"\"{series.Name}\" has settings that cannot be: rates must be numbers, periods_per_year above 0 and alpha between 0 and 1.");
        }

        var position = Array.FindIndex(series.Returns, value => !double.IsFinite(value));
        return position < 0 ? series : throw new FormatException($"\"{series.Name}\" has a return that is too large to be one, number {position + 1}.");
    }
}
