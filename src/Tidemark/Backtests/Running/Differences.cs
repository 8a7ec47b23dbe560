using System.Text.Json;
using Tidemark.Platform.Api;

namespace Tidemark.Backtests.Running;

/// <summary>The fields in which orders differ.</summary>
static class Differences
{
    static readonly HashSet<string> Left = new(StringComparer.Ordinal) { "askedStrategy", "asked", "quoteSubstituted", "provenance" };

    public static IReadOnlyList<string> Of(IEnumerable<RunOrder> orders)
    {
        var all = orders.Select(static order => Leaves(JsonSerializer.SerializeToElement(order, ApiJson.Options), "").ToDictionary(static one => one.Path, static one => one.Value, StringComparer.Ordinal)).ToList();
        return [.. all.SelectMany(static one => one.Keys).Distinct().Where(path => !Left.Contains(path.Split('.')[0]) && all.Select(one => one.GetValueOrDefault(path, "")).Distinct().Count() > 1).Order(StringComparer.Ordinal)];
    }

    static IEnumerable<(string Path, string Value)> Leaves(JsonElement element, string path) =>
        element.ValueKind == JsonValueKind.Object
            ? element.EnumerateObject().SelectMany(one => Leaves(one.Value, path.Length == 0 ? one.Name : $"{path}.{one.Name}"))
            : [(path, element.ValueKind == JsonValueKind.Null ? "" : element.GetRawText())];
}
