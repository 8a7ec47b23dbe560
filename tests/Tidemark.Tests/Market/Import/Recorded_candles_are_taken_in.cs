using System.Globalization;
using System.IO.Compression;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Tidemark.Market.Candles;
using Tidemark.Quant.Series;
using Tidemark.Running;
using static Tidemark.Market.MadeUpCandles;

namespace Tidemark.Market.Import;

public sealed class Recorded_candles_are_taken_in(RunningServer server) : IClassFixture<RunningServer>, IDisposable
{
    static readonly CandleSeries Minutes = MadeUpCandles.Of(1_500);
    readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("tidemark-import-");
    readonly string _source = $"files-{Guid.NewGuid():N}"[..20];

    CandleImport Importing => server.Services.GetRequiredService<CandleImport>();

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task An_archive_of_binance_names_its_symbol_and_timeframe()
    {
        var file = Archive("BTCUSDT-1m-2025-01.zip", Minutes, microseconds: true);
        await File.WriteAllTextAsync(file + ".CHECKSUM", $"{Convert.ToHexStringLower(SHA256.HashData(await File.ReadAllBytesAsync(file)))}  BTCUSDT-1m-2025-01.zip\n");

        var found = await Import(file);

        found.ShouldSatisfyAllConditions(
            one => one.Refusal.ShouldBeNull(),
            one => one.ChecksumFits.ShouldBe(true),
            one => one.Saved.ShouldBe(new SaveResult(1_500, 0, 0)),
            one => one.Faults.ShouldBeEmpty());
        (await Stored(Bitcoin, Timeframe.M1)).ShouldBe(Minutes.List());
        (await Stored(Bitcoin, Timeframe.H1)).Count.ShouldBe(25);
    }

    [Fact]
    public async Task Milliseconds_and_microseconds_are_the_same_moments()
    {
        var early = await Import(Archive("ETHUSDT-1m-2024-12.zip", Minutes, microseconds: false));
        var again = await Import(Archive("ETHUSDT-1m-2025-01.zip", Minutes, microseconds: true, header: true));

        early.Saved.Stored.ShouldBe(1_500);
        again.Saved.ShouldBe(new SaveResult(0, 1_500, 0));
    }

    [Fact]
    public async Task An_archive_that_does_not_fit_its_checksum_is_refused()
    {
        var file = Archive("SOLUSDT-1m-2025-01.zip", Minutes, microseconds: true);
        await File.WriteAllTextAsync(file + ".CHECKSUM", new string('0', 64) + "  SOLUSDT-1m-2025-01.zip\n");

        var found = await Import(file);

        found.Refusal.ShouldNotBeNull().ShouldContain("checksum");
        (await Stored(new Symbol("SOL", "USDT"), Timeframe.M1)).ShouldBeEmpty();
    }

    [Theory]
    [InlineData("timestamp_ms,open,high,low,close,volume\n1735689600000,1,3,0.5,2,10\n", null)]
    [InlineData("date;Open;High;Low;Close;Volume BTC\n2025-01-01;1;3;0.5;2;10\n", "volume=Volume BTC")]
    [InlineData("unix,symbol,open,high,low,close,vol\n1735689600,BTC,1,3,0.5,2,10\n", null)]
    [InlineData("2025-01-01T00:00:00Z\t10\t1\t3\t0.5\t2\n", "time=0,volume=1,open=2,high=3,low=4,close=5")]
    public async Task Other_files_are_read_by_their_header_or_by_position(string text, string? columns)
    {
        var found = await Import(Put("mine.csv", text), columns, symbol: new Symbol("MINE", "USD"), timeframe: Timeframe.D1);

        found.Refusal.ShouldBeNull();
        (await Stored(new Symbol("MINE", "USD"), Timeframe.D1)).ShouldBe([new Candle(Start.ToUnixTimeMilliseconds(), 1, 3, 0.5, 2, 10, 1_440)]);
    }

    [Fact]
    public async Task What_is_wrong_with_a_file_is_told_and_the_rest_is_taken()
    {
        var text = "timestamp_ms,open,high,low,close,volume\n" + Rows(
            Row(5, "1,2,0.5,1,1"), Row(0, "1,2,0.5,1,1"), Row(1, "1,2,0.5,1,1"), Row(1, "9,9,9,9,9"), Row(2, "1,0.5,2,1,1"), "oops,1,2,0.5,1,1\n", "1735689600000,1\n", Row(3, "1,x,0.5,1,1"));

        var found = await Import(Put("rough.csv", text), symbol: new Symbol("ROUGH", "USDT"), timeframe: Timeframe.M1);

        found.ShouldSatisfyAllConditions(
            one => one.Saved.ShouldBe(new SaveResult(3, 0, 1)),
            one => one.UnreadCount.ShouldBe(3),
            one => one.Unread.Select(line => line.Line).ShouldBe([7, 8, 9]),
            one => one.OutOfOrder.ShouldBe(1),
            one => one.Doubled.ShouldBe(1),
            one => one.Faults[SeriesFault.HighBelowLow].ShouldBe(1),
            one => one.Faults[SeriesFault.Gap].ShouldBe(2));
    }

    [Fact]
    public async Task A_dry_run_tells_the_same_and_stores_nothing()
    {
        var found = await Import(Archive("ADAUSDT-1m-2025-01.zip", Minutes.Without(candle => candle.OpenTime / 60_000 % 100 == 7), microseconds: true), isDryRun: true);

        found.Candles.ShouldBe(1_485);
        found.Faults[SeriesFault.Gap].ShouldBe(15);
        (await Stored(new Symbol("ADA", "USDT"), Timeframe.M1)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_file_that_tells_no_symbol_is_refused_until_somebody_does() =>
        (await Import(Put("prices.csv", "time,open,high,low,close,volume\n"))).Refusal.ShouldNotBeNull().ShouldContain("--symbol");

    [Fact]
    public async Task Imports_are_recorded_and_written_down()
    {
        await Import(Archive("DOTUSDT-1m-2025-01.zip", Minutes, microseconds: true));

        await using var command = server.Source.CreateCommand($"SELECT provenance || ' ' || stored FROM fetch_runs WHERE job = 'import' AND source = '{_source}'");
        (await command.ExecuteScalarAsync()).ShouldBe("recorded 1500");
    }

    async Task<FileFindings> Import(string file, string? columns = null, Symbol? symbol = null, Timeframe? timeframe = null, bool isDryRun = false) =>
        (await Importing.Import([file], new ImportPlan(_source, symbol, timeframe, columns, TimeUnit.Auto, isDryRun, Aggregates: true), static _ => { }, default)).Single();

    async Task<List<Candle>> Stored(Symbol symbol, Timeframe timeframe) =>
        (await server.Services.GetRequiredService<CandleStore>().Load(new(new(_source, Provenance.Recorded), symbol, timeframe), Start, Start.AddDays(40), default)).List();

    string Put(string name, string text)
    {
        var path = Path.Combine(_folder.FullName, name);
        File.WriteAllText(path, text);
        return path;
    }

    static string Row(int minute, string rest) => $"{Start.AddMinutes(minute).ToUnixTimeMilliseconds()},{rest}\n";

    static string Rows(params IEnumerable<string> rows) => string.Concat(rows);

    string Archive(string name, CandleSeries minutes, bool microseconds, bool header = false)
    {
        var text = new StringBuilder(header ? "open_time,open,high,low,close,volume,close_time,quote_volume,count,taker_buy_volume,taker_buy_quote_volume,ignore\n" : "");
        var scale = microseconds ? 1_000 : 1;
        foreach (var candle in minutes.List())
        {
            text.Append(CultureInfo.InvariantCulture, $"{candle.OpenTime * scale},{candle.Open:R},{candle.High:R},{candle.Low:R},{candle.Close:R},{candle.Volume:R},{((candle.OpenTime + 60_000) * scale) - 1},0,1,0,0,0\n");
        }
        var path = Path.Combine(_folder.FullName, name);
        using var archive = ZipFile.Open(path, ZipArchiveMode.Create);
        using var entry = new StreamWriter(archive.CreateEntry(Path.ChangeExtension(name, ".csv")).Open());
        entry.Write(text.ToString());
        return path;
    }
}
