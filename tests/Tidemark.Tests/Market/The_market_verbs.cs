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
