using System.CommandLine;
using System.IO.Compression;
using System.Text.Json;

namespace Tidemark.Quant;

public sealed class The_quant_verbs : IDisposable
{
    const string Header = "timestamp_ms,open,high,low,close,volume\n";
    const string Gap = Header + "0,100,101,99,100.5,1\n3600000,100.5,106,100.4,105.8,1\n7200000,105.8,108,103,107,1\n10800000,107,107,102,106,1\n";

    readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("tidemark-quant-");

    public void Dispose() => folder.Delete(recursive: true);

    [Fact]
    public void Write_the_patterns_of_a_file_as_six_tables()
    {
        var (code, output, _) = Run(QuantCommands.Patterns(), "--csv", Put("candles.csv", Gap), "--out", At("out"));

        code.ShouldBe(0);
        output.ShouldContain("4 candles of 1h");
        output.ShouldContain("0 of");
        Directory.GetFiles(At("out")).Select(Path.GetFileName).Order().ShouldBe(["blocks.csv", "equal.csv", "patterns.csv", "structure.csv", "swings3.csv", "swings5.csv"]);
        File.ReadAllLines(Path.Combine(At("out"), "patterns.csv"))[1]
            .ShouldBe("FVG,bullish,7200000,10800000,3600000,101,103,,,,,0,10800000,active,,50.000000");
    }

    [Fact]
    public void Read_compressed_files_and_say_what_they_found_in_JSON()
    {
        using (var gzip = new GZipStream(File.Create(At("candles.csv.gz")), CompressionLevel.Fastest))
        using (var text = new StreamWriter(gzip))
        {
            text.Write(Gap);
        }

        var (code, output, _) = Run(QuantCommands.Patterns(), "--csv", At("candles.csv.gz"), "--rows", "3", "--out", At("out"), "--json");

        code.ShouldBe(0);
        using var summary = JsonDocument.Parse(output);
        summary.RootElement.GetProperty("candles").GetInt32().ShouldBe(3);
        summary.RootElement.GetProperty("timeframe").GetString().ShouldBe("1h");
        summary.RootElement.GetProperty("rewritten").GetInt32().ShouldBe(0);
    }

    [Fact]
    public void Aggregate_where_a_longer_timeframe_is_asked_for() =>
        Run(QuantCommands.Patterns(), "--csv", Put("candles.csv", Gap), "--timeframe", "2h", "--out", At("out")).Output.ShouldContain("2 candles of 2h");

    [Fact]
    public void Refuse_a_bad_row_with_its_line_number()
    {
        var (code, _, error) = Run(QuantCommands.Patterns(), "--csv", Put("candles.csv", Gap + "oops,1,1,1,1,1\n"), "--out", At("out"));

        code.ShouldBe(1);
        error.ShouldStartWith("Line 6: ");
    }

    [Fact]
    public void Refuse_what_they_cannot_read_in_a_line()
    {
        Run(QuantCommands.Patterns(), "--csv", At("none.csv"), "--out", At("out")).Code.ShouldBe(1);
        Run(QuantCommands.Patterns(), "--csv", Put("candles.csv", Gap), "--timeframe", "1w", "--out", At("out")).Error.ShouldContain("is no timeframe");
        Run(QuantCommands.Patterns(), "--csv", Put("candles.csv", Gap), "--rows", "0", "--out", At("out")).Code.ShouldBe(1);
        Run(QuantCommands.Patterns(), "--csv", Put("broken.csv.gz", "no gzip"), "--out", At("out")).Code.ShouldBe(1);
        Run(QuantCommands.Metrics(), "--returns", Put("returns.txt", "return\n0.01\nx\n"), "--out", At("m.json")).Error.ShouldContain("Line 3");
        Run(QuantCommands.Metrics(), "--returns", Put("returns.json", "{ \"a\": 5 }"), "--out", At("m.json")).Error.ShouldContain("\"a\" has no returns");
    }

    [Theory]
    [InlineData("--rows", "x")]
    [InlineData("--rows", "")]
    [InlineData("--rows", "0")]
    public void Refuse_a_number_of_rows_that_is_none(string option, string value) =>
        Run(QuantCommands.Patterns(), "--csv", Put("candles.csv", Gap), "--out", At("out"), option, value).Code.ShouldBe(1);

    [Fact]
    public void Refuse_a_compressed_file_that_is_cut_short_or_none()
    {
        byte[] packed = [.. Gzip(Gap), .. Gzip("14400000,106,106,105,106,1\n")];
        File.WriteAllBytes(At("whole.csv.gz"), packed);
        Run(QuantCommands.Patterns(), "--csv", At("whole.csv.gz"), "--out", At("out")).Output.ShouldContain("5 candles of 1h");

        foreach (var cut in new[] { 1, 4, 8, 9, 20, 45 })
        {
            File.WriteAllBytes(At("cut.csv.gz"), packed[..^cut]);
            Run(QuantCommands.Patterns(), "--csv", At("cut.csv.gz"), "--out", At("out")).Error.ShouldContain("cut.csv.gz is cut short or damaged");
        }

        packed[^6] ^= 1;
        File.WriteAllBytes(At("changed.csv.gz"), packed);
        Run(QuantCommands.Patterns(), "--csv", At("changed.csv.gz"), "--out", At("out")).Error.ShouldContain("damaged");
        Run(QuantCommands.Patterns(), "--csv", Put("broken.csv.gz", "no gzip"), "--out", At("out")).Error.ShouldContain("broken.csv.gz is not a gzip file");
    }

    [Fact]
    public void Aggregate_sparse_minutes_by_what_all_their_distances_share()
    {
        var sparse = Put("sparse.csv", Header + string.Concat(new[] { 0, 7, 15, 24, 35, 48, 55, 62, 70, 119, 130 }.Select(minute => $"{minute * 60_000},5,6,4,5,1\n")));

        Run(QuantCommands.Patterns(), "--csv", sparse, "--timeframe", "1h", "--out", At("out")).Output.ShouldContain("2 candles of 1h");
        Run(QuantCommands.Patterns(), "--csv", sparse, "--out", At("out")).Output.ShouldContain("11 candles of 1m");
    }

    [Fact]
    public void Aggregate_as_the_definition_says_before_they_look_for_patterns()
    {
        var random = new Random(3);
        var (minutes, close) = (new List<(long Time, decimal Open, decimal High, decimal Low, decimal Close, decimal Volume)>(), 100m);
        for (var minute = 0; minute < 20_000; minute += random.Next(40) == 0 ? random.Next(2, 90) : 1)
        {
            var open = close;
            close = Math.Max(10, open + (random.Next(-30, 31) / 100m));
            minutes.Add((minute * 60_000L, open, Math.Max(open, close) + (random.Next(9) / 100m), Math.Min(open, close) - (random.Next(9) / 100m), close, random.Next(50)));
        }

        var end = minutes[^1].Time + 60_000;
        var quarters = minutes.GroupBy(row => row.Time / 900_000 * 900_000).Where(bucket => bucket.Key + 900_000 <= end).Select(bucket =>
            $"{bucket.Key},{bucket.First().Open},{bucket.Max(row => row.High)},{bucket.Min(row => row.Low)},{bucket.Last().Close},{bucket.Sum(row => row.Volume)}\n");

        Run(QuantCommands.Patterns(), "--csv", Put("minutes.csv", Header + string.Concat(minutes.Select(row => $"{row.Time},{row.Open},{row.High},{row.Low},{row.Close},{row.Volume}\n"))), "--timeframe", "15m", "--out", At("made")).Code.ShouldBe(0);
        Run(QuantCommands.Patterns(), "--csv", Put("quarters.csv", Header + string.Concat(quarters)), "--out", At("given")).Output.ShouldContain("candles of 15m");

        foreach (var table in Directory.GetFiles(At("given")))
        {
            File.ReadAllText(Path.Combine(At("made"), Path.GetFileName(table))).ShouldBe(File.ReadAllText(table), table);
        }

        File.ReadAllLines(Path.Combine(At("made"), "patterns.csv")).Length.ShouldBeGreaterThan(50);
    }

    [Fact]
    public void Guess_no_timeframe()
    {
        var one = Put("one.csv", Header + "3600000,5,6,4,5,1\n");
        Run(QuantCommands.Patterns(), "--csv", one, "--out", At("out")).Error.ShouldContain("say it with --source-timeframe");
        Run(QuantCommands.Patterns(), "--csv", one, "--timeframe", "2h", "--out", At("out")).Code.ShouldBe(1);
        Run(QuantCommands.Patterns(), "--csv", one, "--timeframe", "1h", "--out", At("out")).Output.ShouldContain("1 candles of 1h");
        Run(QuantCommands.Patterns(), "--csv", one, "--source-timeframe", "15m", "--out", At("out")).Output.ShouldContain("1 candles of 15m");

        var hours = Put("candles.csv", Gap);
        Run(QuantCommands.Patterns(), "--csv", hours, "--timeframe", "90m", "--out", At("out")).Error.ShouldContain("90m candles cannot be made of them");
        Run(QuantCommands.Patterns(), "--csv", hours, "--timeframe", "30m", "--out", At("out")).Error.ShouldContain("say --source-timeframe 30m");
        Run(QuantCommands.Patterns(), "--csv", hours, "--timeframe", "30m", "--source-timeframe", "30m", "--out", At("out")).Output.ShouldContain("4 candles of 30m");
        Run(QuantCommands.Patterns(), "--csv", hours, "--source-timeframe", "2h", "--out", At("out")).Error.ShouldContain("no candles of 2h");
    }

    [Fact]
    public void Refuse_a_file_without_candles_and_an_out_that_is_a_file()
    {
        var empty = Put("empty.csv", Header);
        Run(QuantCommands.Patterns(), "--csv", empty, "--out", At("out")).Code.ShouldBe(1);
        Run(IndicatorsCommand.Create(), "--csv", empty, "--out", At("table.csv")).Code.ShouldBe(1);
        Run(QuantCommands.Patterns(), "--csv", Put("candles.csv", Gap), "--out", empty).Error.ShouldContain("a folder for the tables is wanted");
    }

    [Theory]
    [InlineData("[7.5]", "cagr")]
    [InlineData("[1e200, 1e200]", "total_return")]
    [InlineData("[1e308, 1e308, -0.5]", "volatility_annual")]
    public void Leave_figures_beyond_all_numbers_undefined(string content, string metric)
    {
        Run(QuantCommands.Metrics(), "--returns", Put("returns.json", content), "--out", At("m.json")).Code.ShouldBe(0);

        using var answer = JsonDocument.Parse(File.ReadAllText(At("m.json")));
        answer.RootElement.GetProperty("returns").GetProperty("expected").GetProperty(metric).ValueKind.ShouldBe(JsonValueKind.Null);
    }

    [Theory]
    [InlineData("[1e400]")]
    [InlineData("{ \"a\": { \"returns\": [0.1], \"settings\": { \"rf_annual\": 1e999 } } }")]
    [InlineData("{ \"a\": [0.1], \"a\": [0.2] }")]
    [InlineData("{ \"returns\": null }")]
    [InlineData("{ \"a\": { \"returns\": null } }")]
    [InlineData("0,01\n0,02\n")]
    [InlineData("return\n0,01\n")]
    [InlineData("NaN\n0.01\n")]
    [InlineData("1e999\n0.01\n")]
    [InlineData("---\n0.01\n")]
    public void Refuse_returns_that_are_none(string content) =>
        Run(QuantCommands.Metrics(), "--returns", Put("returns.txt", content), "--out", At("m.json")).Code.ShouldBe(1);

    [Theory]
    [InlineData("20260101,0.1\n20260102,-0.05\n", "returns")]
    [InlineData("1767225600000,0.1\n1767312000000,-0.05\n", "returns")]
    [InlineData("{ \"mine\": { \"returns\": [0.1, -0.05], \"settings\": null } }", "mine")]
    [InlineData("date,return\n2026-01-01,0.1\n2026-01-02,-0.05\n", "returns")]
    [InlineData("[0.1, -0.05]", "returns")]
    [InlineData("{ \"mine\": [0.1, -0.05] }", "mine")]
    [InlineData("{ \"mine\": { \"returns\": [0.1, -0.05], \"settings\": { \"periods_per_year\": 365, \"rf_annual\": 0, \"mar_annual\": 0, \"alpha\": 0.05 } } }", "mine")]
    public void Measure_returns_however_they_are_written(string content, string name)
    {
        var (code, _, _) = Run(QuantCommands.Metrics(), "--returns", Put("returns.txt", content), "--out", At("m.json"));

        code.ShouldBe(0);
        using var answer = JsonDocument.Parse(File.ReadAllText(At("m.json")));
        var metrics = answer.RootElement.GetProperty(name).GetProperty("expected");
        metrics.GetProperty("n").GetInt32().ShouldBe(2);
        metrics.GetProperty("max_drawdown").GetDouble().ShouldBe(0.05, 1e-12);
    }

    static byte[] Gzip(string content)
    {
        using var packed = new MemoryStream();
        using (var gzip = new GZipStream(packed, CompressionLevel.Fastest))
        using (var text = new StreamWriter(gzip))
        {
            text.Write(content);
        }

        return packed.ToArray();
    }

    static (int Code, string Output, string Error) Run(Command command, params string[] arguments)
    {
        using var output = new StringWriter();
        using var error = new StringWriter();
        var code = command.Parse(arguments).Invoke(new InvocationConfiguration { Output = output, Error = error });
        return (code, output.ToString(), error.ToString());
    }

    string At(string name) => Path.Combine(folder.FullName, name);

    string Put(string name, string content)
    {
        File.WriteAllText(At(name), content);
        return At(name);
    }
}
