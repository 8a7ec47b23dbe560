using System.Text.Json;
using Tidemark.Patterns;
using Tidemark.Running;

namespace Tidemark.Signals;

/// <summary>A bullish gap on 4h, a bullish order block on 1h and a bullish gap on 15m: three timeframes agree, a strong long.</summary>
public sealed class The_worked_example(SignalServer server) : IClassFixture<SignalServer>
{
    internal static readonly DateTimeOffset Start = new(2026, 3, 2, 0, 0, 0, TimeSpan.Zero);

    /// <summary>Up to the close that makes the 4h gap known.</summary>
    internal static PricePath Story() => new PricePath(Start, 100)
        .Idle(28 * 60)
        .To(101, 60).Idle(60).To(100.7, 60).To(103, 60)
        .To(100.95, 30).To(101.5, 30).To(102.5, 45).Idle(15).Idle(120);

    [Fact]
    public async Task Is_found_explained_followed_and_proven()
    {
        var story = Story();
        await server.Look(story.Minutes.All());

        var signal = (await server.Http.Get("/api/v1/signals?symbol=BTC-USDT&origin=smc")).Data[0];
        signal.GetProperty("action").GetString().ShouldBe("BUY");
        signal.GetProperty("class").GetString().ShouldBe("veryStrong");
        signal.GetProperty("reliability").GetString().ShouldBe("Highest");
        signal.GetProperty("score").GetInt32().ShouldBe(3);
        signal.GetProperty("knownAt").GetDateTimeOffset().ShouldBe(story.Now);
        signal.GetProperty("basis").EnumerateArray().Select(basis => $"{basis.GetProperty("code").GetString()} {basis.GetProperty("timeframe").GetString()}").ShouldBe(["FVG 15m", "OB 1h", "FVG 4h"]);
        var (entry, stop) = (signal.GetProperty("entry").GetDouble(), signal.GetProperty("stopLoss").GetDouble());
        entry.ShouldBe(100.95, 1e-9);
        signal.GetProperty("targets").EnumerateArray().Select(target => Math.Round((target.GetDouble() - entry) / (entry - stop), 9)).ShouldBe([1, 2, 3]);
        signal.GetProperty("status").GetString().ShouldBe("open");

        var matrix = (await server.Http.Get("/api/v1/matrix")).Data.GetProperty("rows")[0];
        matrix.GetProperty("confluence").GetProperty("timeframes").EnumerateArray().Select(timeframe => timeframe.GetString()).ShouldBe(["15m", "1h", "4h"]);

        var gap = (await server.Http.Get("/api/v1/patterns?timeframe=4h&kind=FVG")).Data[0];
        var why = (await server.Http.Get($"/api/v1/patterns/{gap.GetProperty("id").GetInt64()}")).Data;
        why.GetProperty("candles").GetArrayLength().ShouldBe(3);
        why.GetProperty("reasons")[0].GetString()!.ShouldContain("100.95");

        story.To(100.9, 60).To(106, 240).Idle(60);
        await server.Look(story.Minutes.All());
        var over = (await server.Http.Get($"/api/v1/signals/{signal.GetProperty("id").GetInt64()}")).Data;
        over.GetProperty("status").GetString().ShouldBe("completed");
        over.GetProperty("targetsHit").GetInt32().ShouldBe(3);
        // Two on average, less two sides of a tenth of a percent for each part.
        var costs = new[] { 1, 2, 3 }.Average(target => 0.001 * ((2 * entry) + (target * (entry - stop))) / (entry - stop));
        over.GetProperty("outcomeR").GetDouble().ShouldBe(2 - costs, 1e-3);
    }

    [Fact]
    public async Task Nothing_of_it_is_shown_as_of_a_moment_before()
    {
        var story = Story();
        await server.Look(story.Minutes.All());
        var before = story.Now.AddMinutes(-1).ToString("O");
        string Path(string asOf) => $"/api/v1/overlay/BTC-USDT/4h?from={Uri.EscapeDataString(Start.ToString("O"))}&to={Uri.EscapeDataString(story.Now.ToString("O"))}&asOf={Uri.EscapeDataString(asOf)}";

        var then = (await server.Http.Get(Path(before))).Data;
        var now = (await server.Http.Get(Path(story.Now.ToString("O")))).Data;

        then.GetProperty("zones").GetArrayLength().ShouldBe(0);
        then.GetProperty("signals").GetArrayLength().ShouldBe(0);
        now.GetProperty("zones").EnumerateArray().Single().GetProperty("code").GetString().ShouldBe("FVG");
        now.GetProperty("signals").EnumerateArray().Single().GetProperty("status").GetString().ShouldBe("open");
        KnownTimes(now).ShouldAllBe(time => time <= story.Now);
    }

    static IEnumerable<DateTimeOffset> KnownTimes(JsonElement overlay) =>
        new[] { "zones", "swings", "structure", "equalLevels", "signals" }.SelectMany(part => overlay.GetProperty(part).EnumerateArray()).Select(mark => mark.GetProperty("knownAt").GetDateTimeOffset());
}
