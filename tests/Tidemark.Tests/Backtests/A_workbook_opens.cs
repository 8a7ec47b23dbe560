using System.Globalization;
using System.IO.Compression;
using System.Xml.Linq;
using Tidemark.Backtests.Sheets;
using Tidemark.Quant.Series;

namespace Tidemark.Backtests;

public sealed class A_workbook_opens(LabServer server) : IClassFixture<LabServer>
{
    static readonly XNamespace Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    static readonly DateTimeOffset Noon = new(2025, 11, 13, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Numbers_are_numbers_times_are_dates_and_texts_are_never_formulas()
    {
        using var file = Open(Workbook.Write([new Sheet("Trades/all", ["at", "profit", "note", "won"], [[Noon, -1.5, "=1+1 <&>\u0001", true], [null, double.NaN, "", 12_345_678_901L]])]));

        var cells = Cells(file, 1);
        cells["A1"].ShouldBe(("inlineStr", "2", "at"));
        cells["A2"].Style.ShouldBe("1", "a date's style");
        DateTime.FromOADate(double.Parse(cells["A2"].Value, CultureInfo.InvariantCulture)).ShouldBe(Noon.UtcDateTime);
        cells["B2"].ShouldBe((null, null, "-1.5"));
        cells["C2"].ShouldBe(("inlineStr", null, "=1+1 <&>\uFFFD"));
        cells["D2"].ShouldBe(("b", null, "1"));
        cells["D3"].ShouldBe((null, null, "12345678901"));
        cells.ContainsKey("A3").ShouldBeFalse();
        cells.ContainsKey("B3").ShouldBeFalse("there is no number to write");
        var book = XDocument.Load(file.GetEntry("xl/workbook.xml")!.Open());
        book.Descendants(Main + "sheet").Single().Attribute("name")!.Value.ShouldBe("Trades all");
    }

    [Fact]
    public void Every_part_that_is_named_is_there_and_every_sheet_has_its_own_name()
    {
        using var file = Open(Workbook.Write([new Sheet("A very long name of a sheet, longer than allowed", ["x"], []), new Sheet("A very long name of a sheet, longer than allowed", ["x"], [])]));

        var types = XDocument.Load(file.GetEntry("[Content_Types].xml")!.Open());
        foreach (var part in types.Root!.Elements().Select(one => one.Attribute("PartName")?.Value).OfType<string>())
        {
            file.GetEntry(part.TrimStart('/')).ShouldNotBeNull(part);
        }
        var relations = XDocument.Load(file.GetEntry("xl/_rels/workbook.xml.rels")!.Open()).Root!.Elements().Select(one => one.Attribute("Target")!.Value).ToList();
        relations.ShouldBe(["worksheets/sheet1.xml", "worksheets/sheet2.xml", "styles.xml"]);
        var names = XDocument.Load(file.GetEntry("xl/workbook.xml")!.Open()).Descendants(Main + "sheet").Select(one => one.Attribute("name")!.Value).ToList();
        names.Distinct().Count().ShouldBe(2);
        names.ShouldAllBe(name => name.Length <= 31);
    }

    [Fact]
    public async Task Candles_can_be_taken_along_in_three_forms()
    {
        var candles = await server.Swing(Timeframe.M5, 300);
        using var who = await server.Trader();

        using var file = Open(await Bytes(who, "xlsx"));
        var cells = Cells(file, 1);
        cells.Keys.Count(key => key.StartsWith('A')).ShouldBe(301);
        double.Parse(cells["E301"].Value, CultureInfo.InvariantCulture).ShouldBe(candles.Closes[^1]);
        System.Text.Encoding.UTF8.GetString(await Bytes(who, "csv")).Split("\r\n")[0].ShouldBe("openTime,open,high,low,close,volume");
        System.Text.Json.JsonElement.Parse(await Bytes(who, "json")).GetArrayLength().ShouldBe(300);
        (await who.Get("data/export?symbol=BTC-USDT&timeframe=5m&format=exe")).Code.ShouldBe("VALIDATION_FAILED");
        var coverage = (await who.Get("data/coverage?symbol=BTC-USDT&timeframe=5m")).Data;
        coverage.GetProperty("bars").GetInt32().ShouldBe(300);
        coverage.GetProperty("share").GetDouble().ShouldBe(1);
    }

    [Fact]
    public async Task Missing_candles_are_told()
    {
        var until = server.Clock.GetUtcNow();
        await server.Swing(Timeframe.M1, 100, until: until.AddMinutes(-40));
        await server.Swing(Timeframe.M1, 30, until: until);
        using var who = await server.Trader();

        var coverage = (await who.Get("data/coverage?symbol=BTC-USDT&timeframe=1m")).Data;

        coverage.GetProperty("text").GetString().ShouldBe("Data covers 130 of 140 candles.");
        var gap = coverage.GetProperty("gaps").EnumerateArray().Single();
        gap.GetProperty("bars").GetInt64().ShouldBe(10);
        var from = until.AddMinutes(-200);
        var edges = (await who.Get($"data/coverage?symbol=BTC-USDT&timeframe=1m&from={from.UtcDateTime:O}")).Data;
        edges.GetProperty("text").GetString()!.ShouldStartWith("Data covers 130 of ");
        edges.GetProperty("gaps").GetArrayLength().ShouldBe(2, "before the first candle as well");
        edges.GetProperty("gapCount").GetInt32().ShouldBe(2);
        using var nobody = new Accounts.Visitor(server);
        (await nobody.Get("data/coverage?symbol=BTC-USDT&timeframe=1m")).Status.ShouldBe(401);
    }

    static async Task<byte[]> Bytes(Accounts.Visitor who, string format)
    {
        using var asked = new HttpRequestMessage(HttpMethod.Get, $"/api/v1/data/export?symbol=BTC-USDT&timeframe=5m&format={format}") { Headers = { { "Authorization", $"Bearer {who.Token}" } } };
        var answer = await who.Http.SendAsync(asked, TestContext.Current.CancellationToken);
        ((int)answer.StatusCode).ShouldBe(200);
        return await answer.Content.ReadAsByteArrayAsync(TestContext.Current.CancellationToken);
    }

    static ZipArchive Open(byte[] bytes) => new(new MemoryStream(bytes));

    static Dictionary<string, (string? Kind, string? Style, string Value)> Cells(ZipArchive file, int sheet) =>
        XDocument.Load(file.GetEntry($"xl/worksheets/sheet{sheet}.xml")!.Open()).Descendants(Main + "c")
            .ToDictionary(cell => cell.Attribute("r")!.Value, cell => (cell.Attribute("t")?.Value, cell.Attribute("s")?.Value, cell.Value));
}
