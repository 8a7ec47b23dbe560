using System.Diagnostics;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Tidemark.Accounts;
using Tidemark.Alerts.Engine;
using Tidemark.Market;
using Tidemark.Market.Candles;
using Tidemark.Market.Live;
using Tidemark.Market.Symbols;
using Tidemark.Patterns.Reading;
using Tidemark.Platform.Api;
using Tidemark.Platform.Messaging;
using Tidemark.Quant.Series;
using Tidemark.Running;

namespace Tidemark.Alerts;

/// <summary>The program with ticks and candles of a test's own making, on a clock that the test moves.</summary>
public class AlertServer(TestPostgres postgres) : RunningServer(postgres)
{
    public static MarketSource From { get; } = new("made-up", Provenance.Synthetic);
    public static Symbol Bitcoin { get; } = new("BTC", "USDT");

    public ShiftedClock Clock { get; } = new();

    protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?> { ["SCHEDULER_ENABLED"] = "false" };

    protected override void Replace(IServiceCollection services) => services.AddSingleton<TimeProvider>(Clock);

    public CandleStore Store => Services.GetRequiredService<CandleStore>();
    public AlertEngine Engine => Services.GetRequiredService<AlertEngine>();

    /// <summary>Somebody with a market to look at.</summary>
    public async Task<Visitor> Trader(Plan plan = Plan.Premium)
    {
        await OpenMarket();
        return await Visitor.SignUp(this, plan, byToken: true);
    }

    /// <summary>Stores a first minute long before everything, so that the symbol is known.</summary>
    public async Task OpenMarket(Symbol? symbol = null)
    {
        Services.GetRequiredService<SourceInUse>().Current = From;
        var first = Timeframe.M1.Floor(Clock.GetUtcNow()).AddMinutes(-10).ToUnixTimeMilliseconds();
        await Store.Save(new SeriesKey(From, symbol ?? Bitcoin, Timeframe.M1), new CandleSeries([new Candle(first, 100, 100, 100, 100, 1)]).All(), CancellationToken.None);
        await Services.GetRequiredService<ChosenSymbols>().Look(CancellationToken.None);
        await Until(() => Engine.IsJudging, "alerts are judged");
    }

    /// <summary>A tick as the market tells it.</summary>
    public async Task Tick(double price, double? low = null, double? high = null, DateTimeOffset? at = null, Symbol? symbol = null)
    {
        var now = Clock.GetUtcNow();
        await Services.GetRequiredService<IEventBus>().Publish(new PriceTicked(From, symbol ?? Bitcoin, price, low ?? price, high ?? price, at ?? now, now), CancellationToken.None);
    }

    /// <summary>Closed minutes as the market stores and tells them.</summary>
    public Task Close(params IReadOnlyList<Candle> minutes) => Close(Bitcoin, minutes);

    public async Task Close(Symbol symbol, IReadOnlyList<Candle> minutes)
    {
        var key = new SeriesKey(From, symbol, Timeframe.M1);
        await Store.Save(key, new CandleSeries([.. minutes]).All(), CancellationToken.None);
        await Services.GetRequiredService<CandleAggregation>().Extend(From, symbol, CancellationToken.None);
        await Services.GetRequiredService<IEventBus>().Publish(new CandleClosed(key, minutes[^1], Clock.GetUtcNow()), CancellationToken.None);
    }

    /// <summary>An alert that the engine knows of by the time this ends.</summary>
    public async Task<long> Make(Visitor who, object alert)
    {
        var made = await who.Post("alerts", alert);
        made.Status.ShouldBe(201, made.Body.ToString());
        var id = made.Data.GetProperty("id").GetInt64();
        await Until(() => Engine.Knows(id), "the engine knows of it");
        return id;
    }

    public async Task<List<JsonElement>> History(Visitor who, int count)
    {
        List<JsonElement> found = [];
        await Until(
            async () =>
            {
                found = [.. (await who.Get("alerts/me/history")).Data.EnumerateArray()];
                return found.Count >= count;
            },
            $"{count} triggers");
        return found;
    }

    public async Task<T> Scalar<T>(string sql)
    {
        await using var command = Source.CreateCommand(sql);
        return (T)(await command.ExecuteScalarAsync())!;
    }

    public async Task Execute(string sql)
    {
        await using var command = Source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    public static Task Until(Func<bool> isSo, string what, int seconds = 60) => Until(() => Task.FromResult(isSo()), what, seconds);

    public static async Task Until(Func<Task<bool>> isSo, string what, int seconds = 60)
    {
        var began = Stopwatch.GetTimestamp();
        while (!await isSo())
        {
            if (Stopwatch.GetElapsedTime(began).TotalSeconds > seconds)
            {
                throw new InvalidOperationException($"Waited in vain: {what}.");
            }
            await Task.Delay(20);
        }
    }
}
