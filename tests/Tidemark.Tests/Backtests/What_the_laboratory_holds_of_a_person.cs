using System.Text.Json;
using Tidemark.Market.Symbols;
using Tidemark.Quant.Series;
using Microsoft.Extensions.DependencyInjection;

namespace Tidemark.Backtests;

public sealed class What_the_laboratory_holds_of_a_person(LabServer server) : IClassFixture<LabServer>
{
    [Fact]
    public async Task He_can_take_all_of_it_along_and_it_goes_with_his_account()
    {
        await server.Swing(Timeframe.H1, 1_000);
        server.Services.GetRequiredService<SourceInUse>().Current.ShouldBe(LabServer.From);
        using var who = await server.Trader();
        (await who.Post("indicators/custom", new { name = "Mine", formula = "close - open" })).Status.ShouldBe(201);
        (await who.Post("strategies", new { title = "Mine", formulas = new { entry = "close > open", exit = "close < open" } })).Status.ShouldBe(201);
        (await who.Post("backtest/run", new { strategyName = "rsi", symbol = "BTC/USDT", period = "20d", note = "My own words" })).Status.ShouldBe(200);
        (await who.Post("paper/sessions", new { strategyName = "rsi", symbol = "BTC/USDT", timeframe = "1h" })).Status.ShouldBe(201);

        var export = (await who.Get("account/export")).Data;

        export.GetProperty("custom_indicators")[0].GetProperty("formula").GetString().ShouldBe("close - open");
        export.GetProperty("user_strategy_versions")[0].GetProperty("formulas").GetProperty("entry").GetString().ShouldBe("close > open");
        export.GetProperty("backtest_runs")[0].GetProperty("note").GetString().ShouldBe("My own words");
        export.GetProperty("backtest_runs")[0].GetProperty("summary").GetProperty("results").GetProperty("totalTrades").ValueKind.ShouldBe(JsonValueKind.Number);
        export.GetProperty("backtest_trials")[0].GetProperty("runs").GetInt64().ShouldBe(1);
        export.GetProperty("paper_sessions").GetArrayLength().ShouldBe(1);
        export.GetProperty("paper_ledger")[0].GetProperty("kind").GetString().ShouldBe("start");

        (await who.SignIn()).Status.ShouldBe(200);
        var gone = await who.Post("account/delete", new { email = who.Email });
        gone.Status.ShouldBe(200, gone.Body.ToString());
        foreach (var table in new[] { "custom_indicators", "user_strategies", "user_strategy_versions", "backtest_runs", "backtest_trials", "backtest_counted", "backtest_numbers", "paper_sessions", "paper_ledger" })
        {
            (await server.Scalar<long>($"SELECT count(*) FROM {table} WHERE user_id = {who.Id}")).ShouldBe(0, table);
        }
    }
}
