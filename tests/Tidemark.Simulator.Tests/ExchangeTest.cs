using System.Net;
using System.Text.Json;
using Tidemark.Simulator.Markets;
using Tidemark.Simulator.Synthetic;

namespace Tidemark.Simulator;

/// <summary>A running simulator whose clock the test moves, and a client that asks it.</summary>
public abstract class ExchangeTest : IAsyncLifetime
{
    /// <summary>2026-01-05 10:00:30 UTC, in the middle of a minute.</summary>
    internal static readonly DateTimeOffset Morning = DateTimeOffset.FromUnixTimeMilliseconds((Stretches.Monday * 60_000) + (10 * 3_600_000) + 30_000);

    internal ManualTime Time { get; } = new(Morning);

    internal HttpClient Http { get; } = new();

    internal SimulatorServer Server { get; private set; } = null!;

    internal virtual SimulatorOptions Options => new() { Instruments = Listing.Of(["BTCUSDT", "ETHUSDT", "SHIBUSDT"]), Seed = 7 };

    public async ValueTask InitializeAsync()
    {
        Server = await SimulatorServer.Start(Options, Time, CancellationToken.None);
        Http.BaseAddress = Server.RestAddress;
    }

    public async ValueTask DisposeAsync()
    {
        Http.Dispose();
        await Server.DisposeAsync();
        GC.SuppressFinalize(this);
    }

    internal SymbolMarket Market(string symbol = "BTCUSDT") => Server.Exchange.Find(symbol)!.Market;

    internal async Task<JsonElement> Get(string path)
    {
        using var answer = await Http.GetAsync(new Uri(path, UriKind.Relative));
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, await answer.Content.ReadAsStringAsync());
        return JsonDocument.Parse(await answer.Content.ReadAsStringAsync()).RootElement;
    }

    internal async Task<(HttpStatusCode Status, string Body, HttpResponseMessage Answer)> Try(string path)
    {
        var answer = await Http.GetAsync(new Uri(path, UriKind.Relative));
        return (answer.StatusCode, await answer.Content.ReadAsStringAsync(), answer);
    }

    internal static long Ms(DateTimeOffset time) => time.ToUnixTimeMilliseconds();
}
