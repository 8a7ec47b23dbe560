using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Tidemark.Accounts;
using Tidemark.Market;
using Tidemark.Market.Statistics;
using Tidemark.Patterns.Reading;
using Tidemark.Platform.Api;
using Tidemark.Platform.Realtime;
using Tidemark.Quant.Patterns;
using Tidemark.Quant.Series;
using Tidemark.Running;

namespace Tidemark.Patterns;

public sealed class Plans_show_their_part(Plans_show_their_part.TwoSymbols server) : IClassFixture<Plans_show_their_part.TwoSymbols>
{
    static readonly Symbol Ether = new("ETH", "USDT");

    public sealed class TwoSymbols(TestPostgres postgres) : EyeServer(postgres), IAsyncLifetime
    {
        protected override IReadOnlyDictionary<string, string?> Settings { get; } = new Dictionary<string, string?> { ["ROLES"] = "web" };

        async ValueTask IAsyncLifetime.InitializeAsync()
        {
            await InitializeAsync();
            await Look(Swings.Of(5 * 1_440, seed: 21).All());
            await Look(Swings.Of(5 * 1_440, seed: 22).All(), Ether);
            await Services.GetRequiredService<ChosenSymbols>().Look(default);
        }
    }

    [Fact]
    public async Task Free_sees_gaps_of_bitcoin_and_that_there_is_more()
    {
        using var free = await Visitor.SignUp(server);

        var matrix = (await free.Get("matrix")).Data;
        var overlay = (await free.Get("overlay/BTC-USDT/15m?from=2026-03-05T00:00:00Z&to=2026-03-07T00:00:00Z")).Data;

        var rows = matrix.GetProperty("rows").EnumerateArray().ToDictionary(row => row.GetProperty("symbol").GetString()!);
        rows["BTC/USDT"].GetProperty("isLocked").GetBoolean().ShouldBeFalse();
        rows["BTC/USDT"].GetProperty("cells").EnumerateArray().Select(cell => cell.GetProperty("code").GetString()).Where(code => code is not null).ShouldAllBe(code => code == "FVG");
        rows["ETH/USDT"].GetProperty("isLocked").GetBoolean().ShouldBeTrue();
        rows["ETH/USDT"].GetProperty("cells").EnumerateArray().ShouldAllBe(cell => cell.GetProperty("isLocked").GetBoolean() && cell.GetProperty("kind").ValueKind == JsonValueKind.Null && cell.GetProperty("active").ValueKind == JsonValueKind.Null);
        matrix.GetProperty("locks").EnumerateArray().Select(locked => locked.GetProperty("entitlement").GetString()).ShouldBe(["symbols", "patterns.kinds", "patterns.history", "signals.read"]);
        matrix.GetProperty("locks").EnumerateArray().ShouldAllBe(locked => locked.GetProperty("opensWith").GetString() == "pro");
        overlay.GetProperty("zones").GetArrayLength().ShouldBeGreaterThan(0);
        overlay.GetProperty("zones").EnumerateArray().ShouldAllBe(zone => zone.GetProperty("code").GetString() == "FVG");
        overlay.GetProperty("signals").GetArrayLength().ShouldBe(0);
        foreach (var path in new[] { "patterns", "patterns/export", "signals", "signals/latest", "signals/export", "overlay/ETH-USDT/15m", "pattern-stats?symbol=ETH-USDT", $"patterns/{await Block()}", $"patterns/{await Block()}/as-of?at=2026-03-06T00:00:00Z" })
        {
            (await free.Get(path)).Code.ShouldBe("PLAN_REQUIRED", path);
        }
        overlay.GetProperty("zones").EnumerateArray().ShouldAllBe(zone => zone.GetProperty("endedAt").ValueKind == JsonValueKind.Null, "what has ended is history, and Free has none");
        var ended = await server.Scalar<long>("SELECT min(p.id) FROM patterns p JOIN market_symbols y ON y.id = p.symbol WHERE y.name = 'BTC/USDT' AND kind = 'FVG' AND ended_at IS NOT NULL");
        (await free.Get($"patterns/{ended}")).Code.ShouldBe("PLAN_REQUIRED");
        (await free.Get($"patterns/{ended}/as-of?at=2026-03-06T00:00:00Z")).Code.ShouldBe("PLAN_REQUIRED");
        (await free.Post("signals/refresh")).Code.ShouldBe("PLAN_REQUIRED");
        (await free.Post("scan")).Code.ShouldBe("FORBIDDEN");
    }

    [Fact]
    public async Task Pro_sees_the_newest_hundred_patterns_and_fifty_signals_of_its_symbols()
    {
        using var pro = await Visitor.SignUp(server, Plan.Pro);

        var patterns = await All(pro, "patterns?status=all&limit=40");
        var chosen = (await pro.Put("matrix/symbols", new { symbols = new[] { "ETH-USDT" } })).Data;
        var after = await All(pro, "patterns?status=all&limit=200");

        patterns.Count.ShouldBe(100);
        patterns.ShouldBeUnique();
        patterns.ShouldBe(await server.Scalar100());
        chosen.GetProperty("symbols").EnumerateArray().Select(symbol => symbol.GetString()).ShouldBe(["ETH/USDT"]);
        after.Count.ShouldBe(100);
        (await pro.Get("patterns?symbol=BTC-USDT")).Status.ShouldBe(403);
        (await pro.Get("overlay/BTC-USDT/1h")).Status.ShouldBe(403);
        (await All(pro, "signals?limit=20")).Count.ShouldBeLessThanOrEqualTo(50);
        (await pro.Put("matrix/symbols", new { symbols = new[] { "ETH-USDT", "BTC-USDT", "NOPE-USDT" } })).Code.ShouldBe("INVALID_SYMBOL");
    }

    [Fact]
    public async Task Premium_sees_everything_page_by_page()
    {
        using var premium = await Visitor.SignUp(server, Plan.Premium);

        var patterns = await All(premium, "patterns?status=all&limit=200");
        var signals = await All(premium, "signals?limit=7");

        patterns.Count.ShouldBe((int)await server.Scalar<long>("SELECT count(*) FROM patterns"));
        patterns.ShouldBeUnique();
        signals.Count.ShouldBe((int)await server.Scalar<long>("SELECT count(*) FROM signals"));
        (await premium.Get("matrix")).Data.GetProperty("locks").GetArrayLength().ShouldBe(0);
        (await premium.Get("patterns?kind=OB,BREAKER&timeframe=15m&direction=bearish&status=ended&limit=200")).Data.EnumerateArray()
            .ShouldAllBe(one => one.GetProperty("direction").GetString() == "bearish" && one.GetProperty("timeframe").GetString() == "15m" && one.GetProperty("endedAt").ValueKind == JsonValueKind.String);
    }

    [Fact]
    public async Task Exports_are_files_that_calculate_nothing()
    {
        using var premium = await Visitor.SignUp(server, Plan.Premium);

        var csv = await premium.Http.GetAsync(new Uri("/api/v1/patterns/export?status=all", UriKind.Relative));
        var json = await premium.Http.GetStringAsync(new Uri("/api/v1/signals/export?format=json", UriKind.Relative));

        var lines = (await csv.Content.ReadAsStringAsync()).Split("\r\n", StringSplitOptions.RemoveEmptyEntries);
        csv.Content.Headers.ContentDisposition!.FileName.ShouldBe("tidemark-patterns.csv");
        lines.Length.ShouldBe((int)await server.Scalar<long>("SELECT count(*) FROM patterns") + 1);
        JsonElement.Parse(json).GetArrayLength().ShouldBe((int)await server.Scalar<long>("SELECT count(*) FROM signals"));
        ExportFile.Csv(["=1+1", "-2+3", "@x", "plain, \"quoted\""], [new("text", text => text)]).ShouldBe("text\r\n'=1+1\r\n'-2+3\r\n'@x\r\n\"plain, \"\"quoted\"\"\"\r\n");
    }

    [Fact]
    public async Task Channels_hold_the_same_limits()
    {
        using var free = await Visitor.SignUp(server, byToken: true);
        using var premium = await Visitor.SignUp(server, Plan.Premium, byToken: true);
        await using var poor = await Talker.Connect(server.Address, null, ("Authorization", $"Bearer {free.Token}"));
        await using var rich = await Talker.Connect(server.Address, null, ("Authorization", $"Bearer {premium.Token}"));

        await poor.Subscribe("patterns:BTC/USDT:FVG");
        await poor.Subscribe("matrix:BTC/USDT:FVG");
        foreach (var channel in new[] { "patterns", "patterns:BTC/USDT:OB", "patterns:ETH/USDT:FVG", "matrix", "matrix:BTC/USDT", "matrix:ETH/USDT:FVG", "signals", "signals:BTC/USDT" })
        {
            await poor.Say(new { op = "subscribe", channel, id = "x" });
            (await poor.Hear("error")).GetProperty("code").GetString().ShouldBe("PLAN_REQUIRED", channel);
            await rich.Subscribe(channel);
        }
        await poor.Say(new { op = "subscribe", channel = "patterns:BTC/USDT:NOPE", id = "x" });
        (await poor.Hear("error")).GetProperty("code").GetString().ShouldBe("NOT_FOUND");
    }

    [Fact]
    public async Task What_is_locked_is_counted_for_everybody()
    {
        using var free = await Visitor.SignUp(server);
        using var premium = await Visitor.SignUp(server, Plan.Premium);
        foreach (var statistics in server.Services.GetServices<IComputedStatistics>())
        {
            await statistics.Compute(default);
        }

        var (part, whole) = ((await free.Get("patterns/summary")).Data, (await premium.Get("patterns/summary")).Data);
        var (noSignals, signals) = ((await free.Get("signals/summary")).Data, (await premium.Get("signals/summary")).Data);

        var active = (int)await server.Scalar<long>("SELECT count(*) FROM patterns WHERE ended_at IS NULL");
        var gaps = (int)await server.Scalar<long>("SELECT count(*) FROM patterns p JOIN market_symbols y ON y.id = p.symbol WHERE ended_at IS NULL AND kind = 'FVG' AND y.name = 'BTC/USDT'");
        Numbers(part, "symbols", "symbolsLocked", "active", "locked").ShouldBe([2, 1, active, active - gaps]);
        Numbers(whole, "symbols", "symbolsLocked", "active", "locked").ShouldBe([2, 0, active, 0]);
        part.GetProperty("kinds").EnumerateArray().Sum(kind => kind.GetProperty("locked").GetInt32()).ShouldBe(active - gaps);
        var running = (int)await server.Scalar<long>("SELECT count(*) FROM signals WHERE ended_at IS NULL");
        Numbers(noSignals, "running", "locked").ShouldBe([running, running]);
        Numbers(signals, "running", "locked").ShouldBe([running, 0]);
    }

    static IEnumerable<int> Numbers(JsonElement of, params string[] names) => names.Select(name => of.GetProperty(name).GetInt32());

    [Fact]
    public async Task A_pattern_that_an_earlier_one_covers_is_left_out_of_lists()
    {
        using var premium = await Visitor.SignUp(server, Plan.Premium);

        var all = await Views(premium, "patterns?covered=show&limit=200");
        var shown = await Views(premium, "patterns?limit=200");

        var expected = all.Where(later => !all.Any(earlier => earlier.Id < later.Id && earlier.Series == later.Series && OverlapFilter.Overlap(earlier.Zone, later.Zone, OverlapFilter.ThresholdOf(Timeframe.Parse(later.Timeframe)))));
        shown.Select(one => one.Id).ShouldBe(expected.Select(one => one.Id));
        shown.Count.ShouldBeLessThan(all.Count);
    }

    readonly record struct Listed(long Id, string Series, string Timeframe, Zone Zone);

    static async Task<List<Listed>> Views(Visitor visitor, string path) => [.. (await Pages(visitor, path)).Select(one => new Listed(
        one.GetProperty("id").GetInt64(), string.Join(' ', new[] { "symbol", "timeframe", "code", "direction" }.Select(name => one.GetProperty(name).GetString())), one.GetProperty("timeframe").GetString()!,
        new Zone(one.GetProperty("zone").GetProperty("bottom").GetDouble(), one.GetProperty("zone").GetProperty("top").GetDouble())))];

    async Task<long> Block() => await server.Scalar<long>("SELECT max(p.id) FROM patterns p JOIN market_symbols y ON y.id = p.symbol WHERE y.name = 'BTC/USDT' AND kind = 'OB'");

    /// <summary>The ids of all pages.</summary>
    static async Task<List<long>> All(Visitor visitor, string path) => [.. (await Pages(visitor, path)).Select(one => one.GetProperty("id").GetInt64())];

    static async Task<List<JsonElement>> Pages(Visitor visitor, string path)
    {
        var items = new List<JsonElement>();
        string? cursor = null;
        do
        {
            var page = await visitor.Get(path + (cursor is null ? "" : $"&cursor={cursor}"));
            page.Status.ShouldBe(200, page.Body.ToString());
            items.AddRange(page.Data.EnumerateArray());
            cursor = page.Meta.TryGetProperty("next_cursor", out var next) ? next.GetString() : null;
        }
        while (cursor is not null);
        return items;
    }
}

static class Newest
{
    public static async Task<List<long>> Scalar100(this EyeServer server) =>
        [.. (await server.Rows("SELECT id::text FROM patterns ORDER BY known_at DESC, id DESC LIMIT 100")).Select(long.Parse)];
}
