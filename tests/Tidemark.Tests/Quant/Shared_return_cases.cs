using System.Text.Json;

namespace Tidemark.Quant;

public sealed class Shared_return_cases
{
    [Fact]
    public void Are_answered_in_their_own_shape()
    {
        var path = SharedCases.Path("cases/risk/returns_metrics.json");
        using var expected = JsonDocument.Parse(File.ReadAllText(path));

        using var actual = JsonDocument.Parse(ReturnsReport.ToJson(ReturnsReport.Of(ReturnsFile.Read(path))));

        foreach (var series in expected.RootElement.EnumerateObject())
        {
            var answer = actual.RootElement.GetProperty(series.Name);
            answer.EnumerateObject().Select(part => part.Name).ShouldBe(series.Value.EnumerateObject().Select(part => part.Name));
            foreach (var metric in series.Value.GetProperty("expected").EnumerateObject())
            {
                Compare(answer.GetProperty("expected").GetProperty(metric.Name), metric.Value, $"{series.Name} {metric.Name}");
            }
        }
    }

    static void Compare(JsonElement actual, JsonElement expected, string what)
    {
        actual.ValueKind.ShouldBe(expected.ValueKind, what);
        if (expected.ValueKind == JsonValueKind.Number)
        {
            var wanted = expected.GetDouble();
            actual.GetDouble().ShouldBe(wanted, Math.Max(1e-9 * Math.Abs(wanted), 1e-12), what);
        }
    }
}
