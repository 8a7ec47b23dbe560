using Microsoft.Extensions.DependencyInjection;
using Tidemark.Accounts;
using Tidemark.Market;
using Tidemark.Market.Candles;
using Tidemark.Market.Symbols;
using Tidemark.Platform.Api;
using Tidemark.Quant.Series;
using Tidemark.Running;

namespace Tidemark.Backtests;

/// <summary>The program with stored candles of a test's own making, on a clock that the test moves.</summary>
public class LabServer(TestPostgres postgres) : RunningServer(postgres)
{
    public static MarketSource From { get; } = new("made-up", Provenance.Synthetic);
    public static Symbol Bitcoin { get; } = new("BTC", "USDT");

    public ShiftedClock Clock { get; } = new();

    protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?> { ["SCHEDULER_ENABLED"] = "false" };

    protected override void Replace(IServiceCollection services) => services.AddSingleton<TimeProvider>(Clock);

    public CandleStore Store => Services.GetRequiredService<CandleStore>();

    public Task<Visitor> Trader(Plan plan = Plan.Premium, Role role = Role.User) => Visitor.SignUp(this, plan, role, byToken: true);

    /// <summary>Candles that end with the last whole one before now; the price swings around 100 with two waves, so that there is something to trade.</summary>
    public async Task<CandleSeries> Swing(Timeframe timeframe, int count, Symbol? symbol = null, DateTimeOffset? until = null)
    {
        Services.GetRequiredService<SourceInUse>().Current = From;
        var end = timeframe.Floor(until ?? Clock.GetUtcNow()).ToUnixTimeMilliseconds();
        var candles = new CandleSeries(count);
        // The price is a matter of the time alone, so that whoever stores the same candles stores them alike.
        var first = (end / timeframe.Milliseconds) - count;
        var before = Price(first);
        for (var i = 0; i < count; i++)
        {
            var close = Price(first + i + 1);
            candles.Append(new Candle(end - ((count - i) * timeframe.Milliseconds), before, Math.Max(before, close) + 0.2, Math.Min(before, close) - 0.2, close, 10 + ((first + i) % 7)));
            before = close;
        }
        await Store.SaveInBulk(new SeriesKey(From, symbol ?? Bitcoin, timeframe), candles.All(), CancellationToken.None);
        return candles;
    }

    static double Price(long i) => Math.Round(100 + (8 * Math.Sin(i / 11.0)) + (5 * Math.Sin(i / 37.0)), 4);

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
}
