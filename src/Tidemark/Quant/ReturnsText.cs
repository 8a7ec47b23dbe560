using System.Globalization;

namespace Tidemark.Quant;

/// <summary>Returns as text: one a line, the last field of a comma-separated row, under a header or none.</summary>
public static class ReturnsText
{
    const double EarliestTimestamp = 1e8;

    public static double[] Read(string text)
    {
        var returns = new List<double>();
        var (lineNumber, fields) = (0, 0);
        foreach (var line in text.AsSpan().EnumerateLines())
        {
            lineNumber++;
            var row = line.Trim().TrimStart('\uFEFF');
            if (row.IsEmpty)
            {
                continue;
            }

            var here = row.Count(',') + 1;
            var field = row[(row.LastIndexOf(',') + 1)..].Trim();
            if (fields == 0)
            {
                fields = here;
                if (IsHeader(field))
                {
                    continue;
                }

                RefuseDecimalComma(row, lineNumber);
            }

            returns.Add(here == fields && double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out var value) && double.IsFinite(value)
                ? value
                : throw new FormatException($"Line {lineNumber}: {(here == fields ? $"\"{field}\" is no number" : $"{here} fields where the first line has {fields}")}."));
        }

        return [.. returns];
    }

    static bool IsHeader(ReadOnlySpan<char> field) =>
        field.ContainsAnyInRange('A', 'z') && !double.TryParse(field, NumberStyles.Float, CultureInfo.InvariantCulture, out _);

    // "0,01" is one return with a comma, not two fields; a number before a return must at least be a date.
    static void RefuseDecimalComma(ReadOnlySpan<char> row, int lineNumber)
    {
        var comma = row.IndexOf(',');
        if (comma >= 0
            && comma == row.LastIndexOf(',')
            && double.TryParse(row[..comma], NumberStyles.Float, CultureInfo.InvariantCulture, out var first)
            && first < EarliestTimestamp
            && !IsDay(row[..comma].Trim()))
        {
            throw new FormatException($"Line {lineNumber}: \"{row}\" begins with a number that is no date; write returns with a point, as in 0.01.");
        }
    }

    static bool IsDay(ReadOnlySpan<char> field) => DateOnly.TryParseExact(field, "yyyyMMdd", CultureInfo.InvariantCulture, DateTimeStyles.None, out _);
}
