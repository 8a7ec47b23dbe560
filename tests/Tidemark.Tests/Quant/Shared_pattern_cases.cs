using Tidemark.Quant.Patterns;
using Tidemark.Quant.Series;

namespace Tidemark.Quant;

public sealed class Shared_pattern_cases
{
    [Theory]
    [InlineData("btcusdt_1d_skender", "skender_BTCUSDT_1d.csv", "1d", null)]
    [InlineData("btcperp_15m_202201", "agg_ftx_BTCPERP_15m_202201.csv", "15m", null)]
    [InlineData("btcperp_1m_202201_first20k", "nautilus_ftx_BTCPERP_1m_202201.csv.gz", "1m", 20_000)]
    [InlineData("btcusd_1m_coinbase_islands", "lean_coinbase_btcusd_1m.csv", "1m", null)]
    public void Are_written_letter_for_letter(string name, string candles, string timeframe, int? rows)
    {
        var series = CandleFile.Read(SharedCases.Path($"data/{candles}"), rows);

        var log = PatternLog.Of(series.All(), Timeframe.Parse(timeframe));

        foreach (var (table, write) in PatternReport.Tables)
        {
            using var text = new StringWriter();
            write(log, text);
            var expected = File.ReadAllText(SharedCases.Path($"cases/smc/{name}.{table}"));
            text.ToString().Split('\n').ShouldBe(expected.Split('\n'), $"{name}.{table}");
        }
    }
}
