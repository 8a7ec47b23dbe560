using System.CommandLine;
using System.Text.Json;

namespace Tidemark.Quant;

public sealed class The_indicators_verb : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("tidemark-").FullName;

    [Fact]
    public void Writes_the_shared_columns_to_the_last_digit_that_counts()
    {
        var expected = File.ReadAllLines(SharedCases.Path("cases/indicators/naive_skender_BTCUSDT_1d.csv"));
        var table = Path.Combine(folder, "indicators.csv");

        IndicatorsCommand.Run(SharedCases.Path("data/skender_BTCUSDT_1d.csv"), table);

        var actual = File.ReadAllLines(table);
        actual[0].ShouldBe(expected[0]);
        actual.Length.ShouldBe(expected.Length);
        for (var row = 1; row < expected.Length; row++)
        {
            foreach (var (field, wanted) in actual[row].Split(',').Zip(expected[row].Split(',')))
            {
                Agree(field, wanted).ShouldBeTrue($"row {row}: {field} is not {wanted}");
            }
        }
    }

    [Fact]
    public void Prints_numbers_with_a_point_and_leaves_what_is_undefined_empty()
    {
        var table = Write("0,10,11,9,10,5", "60000,10,12,10,12,7");

        Invoke(table, out var output).ShouldBe(0);

        var lines = File.ReadAllLines(Path.Combine(folder, "out.csv"));
        lines[0].Split(',').Length.ShouldBe(25);
        lines[1].ShouldBe("0,,,,,,,,,,,,,,,,0.0,,,,,,,,");
        lines[2].ShouldBe("60000,,,,,,,,,,,,,,,,7.0,,,,,,,,");
        output.ShouldContain("2 candles");
    }

    [Fact]
    public void Says_in_json_what_it_wrote()
    {
        Invoke(Write("0,10,11,9,10,5"), out var output, "--json").ShouldBe(0);

        using var summary = JsonDocument.Parse(output);
        summary.RootElement.GetProperty("candles").GetInt32().ShouldBe(1);
        summary.RootElement.GetProperty("columns").GetArrayLength().ShouldBe(24);
    }

    [Fact]
    public void Refuses_a_bad_row_with_its_line_number()
    {
        Invoke(Write("0,10,11,9,10,5", "60000,10,oops,9,10,5"), out var output).ShouldBe(1);

        output.ShouldContain("3");
        output.ShouldContain("oops");
    }

    string Write(params string[] rows)
    {
        var path = Path.Combine(folder, "candles.csv");
        File.WriteAllLines(path, ["timestamp_ms,open,high,low,close,volume", .. rows]);
        return path;
    }

    int Invoke(string csv, out string output, params string[] more)
    {
        using var text = new StringWriter();
        var command = IndicatorsCommand.Create();
        var code = command
            .Parse(["--csv", csv, "--out", Path.Combine(folder, "out.csv"), .. more])
            .Invoke(new InvocationConfiguration { Output = text, Error = text });
        output = text.ToString();
        return code;
    }

    static bool Agree(string field, string wanted)
    {
        if (field.Length == 0 || wanted.Length == 0)
        {
            return field == wanted;
        }

        var (actual, expected) = (double.Parse(field), double.Parse(wanted));
        return field.Contains('.') == wanted.Contains('.') && Math.Abs(actual - expected) <= 1e-9 * Math.Abs(expected);
    }

    public void Dispose() => Directory.Delete(folder, recursive: true);
}
