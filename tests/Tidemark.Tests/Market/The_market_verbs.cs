using System.Text;
using System.Text.Json;
using Tidemark.Running;
using static Tidemark.Market.MadeUpCandles;

namespace Tidemark.Market;

public sealed class The_market_verbs
{
    [Fact]
    public async Task From_files_to_figures_on_the_command_line()
    {
        await using var data = new DataFolder();
        var history = Directory.CreateDirectory(Path.Combine(data.Path, "history"));
        await File.WriteAllTextAsync(Path.Combine(history.FullName, "btc.csv"), Csv(skip: [100, 101, 102]));

        var dry = await Run(data, "import", "btc.csv", "-s", "BTC/USDT", "-t", "1m", "--source", "mine", "--dry-run");
        var imported = await Run(data, "import", "btc.csv", "-s", "BTC/USDT", "-t", "1m", "--source", "mine");
        var found = await Run(data, "db_health", "--json");
        var mended = await Run(data, "db-health", "-q", "--fix");
        var accepted = await Run(data, "db-health", "--accept-gaps", "-s", "BTCUSDT");
        var shown = await Run(data, "db-health", "--show-gaps");
        var cleared = await Run(data, "db-health", "--clear-gaps");
        var reset = await Run(data, "db-health", "--reset", "--json");
        var aggregated = await Run(data, "aggregate", "--json");
        var computed = await Run(data, "compute_stats");
        var both = await Run(data, "db-health", "--fix", "--reset");
        var stranger = await Run(data, "db-health", "-s", "NOPE/USDT");

        dry.Output.ShouldContain("Nothing was stored");
        imported.Output.ShouldContain("2,997 stored as recorded from mine");
        JsonElement.Parse(found.Output)[0].GetProperty("gaps")[0].GetProperty("from").GetDateTimeOffset().ShouldBe(Start.AddMinutes(100));
        mended.Output.ShouldContain("1 gaps");
        accepted.Output.ShouldContain("1 gaps accepted");
        shown.Output.ShouldContain("2025-01-01 01:40");
        cleared.Output.ShouldContain("1 accepted gaps forgotten");
        JsonElement.Parse(reset.Output).GetProperty("count").GetInt32().ShouldBe(8);
        JsonElement.Parse(aggregated.Output)[0].GetProperty("candles").GetInt32().ShouldBeGreaterThan(600);
        computed.Output.ShouldContain("Statistics of 1 symbols");
        both.Code.ShouldNotBe(0);
        stranger.Code.ShouldBe(1);
        stranger.Output.ShouldContain("not known");
    }

    [Fact]
    public async Task From_an_exchange_to_stored_candles_on_the_command_line()
    {
        await using var data = new DataFolder();
        var first = TimeProvider.System.GetUtcNow().AddDays(-33).ToString("yyyy-MM-dd");
        (string, string)[] settings = [("MARKET_SOURCE", "simulated"), ("TRADING_PAIRS", "BTC/USDT,XRP/USDT"), ("FETCH_START_DATE", first)];

        var days = await Run(data, settings, "fetch-historical", "--days", "2", "--no-aggregate", "--json");
        var raw = await Run(data, settings, "fetch_historical", "--status", "--json");
        var whole = await Run(data, settings, "fetch-historical", "-v");
        var again = await Run(data, settings, "fetch", "--json");
        var gaps = await Run(data, settings, "fetch", "--gaps");
        var everywhere = await Run(data, settings, "fetch-historical", "--gaps", "--full", "-v");
        var health = await Run(data, settings, "db-health", "--fix", "--json");
        var status = await Run(data, settings, "fetch-historical", "--status");
        var refused = await Run(data, settings, "fetch-historical", "--full");
        var kept = await Type(data, settings, "delete", "fetch-historical", "--delete");
        var deleted = await Type(data, settings, "DELETE", "fetch-historical", "--delete");
        var recorded = await Run(data, [], "fetch");

        JsonElement.Parse(days.Output).GetProperty("symbols").EnumerateArray().ShouldAllBe(symbol => symbol.GetProperty("stored").GetInt32() >= 2_880 && symbol.GetProperty("error").ValueKind == JsonValueKind.Null);
        JsonElement.Parse(raw.Output).EnumerateArray().Select(series => series.GetProperty("timeframe").GetString()).ShouldBe(["1m", "1m"]);
        whole.Output.ShouldContain("BTC/USDT");
        whole.Output.ShouldContain("0 batches failed");
        JsonElement.Parse(again.Output).GetProperty("symbols").EnumerateArray().ShouldAllBe(symbol => symbol.GetProperty("stored").GetInt32() < 10);
        gaps.Output.ShouldContain("0 candles of 2 symbols stored");
        everywhere.Code.ShouldBe(0);
        JsonElement.Parse(health.Output).EnumerateArray().ShouldAllBe(symbol => symbol.GetProperty("gaps").GetArrayLength() == 0 && symbol.GetProperty("bad").GetArrayLength() == 0);
        status.Output.ShouldContain(first);
        status.Output.ShouldContain("16 series");
        refused.Code.ShouldNotBe(0);
        kept.Output.ShouldContain("Nothing was deleted");
        kept.Code.ShouldBe(1);
        deleted.Output.ShouldContain("candles deleted");
        recorded.Code.ShouldBe(1);
        recorded.Output.ShouldContain("MARKET_SOURCE=recorded");
    }

    static async Task<(int Code, string Output)> Run(DataFolder data, (string, string)[] settings, params string[] arguments)
    {
        await using var program = TidemarkProcess.Start(data.Path, arguments, settings);
        var code = await program.End();
        return (code, program.Output);
    }

    static async Task<(int Code, string Output)> Type(DataFolder data, (string, string)[] settings, string words, params string[] arguments)
    {
        await using var program = TidemarkProcess.Start(data.Path, arguments, settings);
        await program.Type(words);
        var code = await program.End();
        return (code, program.Output);
    }

    static string Csv(int[] skip)
    {
        var text = new StringBuilder("timestamp_ms,open,high,low,close,volume\n");
        var minutes = MadeUpCandles.Of(3_000);
        for (var i = 0; i < minutes.Count; i++)
        {
            if (!skip.Contains(i))
            {
                text.AppendLine($"{minutes[i].OpenTime},{minutes[i].Open:R},{minutes[i].High:R},{minutes[i].Low:R},{minutes[i].Close:R},{minutes[i].Volume:R}");
            }
        }
        return text.ToString();
    }

    static async Task<(int Code, string Output)> Run(DataFolder data, params string[] arguments)
    {
        await using var program = TidemarkProcess.Start(data.Path, arguments, ("HISTORICAL_DATA_FOLDER", Path.Combine(data.Path, "history")));
        var code = await program.End();
        return (code, program.Output);
    }
}
