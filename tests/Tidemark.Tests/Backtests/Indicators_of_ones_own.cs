using System.Text.Json;
using Tidemark.Quant.Formulas;
using Tidemark.Quant.Series;

namespace Tidemark.Backtests;

public sealed class Indicators_of_ones_own(LabServer server) : IClassFixture<LabServer>
{
    [Fact]
    public async Task The_documents_request_gets_the_documents_answer_and_nobody_else_sees_it()
    {
        using var who = await server.Trader();
        using var other = await server.Trader();

        var made = await who.Post("indicators/custom", $$$"""{"userId":{{{who.Id}}},"name":"Custom RSI Divergence","formula":"RSI(14) - RSI(28)","description":"Dual RSI divergence indicator","parameters":{"period1":14,"period2":28}}""");

        made.Status.ShouldBe(201, made.Body.ToString());
        made.Data.GetProperty("name").GetString().ShouldBe("Custom RSI Divergence");
        made.Data.GetProperty("formula").GetString().ShouldBe("RSI(14) - RSI(28)");
        made.Data.GetProperty("status").GetString().ShouldBe("ACTIVE");
        made.Data.TryGetProperty("createdAt", out _).ShouldBeTrue();
        var id = made.Data.GetProperty("indicatorId").GetInt64();
        (await who.Get("indicators/custom")).Data.GetArrayLength().ShouldBe(1);
        (await other.Get($"indicators/custom/{id}")).Status.ShouldBe(404);
        (await other.Delete($"indicators/custom/{id}")).Status.ShouldBe(404);
        (await who.Post("indicators/custom", new { name = "custom rsi divergence", formula = "close" })).Code.ShouldBe("CONFLICT");
        (await who.Post("indicators/custom", new { userId = other.Id, name = "Forged", formula = "close" })).Code.ShouldBe("FORBIDDEN");
        (await who.Delete($"indicators/custom/{id}")).Status.ShouldBe(200);
        (await who.Get("indicators/custom")).Data.GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task A_fault_is_told_with_its_place()
    {
        await server.Swing(Timeframe.H1, 100);
        using var who = await server.Trader();

        var refused = await who.Post("indicators/custom", new { name = "Wrong", formula = "RSI(14) -\nRSY(28)" });
        refused.Code.ShouldBe("VALIDATION_FAILED");
        var details = refused.Body.GetProperty("error").GetProperty("details");
        (details.GetProperty("line").GetInt32(), details.GetProperty("column").GetInt32()).ShouldBe((2, 1));
        var typed = (await who.Post("indicators/custom/preview", new { symbol = "BTC/USDT", formula = "RSI(" })).Data;
        typed.GetProperty("valid").GetBoolean().ShouldBeFalse();
        typed.GetProperty("fault").GetProperty("line").GetInt32().ShouldBe(1);
        typed.GetProperty("times").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task A_preview_is_what_the_formula_gives_on_stored_candles()
    {
        var candles = await server.Swing(Timeframe.M15, 1_500);
        using var who = await server.Trader();

        var seen = (await who.Post("indicators/custom/preview", new { symbol = "BTC-USDT", formula = "EMA(close, fast) - EMA(close, 30)", parameters = new { fast = 10 }, timeframe = "15m", limit = 100 })).Data;

        seen.GetProperty("valid").GetBoolean().ShouldBeTrue(seen.ToString());
        seen.GetProperty("type").GetString().ShouldBe("number");
        seen.GetProperty("times").GetArrayLength().ShouldBe(100);
        var run = Formula.Parse("EMA(close, 10) - EMA(close, 30)").Start(Timeframe.M15);
        var last = double.NaN;
        for (var i = 0; i < candles.Count; i++)
        {
            last = run.Next(candles[i]);
        }
        seen.GetProperty("last").GetDouble().ShouldBe(last, 1e-9);

        var kept = (await who.Post("indicators/custom", new { name = "Spread", formula = "EMA(close, fast) - EMA(close, 30)", parameters = new { fast = new { @default = 5, minimum = 2, maximum = 50 } } })).Data.GetProperty("indicatorId").GetInt64();
        var again = (await who.Post("indicators/custom/preview", new { symbol = "BTC-USDT", indicatorId = kept, parameters = new { fast = 10 }, timeframe = "15m", limit = 100 })).Data;
        again.GetProperty("last").GetDouble().ShouldBe(last, 1e-9);
        (await who.Post("indicators/custom/preview", new { symbol = "BTC-USDT", indicatorId = kept, parameters = new { fast = 51 }, timeframe = "15m" })).Code.ShouldBe("VALIDATION_FAILED");
        var analysed = (await who.Post("analysis/technical", new { symbol = "BTC-USDT", indicators = new[] { $"own:{kept}" }, timeframes = new[] { "15m" }, period = "5d" })).Data;
        analysed.GetProperty("indicators").GetProperty($"own:{kept}").GetProperty("value").ValueKind.ShouldBe(JsonValueKind.Number);
    }
}
