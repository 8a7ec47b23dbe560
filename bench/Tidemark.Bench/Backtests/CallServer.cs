using Microsoft.Extensions.DependencyInjection;
using Tidemark.Accounts.Sessions;
using Tidemark.Market;
using Tidemark.Market.Candles;
using Tidemark.Market.Symbols;
using Tidemark.Platform;
using Tidemark.Platform.Database;
using Tidemark.Quant.Series;

namespace Tidemark.Bench.Backtests;

/// <summary>The real program as its own process, over a stored year of minutes that the first start makes.</summary>
static class CallServer
{
    static readonly SeriesKey Series = new(new MarketSource("made-up", Provenance.Synthetic), new Symbol("BTC", "USDT"), Timeframe.M1);

    public static async Task Run(string folder)
    {
        var settings = Serving.Settings(folder);
        await using var database = await DatabaseServer.Open(settings, TimeProvider.System, CancellationToken.None);
        await using var app = Server.Build(Serving.Product, settings, database, "http://127.0.0.1:0");
        await Server.Prepare(app, CancellationToken.None);
        app.Services.GetRequiredService<SourceInUse>().Current = Series.Source;
        var token = Path.Combine(folder, "token");
        if (!File.Exists(token))
        {
            await Store(app.Services);
            await using var scope = app.Services.CreateAsyncScope();
            var (_, secret) = await Serving.Person(scope.ServiceProvider.GetRequiredService<TidemarkDb>(), app.Services.GetRequiredService<AccessTokens>(), "tester@example.com");
            await File.WriteAllTextAsync(token, secret);
        }
        await app.StartAsync();
        await Console.Out.WriteLineAsync($"listening {Server.Addresses(app)[0]}");
        await Console.In.ReadLineAsync();
        await app.StopAsync();
    }

    static async Task Store(IServiceProvider services)
    {
        var year = Bench.Market.Minutes();
        var shift = Timeframe.D1.Floor(TimeProvider.System.GetUtcNow()).AddDays(-365).ToUnixTimeMilliseconds();
        var minutes = new CandleSeries(year.Count);
        for (var i = 0; i < year.Count; i++)
        {
            minutes.Append(year[i] with { OpenTime = year[i].OpenTime + shift });
        }
        await services.GetRequiredService<CandleStore>().Save(Series, minutes.All(), CancellationToken.None);
    }
}
