using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Tidemark.Accounts;
using Tidemark.Alerts.Figures;
using Tidemark.Market;
using Tidemark.Market.Candles;
using Tidemark.Patterns;
using Tidemark.Patterns.Eyes;
using Tidemark.Platform.Jobs;
using Tidemark.Quant.Series;
using Tidemark.Running;

namespace Tidemark.Alerts;

public sealed class An_alert_is_rehearsed_timed_and_checked(TestPostgres postgres)
{
    async Task<AlertServer> Start()
    {
        var server = new AlertServer(postgres);
        await server.InitializeAsync();
        return server;
    }

    [Fact]
    public async Task A_rehearsal_counts_what_stored_candles_say_and_admits_what_it_lacks()
    {
        await using var server = await Start();
        // Ten days of minutes that rise through 100 at noon of every day, and stay 2 % above for two hours.
        var until = Timeframe.M1.Floor(server.Clock.GetUtcNow()).AddMinutes(-11);
        var minutes = new CandleSeries();
        for (var at = until.AddDays(-10); at < until; at = at.AddMinutes(1))
        {
            var price = at.Hour is 12 or 13 ? 102 : 98;
            minutes.Append(new Candle(at.ToUnixTimeMilliseconds(), price, price, price, price, 1));
        }
        await server.Store.Save(new SeriesKey(AlertServer.From, AlertServer.Bitcoin, Timeframe.M1), minutes.All(), CancellationToken.None);
        using var who = await server.Trader();

        var rehearsed = (await who.Post("alerts/rehearsal", new { symbol = "BTC-USD", condition = "PRICE_ABOVE", threshold = 100 })).Data;

        var days = rehearsed.GetProperty("times").GetInt32();
        days.ShouldBeInRange(9, 11);
        rehearsed.GetProperty("provenance").GetString().ShouldBe("synthetic");
        rehearsed.GetProperty("isEnough").GetBoolean().ShouldBeTrue();
        rehearsed.GetProperty("days").GetDouble().ShouldBe(10, 0.1);
        var moments = rehearsed.GetProperty("moments").EnumerateArray().ToList();
        moments.Count.ShouldBe(days);
        moments.Skip(1).ShouldAllBe(moment => moment.GetProperty("at").GetDateTimeOffset().Hour == 12);
        moments[1].GetProperty("moveHour").GetDouble().ShouldBe(0, "an hour later it stands where it stood");
        if (rehearsed.GetProperty("casesHour").GetInt32() < 10)
        {
            rehearsed.GetProperty("medianMoveHour").ValueKind.ShouldBe(JsonValueKind.Null, "too few to speak of a median");
        }

        var often = (await who.Post("alerts/rehearsal", new { symbol = "BTC-USD", condition = "PRICE_ABOVE", threshold = 100, repeat = "ONCE_PER_BAR", timeframe = "1h" })).Data;
        often.GetProperty("times").GetInt32().ShouldBeInRange(18, 22);
        often.GetProperty("medianMoveHour").GetDouble().ShouldBeInRange(-0.04, 0);

        var preview = (await who.Post("alerts/preview?limit=50", new { symbol = "BTC-USD", condition = "INDICATOR_ABOVE", metadata = new { indicator = "SMA(3)", value = 100 }, timeframe = "1m" })).Data;
        preview.GetProperty("times").GetArrayLength().ShouldBe(50);
        preview.GetProperty("values")[49].GetDouble().ShouldBeInRange(98, 102.01);
        preview.GetProperty("formula").GetString().ShouldBe("SMA(3) > 100");
    }

    [Fact]
    public async Task A_few_hours_of_candles_are_said_to_be_too_few()
    {
        await using var server = await Start();
        using var who = await server.Trader();

        var rehearsed = (await who.Post("alerts/rehearsal", new { symbol = "BTC/USDT", condition = "PRICE_ABOVE", threshold = 90 })).Data;

        rehearsed.GetProperty("isEnough").GetBoolean().ShouldBeFalse();
        rehearsed.GetProperty("note").GetString()!.ShouldContain("Only 0 days");
    }

    [Fact]
    public async Task A_trigger_that_the_final_candles_contradict_is_a_false_alert()
    {
        await using var server = await Start();
        using var who = await server.Trader();
        var wrong = await server.Make(who, new { symbol = "BTC/USDT", condition = "PRICE_ABOVE", threshold = 110 });
        var right = await server.Make(who, new { symbol = "BTC/USDT", condition = "PRICE_BELOW", threshold = 99 });
        var formula = await server.Make(who, new { symbol = "BTC/USDT", condition = "FORMULA", formula = "close < 99", timeframe = "1m" });
        var opens = Timeframe.M1.Floor(server.Clock.GetUtcNow()).AddMinutes(1).ToUnixTimeMilliseconds();
        server.Clock.Move(CandleTable.TimeOf(opens).AddSeconds(20) - server.Clock.GetUtcNow());
        await server.Tick(100);
        await server.Tick(111);
        await server.Tick(98);
        await server.History(who, 2);
        server.Clock.Move(TimeSpan.FromMinutes(1));
        await server.Close(new Candle(opens - 60_000, 100, 100, 100, 100, 5), new Candle(opens, 100, 100, 98, 98, 5));
        await server.History(who, 3);
        // An hour later the price is 10 % higher.
        var series = new SeriesKey(AlertServer.From, AlertServer.Bitcoin, Timeframe.M1);
        await server.Store.Save(series, new CandleSeries([.. Enumerable.Range(1, 90).Select(i => new Candle(opens + (i * 60_000), 107.8, 107.8, 107.8, 107.8, 1))]).All(), CancellationToken.None);
        server.Clock.Move(TimeSpan.FromMinutes(80));
        (await who.SignIn(byToken: true)).Status.ShouldBe(200);

        await using (var scope = server.Services.CreateAsyncScope())
        {
            await scope.ServiceProvider.GetRequiredService<CheckAlerts>().Run(new JobRun(1, "check-alerts", server.Clock.GetUtcNow()), CancellationToken.None);
        }

        var verdicts = (await server.History(who, 3)).ToDictionary(one => one.GetProperty("alertId").GetInt64());
        verdicts[wrong].GetProperty("verdict").GetString().ShouldBe("WRONG");
        verdicts[right].GetProperty("verdict").GetString().ShouldBe("RIGHT");
        verdicts[formula].GetProperty("verdict").GetString().ShouldBe("RIGHT");
        verdicts[right].GetProperty("moveHour").GetDouble().ShouldBe(0.1, 0.001);
        var figures = (await who.Get("alerts/figures")).Data;
        figures.GetProperty("all").GetProperty("falseRate").GetDouble().ShouldBe(1 / 3.0, 0.001);
        figures.GetProperty("all").GetProperty("toCommitted").GetProperty("p99").GetDouble().ShouldBeGreaterThan(0);
        var mine = (await who.Get("alerts/me/metrics")).Data;
        mine.GetProperty("triggers24h").GetInt32().ShouldBe(3);
        mine.GetProperty("byKind").EnumerateArray().Single(kind => kind.GetProperty("condition").GetString() == "PRICE_ABOVE").GetProperty("wrong").GetInt64().ShouldBe(1);
        (await server.Http.GetStringAsync(new Uri("/metrics", UriKind.Relative))).ShouldContain("tidemark_alerts_triggers");
    }

    [Fact]
    public async Task What_the_candles_could_not_say_is_asked_again_once_they_are_there()
    {
        await using var server = await Start();
        using var who = await server.Trader();
        var id = await server.Make(who, new { symbol = "BTC/USDT", condition = "PRICE_ABOVE", threshold = 110 });
        await server.Tick(100);
        await server.Tick(111);
        await server.History(who, 1);
        var opens = await server.Scalar<long>($"SELECT extract(epoch FROM bar)::bigint * 1000 FROM alert_triggers WHERE alert_id = {id}");
        server.Clock.Move(TimeSpan.FromMinutes(40));
        (await Verdict()).ShouldBe("UNKNOWN");

        await server.Store.Save(new SeriesKey(AlertServer.From, AlertServer.Bitcoin, Timeframe.M1), new CandleSeries([new Candle(opens, 100, 111, 100, 111, 1)]).All(), CancellationToken.None);

        (await Verdict()).ShouldBe("RIGHT");

        async Task<string> Verdict()
        {
            await using (var scope = server.Services.CreateAsyncScope())
            {
                await scope.ServiceProvider.GetRequiredService<CheckAlerts>().Run(new JobRun(1, "check-alerts", server.Clock.GetUtcNow()), CancellationToken.None);
            }
            return await server.Scalar<string>($"SELECT verdict FROM alert_triggers WHERE alert_id = {id}");
        }
    }

    [Fact]
    public async Task A_pattern_and_a_signal_of_the_wanted_kind_are_told()
    {
        await using var server = await Start();
        const int before = 2 * 1_440, live = 9;
        var start = Timeframe.M1.Floor(server.Clock.GetUtcNow()).AddMinutes(-before - live);
        var minutes = Swings.Of(before, seed: 61, start);
        for (var i = 0; i < live; i++)
        {
            var last = minutes[minutes.Count - 1];
            var close = Math.Round(last.Close * (i == 0 ? 0.998 : 1.01), 2);
            minutes.Append(new Candle(last.OpenTime + 60_000, last.Close, Math.Max(last.Close, close) + 1, Math.Min(last.Close, close) - 1, close, 20));
        }
        var series = new SeriesKey(AlertServer.From, AlertServer.Bitcoin, Timeframe.M1);
        server.Services.GetRequiredService<Tidemark.Market.Symbols.SourceInUse>().Current = AlertServer.From;
        var eye = server.Services.GetRequiredService<EyeRoom>().Of(new EyeKey(AlertServer.From, AlertServer.Bitcoin));
        await server.Store.Save(series, minutes.Slice(0, before), CancellationToken.None);
        await server.Services.GetRequiredService<CandleAggregation>().Extend(AlertServer.From, AlertServer.Bitcoin, CancellationToken.None);
        await eye.CatchUp(CancellationToken.None);
        await AlertServer.Until(() => server.Engine.IsJudging, "alerts are judged");
        using var who = await Visitor.SignUp(server, Platform.Api.Plan.Premium, byToken: true);
        var gaps = await server.Make(who, new { symbol = "BTC/USDT", condition = "PATTERN", patternKind = "FVG", direction = "BULLISH", repeat = "EVERY_TIME", cooldownMinutes = 0 });
        var bearish = await server.Make(who, new { symbol = "BTC/USDT", condition = "PATTERN", patternKind = "FVG", direction = "BEARISH" });
        // What they wait for begins before the minutes that are about to close.
        await server.Execute($"UPDATE alerts SET armed_at = to_timestamp({minutes.Times[before] / 1000}), version = version + 1, changed_at = '{server.Clock.GetUtcNow():O}'");

        await server.Store.Save(series, minutes.Slice(before, live), CancellationToken.None);
        await server.Services.GetRequiredService<CandleAggregation>().Extend(AlertServer.From, AlertServer.Bitcoin, CancellationToken.None);
        await eye.CatchUp(CancellationToken.None);

        var expected = await server.Scalar<long>($"SELECT count(*) FROM patterns WHERE kind = 'FVG' AND direction = 'bullish' AND known_at >= to_timestamp({minutes.Times[before] / 1000})");
        expected.ShouldBeGreaterThan(1);
        await AlertServer.Until(async () => await server.Scalar<long>($"SELECT count(*) FROM alert_triggers WHERE alert_id = {gaps}") == expected, "every gap is told");
        // Where the minutes lie in their longer candles decides whether one of these points down.
        var down = await server.Scalar<long>($"SELECT count(*) FROM patterns WHERE kind = 'FVG' AND direction = 'bearish' AND known_at >= to_timestamp({minutes.Times[before] / 1000})");
        await AlertServer.Until(async () => await server.Scalar<long>($"SELECT count(*) FROM alert_triggers WHERE alert_id = {bearish}") == Math.Min(down, 1), "the first that points down is told, if there is one");
        (await server.Scalar<long>($"SELECT count(*) FROM alert_triggers WHERE description LIKE '%bullish FVG%' AND alert_id = {gaps} OR description LIKE '%bearish FVG%' AND alert_id = {bearish}")).ShouldBe(expected + Math.Min(down, 1));
    }
}
