using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Tidemark.Accounts.Sessions;
using Tidemark.Market;
using Tidemark.Market.Candles;
using Tidemark.Market.Exchanges;
using Tidemark.Market.Live;
using Tidemark.Market.Symbols;
using Tidemark.Platform;
using Tidemark.Platform.Database;
using Tidemark.Platform.Messaging;
using Tidemark.Quant.Series;

namespace Tidemark.Bench.Alerts;

/// <summary>Somebody with a socket, and what opens it.</summary>
public sealed record Listener(long UserId, string Token);

/// <summary>
/// The real program as its own process, with people, alerts, and trades that enter where the exchange's stream is read: 500 a second over a hundred
/// symbols, whose minutes close and are stored as they pass.
/// </summary>
static class AlertPathServer
{
    public const int Symbols = 100, TicksASecond = 500, People = 1_000, AlertsEach = 10;
    const double Price = 1_000;
    static readonly MarketSource From = new("made-up", Provenance.Synthetic);

    public static async Task Run(string folder)
    {
        var settings = Serving.Settings(folder);
        await using var database = await DatabaseServer.Open(settings, TimeProvider.System, CancellationToken.None);
        await using var app = Server.Build(Serving.Product, settings, database, "http://0.0.0.0:0");
        await Server.Prepare(app, CancellationToken.None);
        var services = app.Services;
        var store = services.GetRequiredService<CandleStore>();
        var names = Enumerable.Range(0, Symbols).Select(i => new Symbol($"B{i:000}", "USDT")).ToList();
        services.GetRequiredService<SourceInUse>().Current = From;
        services.GetRequiredService<LiveMarket>().Watch(From, names);
        var minute = Timeframe.M1.Floor(TimeProvider.System.GetUtcNow());
        foreach (var name in names)
        {
            await store.Save(new SeriesKey(From, name, Timeframe.M1), new CandleSeries([new Candle(minute.AddMinutes(-1).ToUnixTimeMilliseconds(), Price, Price, Price, Price, 1)]).All(), CancellationToken.None);
        }
        var people = await Populate(database, services, names);
        await File.WriteAllTextAsync(Path.Combine(folder, "people.json"), JsonSerializer.Serialize(people));
        await app.StartAsync();
        await Console.Out.WriteLineAsync($"listening {Server.Addresses(app)[0]}");
        if (await Console.In.ReadLineAsync() is not null)
        {
            using var stopping = new CancellationTokenSource();
            var trading = Trade(services, store, names, stopping.Token);
            await Console.In.ReadLineAsync();
            await stopping.CancelAsync();
            await trading;
        }
        await app.StopAsync();
    }

    /// <summary>Prices that walk; every alert lies within a walk's reach of them.</summary>
    static async Task Trade(IServiceProvider services, CandleStore store, List<Symbol> names, CancellationToken stop)
    {
        var (market, bus) = (services.GetRequiredService<LiveMarket>(), services.GetRequiredService<IEventBus>());
        var random = new Random(20261121);
        var prices = names.Select(_ => Price).ToArray();
        var minutes = new Candle?[names.Count];
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(20));
        for (var number = 0L; !stop.IsCancellationRequested; number++)
        {
            for (var tick = 0; tick < TicksASecond / 50; tick++)
            {
                var which = (int)(((number * TicksASecond / 50) + tick) % names.Count);
                prices[which] = Math.Round(prices[which] * (1 + ((random.NextDouble() - 0.5) * 0.001) + ((Price - prices[which]) / Price * 0.02)), 4);
                var now = TimeProvider.System.GetUtcNow();
                var live = market.Find(names[which])!;
                live.Traded(new Trade(number, (decimal)prices[which], 1, now, BuyerIsMaker: false), now);
                market.TellMoved(live);
                await Close(which, prices[which], now);
            }
            try
            {
                await timer.WaitForNextTickAsync(stop);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }

        async ValueTask Close(int which, double price, DateTimeOffset now)
        {
            var opens = Timeframe.M1.BucketOf(now.ToUnixTimeMilliseconds());
            if (minutes[which] is { } closed && closed.OpenTime < opens)
            {
                var series = new SeriesKey(From, names[which], Timeframe.M1);
                await store.Save(series, new CandleSeries([closed]).All(), CancellationToken.None);
                await bus.Publish(new CandleClosed(series, closed, now), CancellationToken.None);
                minutes[which] = null;
            }
            minutes[which] = minutes[which] is { } open
                ? open with { High = Math.Max(open.High, price), Low = Math.Min(open.Low, price), Close = price, Volume = open.Volume + 1 }
                : new Candle(opens, price, price, price, price, 1);
        }
    }

    static async Task<IReadOnlyList<Listener>> Populate(DatabaseServer database, IServiceProvider services, List<Symbol> names)
    {
        var random = new Random(7);
        var people = new List<Listener>();
        await using var scope = services.CreateAsyncScope();
        var (db, tokens) = (scope.ServiceProvider.GetRequiredService<TidemarkDb>(), services.GetRequiredService<AccessTokens>());
        for (var i = 0; i < People; i++)
        {
            var (id, token) = await Serving.Person(db, tokens, $"listener{i}@example.com");
            people.Add(new Listener(id, token));
        }
        await using var insert = database.Source.CreateCommand(
            """
            INSERT INTO alerts (user_id, symbol, asked, condition, threshold, status, channels, created_at, changed_at, timeframe, repeat, cooldown_minutes, intrabar, time_zone, armed_at)
            SELECT u.user_id, u.symbol, u.symbol, u.condition, u.threshold, 'ACTIVE', ARRAY[]::text[], now(), now(), 1, 'EVERY_TIME', 1, false, 'UTC', date_trunc('minute', now())
            FROM unnest($1, $2, $3, $4) AS u (user_id, symbol, condition, threshold)
            """);
        var rows = people.SelectMany((person, i) => Enumerable.Range(0, AlertsEach).Select(place => (person.UserId, Symbol: names[((i * AlertsEach) + place) % names.Count], Place: (i * AlertsEach) + place))).ToList();
        insert.Parameters.Add(new() { Value = rows.Select(row => row.UserId).ToArray() });
        insert.Parameters.Add(new() { Value = rows.Select(row => row.Symbol.ToString()).ToArray() });
        insert.Parameters.Add(new() { Value = rows.Select(row => (row.Place % 3) switch { 0 => "PRICE_CROSSES", 1 => "PRICE_CROSSES_ABOVE", _ => "PRICE_CROSSES_BELOW" }).ToArray() });
        insert.Parameters.Add(new() { Value = rows.Select(_ => (decimal)Math.Round(Price * (1 + ((random.NextDouble() - 0.5) * 0.016)), 4)).ToArray() });
        await insert.ExecuteNonQueryAsync();
        await using var places = database.Source.CreateCommand(
            "INSERT INTO entitlement_places (user_id, entitlement, place, item, taken_at) SELECT user_id, 'alerts', row_number() OVER (PARTITION BY user_id ORDER BY id), 'alert:' || id, now() FROM alerts");
        await places.ExecuteNonQueryAsync();
        return people;
    }
}
