using Tidemark.Market;
using Tidemark.Market.Ingest;
using Tidemark.Quant.Series;
using Tidemark.Running;
using Tidemark.Simulator;
using Tidemark.Simulator.Faults;
using Tidemark.Simulator.Markets;

namespace Tidemark.Crashes;

public sealed class Killed_while_it_loads_candles
{
    const int Kills = 8;
    static readonly Symbol[] Watched = [new("BTC", "USDT"), new("SOL", "USDT"), new("SHIB", "USDT")];

    /// <summary>
    /// The program loads sixty days of three symbols from an exchange that loses, doubles and garbles rows. It is killed eight times on the way,
    /// its database with it now and then, and the database once more while the program goes on. In the end every timeframe is what the exchange holds.
    /// </summary>
    [Fact]
    public async Task What_is_stored_is_what_the_exchange_holds()
    {
        await using var folder = new DataFolder();
        await using var simulator = await SimulatorServer.Start(new SimulatorOptions { Instruments = Listing.Of(Watched.Select(symbol => symbol.Joined)) }, TimeProvider.System, CancellationToken.None);
        foreach (var kind in (FaultKind[])[FaultKind.Gap, FaultKind.BadCandle, FaultKind.Duplicate, FaultKind.Reorder])
        {
            simulator.Faults.Inject(new Fault(kind) { Chance = 0.02 });
        }
        var from = Timeframe.D1.Floor(TimeProvider.System.GetUtcNow().AddDays(-60));
        var seed = new Random(20261121);
        for (var round = 0; round < Kills; round++)
        {
            await using var program = StartOn(folder, simulator, from);
            await program.Ready();
            await Task.Delay(seed.Next(100, 1_500));
            if (round % 3 == 2)
            {
                Killed_at_random_it_loses_nothing.KillDatabase(folder);
            }
            program.Kill();
        }

        await using var last = StartOn(folder, simulator, from);
        using var http = new HttpClient { BaseAddress = await last.Ready() };
        await Task.Delay(2_000);
        Killed_at_random_it_loses_nothing.KillDatabase(folder);
        await Task.Delay(2_000);
        simulator.Faults.Clear();
        var until = Timeframe.M1.Floor(TimeProvider.System.GetUtcNow()).AddMinutes(1);

        foreach (var symbol in Watched)
        {
            var expected = await WhenPast(until, () => Truth.Minutes(simulator, symbol, from, until));
            (await StoredOnce(http, symbol, Timeframe.M1, from, until, expected)).ShouldBe(expected, $"{symbol}\n{last.Output}");
            foreach (var timeframe in Timeframe.Standard.Skip(1))
            {
                var longer = Truth.Longer(expected, timeframe);
                (await StoredOnce(http, symbol, timeframe, from, until, longer)).ShouldBe(longer, $"{symbol} {timeframe}\n{last.Output}");
            }
        }
    }

    static async Task<List<Candle>> WhenPast(DateTimeOffset time, Func<List<Candle>> read)
    {
        var left = time - TimeProvider.System.GetUtcNow();
        await Task.Delay(left > TimeSpan.Zero ? left : TimeSpan.Zero);
        return read();
    }

    /// <summary>What is stored once it is as expected; after a good while, whatever there is.</summary>
    static async Task<List<Candle>> StoredOnce(HttpClient http, Symbol symbol, Timeframe timeframe, DateTimeOffset from, DateTimeOffset until, List<Candle> expected)
    {
        for (var attempt = 0; ; attempt++)
        {
            var stored = await Read(http, symbol, timeframe, from, until);
            if (attempt == 240 || stored.SequenceEqual(expected))
            {
                return stored;
            }
            await Task.Delay(1_000);
        }
    }

    static async Task<List<Candle>> Read(HttpClient http, Symbol symbol, Timeframe timeframe, DateTimeOffset from, DateTimeOffset until)
    {
        var all = new List<Candle>();
        for (var next = from; ;)
        {
            var page = await http.Get($"/api/v1/candles/{symbol.Base}-{symbol.Quote}/{timeframe}?limit=5000&from={next:yyyy-MM-ddTHH:mm:ssZ}&to={until:yyyy-MM-ddTHH:mm:ssZ}");
            page.Status.ShouldBe(200, page.Body.ToString());
            var rows = page.Data.GetProperty("candles").EnumerateArray().Select(row => Row([.. row.EnumerateArray().Select(value => value.GetDouble())], timeframe)).ToList();
            all.AddRange(rows);
            if (rows.Count == 0)
            {
                return [.. all.Where(candle => timeframe.CloseOf(candle.OpenTime) <= until.ToUnixTimeMilliseconds())];
            }
            next = DateTimeOffset.FromUnixTimeMilliseconds(timeframe.CloseOf(rows[^1].OpenTime));
        }
    }

    static Candle Row(double[] row, Timeframe timeframe) => new((long)row[0], row[1], row[2], row[3], row[4], row[5], timeframe.Minutes);

    static TidemarkProcess StartOn(DataFolder folder, SimulatorServer simulator, DateTimeOffset from) => TidemarkProcess.Start(
        folder.Path, ["--urls", "http://127.0.0.1:0"],
        ("MARKET_SOURCE", "simulated"), ("SIMULATOR_URL", simulator.RestAddress.ToString()), ("TRADING_PAIRS", string.Join(',', Watched)),
        ("FETCH_START_DATE", from.ToString("yyyy-MM-dd")), ("LOG_LEVEL", "ERROR"), ("RATE_LIMIT_ANONYMOUS", "1000000"));
}
