using System.Globalization;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Tidemark.Accounts;
using Tidemark.Alerts;
using Tidemark.Market;
using Tidemark.Market.Ingest;
using Tidemark.Platform.Api;
using Tidemark.Quant.Formulas;
using Tidemark.Quant.Series;
using Tidemark.Running;
using Tidemark.Simulator;
using Tidemark.Simulator.Faults;
using Tidemark.Simulator.Markets;

namespace Tidemark.Crashes;

/// <summary>
/// For an hour of a market that passes in half a minute the stream is cut, stalled, doubled and garbled, and the program that judges is killed three
/// times. What it told in the end is what looking at every trade and every candle afterwards says: nothing is missed, nothing told twice.
/// </summary>
public sealed class Killed_while_it_judges_alerts(TestPostgres postgres)
{
    const double Speed = 100;
    const int Kills = 3, PriceAlerts = 240;
    static readonly DateTimeOffset Start = new(2026, 3, 2, 9, 50, 17, TimeSpan.Zero);
    static readonly TimeSpan Hour = TimeSpan.FromHours(1);
    static readonly Symbol Bitcoin = new("BTC", "USDT");
    static readonly string[] Formulas = ["close > close[3] and volume > avg(volume, 20)", "close < lowest(low, 10)[1]", "high - low > 2 * avg(high - low, 30)[1]", "close > open and close[1] < open[1]"];

    sealed class Desk(TestPostgres postgres, FastTime time, SimulatorServer simulator) : RunningServer(postgres)
    {
        protected override IReadOnlyDictionary<string, string?> Settings { get; } = new Dictionary<string, string?>
        {
            ["ROLES"] = "web",
            ["MARKET_SOURCE"] = "simulated",
            ["SIMULATOR_URL"] = simulator.RestAddress.ToString(),
            ["TRADING_PAIRS"] = $"{Bitcoin}",
            ["FETCH_START_DATE"] = "2026-03-01",
        };

        protected override void Replace(IServiceCollection services) => services.Replace(ServiceDescriptor.Singleton<TimeProvider>(time));
    }

    sealed record Wanted(long Id, string Condition, double Threshold, string? Formula, int Minutes, bool IsEveryTime);

    [Fact]
    public async Task What_was_told_is_what_every_trade_and_candle_says()
    {
        var began = TimeProvider.System.GetUtcNow();
        await using var simulator = await SimulatorServer.Start(
            new SimulatorOptions { Instruments = Listing.Of([Bitcoin.Joined]), Start = Start, Speed = Speed }, TimeProvider.System, CancellationToken.None);
        // Every process reads the same time; the exchange's own is it.
        var now = DateTimeOffset.FromUnixTimeMilliseconds(simulator.Clock.Now);
        began = TimeProvider.System.GetUtcNow() - ((now - Start) / Speed);
        var time = FastServer.TimeOf(began, Start, Speed);
        await using var desk = new Desk(postgres, time, simulator);
        await desk.InitializeAsync();
        var wanted = await Make(desk, simulator);
        var armed = await Arm(desk, Timeframe.M1.Floor(time.GetUtcNow()).AddMinutes(1));

        simulator.Faults.Follow(FaultSchedule.Seeded(seed: 20_261_121, Hour - TimeSpan.FromMinutes(8)).Where(one => one.Fault.Kind is not (FaultKind.Ban or FaultKind.TooManyRequests)));
        var seed = new Random(20261121);
        for (var kill = 0; kill < Kills; kill++)
        {
            await using var data = new DataFolder();
            await using var judge = Run(desk, simulator, data, began);
            await judge.Ready();
            await Task.Delay(seed.Next(5_000, 8_000));
            judge.Kill();
            await Task.Delay(seed.Next(100, 1_500));
        }
        await using var last = new DataFolder();
        await using var survivor = Run(desk, simulator, last, began);
        var until = Timeframe.M5.Floor(armed + Hour);
        var (startedAt, isBack) = (time.GetUtcNow(), false);
        while (time.GetUtcNow() < until)
        {
            await Task.Delay(200);
            isBack = isBack || await Asked<long>(desk, $"SELECT count(*) FROM alert_progress WHERE timeframe = 1 AND judged_until >= '{startedAt:O}'") > 0;
        }
        simulator.Faults.Clear();
        await AlertServer.Until(async () => await Asked<long>(desk, $"SELECT count(*) FROM alert_progress WHERE judged_until >= '{until:O}'") >= 2, $"all is judged\n{survivor.Output}", seconds: 150);
        await AlertServer.Until(async () => await Asked<long>(desk, "SELECT count(*) FROM alert_triggers WHERE committed_at IS NULL AND written_at > now() - interval '1 day'") == 0, "all is written");
        survivor.Kill();

        var told = await Told(desk);
        var inTime = told.ToDictionary(one => one.Key, one => one.Value.Where(bar => bar.Closes <= until).Select(bar => bar.Opens).ToList());
        var expected = Expected(wanted, simulator, armed, until);
        inTime.Where(one => one.Value.Count > 0).Select(one => one.Key).Except(expected.Keys).Select(id => wanted.Single(one => one.Id == id)).ShouldBeEmpty("told, and never true");
        // Where what was missed is judged only after the hour, a price of then may tell before the minute in which it was true first.
        var found = isBack ? inTime.Where(one => one.Value.Count > 0).Select(one => one.Key) : told.Keys;
        expected.Keys.Except(found).Select(id => $"{wanted.Single(one => one.Id == id)} at {DateTimeOffset.FromUnixTimeMilliseconds(expected[id][0]):HH:mm}")
            .ShouldBeEmpty($"true, and never told; of {armed:HH:mm} to {until:HH:mm}\n{await Gaps(desk)}\n{survivor.Output}");
        foreach (var one in wanted.Where(one => expected.ContainsKey(one.Id)))
        {
            if (one.Formula is null)
            {
                told[one.Id].ShouldHaveSingleItem($"{one} tells once").Opens.ShouldBeGreaterThanOrEqualTo(expected[one.Id][0], $"{one} is not told before it was true");
            }
            else
            {
                inTime[one.Id].ShouldBe(expected[one.Id], $"{one}");
            }
        }
        var all = told.Values.Sum(bars => bars.Count);
        TestContext.Current.TestOutputHelper?.WriteLine($"{all} triggers of {told.Count} alerts over {Kills} kills, {await Asked<long>(desk, "SELECT count(*) FROM alert_triggers WHERE late")} of them late");
        (await Asked<long>(desk, "SELECT count(*) FROM notifications WHERE kind = 'ALERT'")).ShouldBe(await Asked<long>(desk, "SELECT count(*) FROM alert_triggers"), "each has its notification");
        (await Asked<long>(desk, "SELECT count(*) FROM alert_triggers WHERE late")).ShouldBeGreaterThan(0, "something happened while nobody looked");
        all.ShouldBeGreaterThan(PriceAlerts / 3);
    }

    /// <summary>Alerts on prices around the one there is, and on formulas of candles.</summary>
    static async Task<List<Wanted>> Make(Desk desk, SimulatorServer simulator)
    {
        using var who = await Visitor.SignUp(desk, Plan.Premium);
        var listed = simulator.Exchange.Find(Bitcoin.Joined)!;
        var price = (double)listed.Market.LastTrade(simulator.Clock.Now)!.Value.Price / Math.Pow(10, listed.Instrument.PriceDecimals);
        var wanted = new List<Wanted>();
        var rows = new List<string>();
        for (var i = 0; i < PriceAlerts; i++)
        {
            // Every one its own price: a trade on a threshold itself is as rare as outside of tests.
            var threshold = Math.Round(price * (1 + ((i - (PriceAlerts / 2.0) + 0.5) * 0.00006)), 2) + 0.003;
            var condition = (i % 3) switch { 0 => "PRICE_CROSSES", 1 when threshold > price => "PRICE_ABOVE", _ when threshold > price => "PRICE_CROSSES_ABOVE", 1 => "PRICE_BELOW", _ => "PRICE_CROSSES_BELOW" };
            wanted.Add(new Wanted(0, condition, threshold, null, 1, false));
            rows.Add(FormattableString.Invariant($"({who.Id}, '{Bitcoin}', 'BTC-USD', '{condition}', {threshold}, NULL, 1, 'ONCE', 0)"));
        }
        foreach (var formula in Formulas)
        {
            foreach (var (minutes, isEveryTime) in ((int, bool)[])[(1, false), (5, false), (1, true)])
            {
                wanted.Add(new Wanted(0, "FORMULA", 0, formula, minutes, isEveryTime));
                rows.Add($"({who.Id}, '{Bitcoin}', 'BTC-USD', 'FORMULA', NULL, '{formula}', {minutes}, '{(isEveryTime ? "EVERY_TIME" : "ONCE_PER_BAR")}', {(isEveryTime ? 4 : 0)})");
            }
        }
        await using var insert = desk.Source.CreateCommand(
            $"""
            INSERT INTO alerts (user_id, symbol, asked, condition, threshold, formula, timeframe, repeat, cooldown_minutes, status, channels, created_at, changed_at, intrabar, time_zone, armed_at)
            SELECT a.*, 'PAUSED', ARRAY[]::text[], now(), now(), false, 'UTC', now() FROM (VALUES {string.Join(", ", rows)}) AS a
            RETURNING id
            """);
        await using var ids = await insert.ExecuteReaderAsync();
        for (var i = 0; await ids.ReadAsync(); i++)
        {
            wanted[i] = wanted[i] with { Id = ids.GetInt64(0) };
        }
        return wanted;
    }

    /// <summary>From the beginning of a minute on, so that no minute is judged in part.</summary>
    static async Task<DateTimeOffset> Arm(Desk desk, DateTimeOffset from)
    {
        await using var arm = desk.Source.CreateCommand(
            $"""
            WITH armed AS (UPDATE alerts SET status = 'ACTIVE', armed_at = '{from:O}', changed_at = '{from:O}', created_at = '{from:O}' RETURNING id, user_id)
            INSERT INTO entitlement_places (user_id, entitlement, place, item, taken_at) SELECT user_id, 'alerts', row_number() OVER (ORDER BY id), 'alert:' || id, now() FROM armed
            """);
        await arm.ExecuteNonQueryAsync();
        return from;
    }

    static TidemarkProcess Run(Desk desk, SimulatorServer simulator, DataFolder data, DateTimeOffset began) => TidemarkProcess.Start(
        TidemarkProcess.Built("tests", "Tidemark.FastServer"), data.Path, [began.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture), Start.ToString("O"), Speed.ToString(CultureInfo.InvariantCulture)],
        ("DATABASE_URL", desk.Source.ConnectionString), ("ROLES", "market"), ("MARKET_SOURCE", "simulated"), ("SIMULATOR_URL", simulator.RestAddress.ToString()), ("TRADING_PAIRS", $"{Bitcoin}"),
        ("FETCH_START_DATE", "2026-03-01"), ("LOG_LEVEL", "ERROR"), ("DB_POOL", "10"));

    /// <summary>What every alert would have told: prices by every trade, formulas by every candle.</summary>
    static Dictionary<long, List<long>> Expected(List<Wanted> wanted, SimulatorServer simulator, DateTimeOffset armed, DateTimeOffset until)
    {
        var listed = simulator.Exchange.Find(Bitcoin.Joined)!;
        var scale = Math.Pow(10, listed.Instrument.PriceDecimals);
        var (from, end) = (armed.ToUnixTimeMilliseconds(), until.ToUnixTimeMilliseconds());
        var trades = listed.Market.Trades(from, end - 1).Select(trade => (trade.Time, Price: trade.Price / scale)).ToList();
        var before = listed.Market.LastTrade(from - 1)!.Value.Price / scale;
        var minutes = Truth.Minutes(simulator, Bitcoin, new DateTimeOffset(2026, 3, 1, 0, 0, 0, TimeSpan.Zero), until);
        var expected = new Dictionary<long, List<long>>();
        foreach (var one in wanted)
        {
            var bars = one.Formula is null ? Trades(one, trades, before) : Candles(one, one.Minutes == 1 ? minutes : Truth.Longer(minutes, Timeframe.OfMinutes(one.Minutes)), from);
            if (bars.Count > 0)
            {
                expected[one.Id] = bars;
            }
        }
        return expected;
    }

    static List<long> Trades(Wanted one, List<(long Time, double Price)> trades, double before)
    {
        foreach (var (time, price) in trades)
        {
            var holds = one.Condition switch
            {
                "PRICE_ABOVE" or "PRICE_CROSSES_ABOVE" => price > one.Threshold,
                "PRICE_BELOW" or "PRICE_CROSSES_BELOW" => price < one.Threshold,
                _ => price > one.Threshold != before > one.Threshold,
            };
            if (holds)
            {
                return [time - (time % 60_000)];
            }
        }
        return [];
    }

    static List<long> Candles(Wanted one, List<Candle> candles, long armed)
    {
        var run = Formula.Parse(one.Formula!).Start(Timeframe.OfMinutes(one.Minutes));
        var bars = new List<long>();
        var (held, restsUntil) = (false, long.MinValue);
        foreach (var candle in candles)
        {
            var (holds, closes) = (run.Holds(candle), candle.OpenTime + (one.Minutes * 60_000));
            if (closes > armed && holds && (!one.IsEveryTime || (closes >= restsUntil && (!held || bars.Count == 0))))
            {
                bars.Add(candle.OpenTime);
                restsUntil = closes + (4 * 60_000);
            }
            held = holds;
        }
        return bars;
    }

    static async Task<Dictionary<long, List<(long Opens, DateTimeOffset Closes)>>> Told(Desk desk)
    {
        await using var select = desk.Source.CreateCommand("SELECT alert_id, bar, bar + make_interval(mins => timeframe) FROM alert_triggers ORDER BY alert_id, bar");
        await using var rows = await select.ExecuteReaderAsync();
        var told = new Dictionary<long, List<(long, DateTimeOffset)>>();
        while (await rows.ReadAsync())
        {
            if (!told.TryGetValue(rows.GetInt64(0), out var bars))
            {
                told[rows.GetInt64(0)] = bars = [];
            }
            bars.Add((rows.GetFieldValue<DateTimeOffset>(1).ToUnixTimeMilliseconds(), rows.GetFieldValue<DateTimeOffset>(2)));
        }
        return told;
    }

    /// <summary>Which minutes are missing, so that a failure says where to look.</summary>
    static Task<string> Gaps(Desk desk) => Asked<string>(
        desk, "SELECT coalesce(string_agg(format('%s to %s is missing since %s%s', starts_at, ends_at, found_at, CASE WHEN is_known THEN ', accepted' END), E'\\n'), 'no minute is missing') FROM candle_gaps WHERE timeframe = 1");

    static async Task<T> Asked<T>(Desk desk, string sql)
    {
        await using var command = desk.Source.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }
}
