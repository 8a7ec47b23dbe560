using Tidemark.Simulator;
using Tidemark.Simulator.Markets;
using Tidemark.Simulator.Synthetic;

namespace Tidemark.Bench;

/// <summary>How fast the made-up market is made, and how fast it is served.</summary>
static class SimulatorSuite
{
    const int YearOfMinutes = 525_600;
    const long From = 1_735_689_600_000 / 60_000;
    const ulong Seed = 7;

    public static IReadOnlyList<Measurement> Measure()
    {
        var instrument = Listing.All[0];
        var year = Clock.Median(() =>
        {
            var tape = new SyntheticTape(Seed, instrument);
            for (var minute = From; minute < From + YearOfMinutes; minute++)
            {
                tape.Minute(minute);
            }
        });
        var anywhere = Clock.Median(() => new SyntheticTape(Seed, instrument).Minute(From + 123_456));
        return
        [
            new("525,600 minutes of BTCUSDT made up, one core", year, "ms", 1_500, "limit"),
            new("one minute somewhere, cold", anywhere, "ms", 5, "limit"),
            new("a page of 1,000 klines over HTTP, already made", Page(), "ms", 10, "limit"),
        ];
    }

    static double Page()
    {
        var server = SimulatorServer.Start(new() { Seed = Seed, Limits = new() { WeightAMinute = int.MaxValue } }, TimeProvider.System, CancellationToken.None).GetAwaiter().GetResult();
        using var http = new HttpClient { BaseAddress = server.RestAddress };
        var page = new Uri($"/api/v3/klines?symbol=BTCUSDT&interval=1m&limit=1000&startTime={From * 60_000}", UriKind.Relative);
        var median = Clock.Median(() => http.GetByteArrayAsync(page).GetAwaiter().GetResult());
        server.DisposeAsync().AsTask().GetAwaiter().GetResult();
        return median;
    }
}
