using System.Diagnostics;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;

namespace Tidemark.Bench.Backtests;

/// <summary>
/// A year of minutes, none of it in memory, run and judged whole by one call of the API: the first call to a program that has been up for a
/// while, the one after it, and the first call to a program that has only just said that it is ready and is busy with its start.
/// </summary>
static class CallSuite
{
    const int Starts = 5;

    static readonly TimeSpan AWhile = TimeSpan.FromSeconds(10);

    public static IReadOnlyList<Measurement> Measure() => MeasureAll().GetAwaiter().GetResult();

    static async Task<IReadOnlyList<Measurement>> MeasureAll()
    {
        var folder = Directory.CreateTempSubdirectory("tidemark-bench-");
        try
        {
            // The year is stored by a program of its own; all that is measured has yet to read it.
            await (await ServerProcess.Start("backtest-server", folder.FullName)).Stop();
            var (first, second, atOnce) = (new List<double>(), new List<double>(), new List<double>());
            for (var start = 0; start < Starts; start++)
            {
                await With(folder.FullName, async http =>
                {
                    await Task.Delay(AWhile, TimeProvider.System);
                    first.Add(await Call(http, buyBelow: 20 + (2 * start)));
                    second.Add(await Call(http, buyBelow: 21 + (2 * start)));
                });
                await With(folder.FullName, async http => atOnce.Add(await Call(http, buyBelow: 30 + start)));
            }
            return
            [
                new($"rsi over 525,600 stored minutes by the API, first call to a program that is up for {AWhile.TotalSeconds} s, median of {Starts} starts", Median(first), "ms", 1_000, "limit"),
                new("the same, the slowest", first.Max(), "ms", 1_000, "limit"),
                new("the second call", Median(second), "ms", 1_000, "limit"),
                new("the first call in the very moment the program is ready", Median(atOnce), "ms", 1_000, "limit"),
            ];
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    static async Task With(string folder, Func<HttpClient, Task> work)
    {
        await using var server = await ServerProcess.Start("backtest-server", folder);
        using var http = new HttpClient { BaseAddress = server.Address };
        http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", await File.ReadAllTextAsync(Path.Combine(folder, "token")));
        (await http.GetAsync(new Uri("/health/ready", UriKind.Relative))).EnsureSuccessStatusCode();
        await work(http);
        await server.Stop();
    }

    static async Task<double> Call(HttpClient http, int buyBelow)
    {
        var began = Stopwatch.GetTimestamp();
        using var answer = await http.PostAsJsonAsync(
            new Uri("/api/v1/backtest/run", UriKind.Relative),
            new { strategyName = "rsi", symbol = "BTC/USDT", timeframe = "1m", period = "365d", parameters = new { buyThreshold = buyBelow } });
        var body = await answer.Content.ReadAsStringAsync();
        var took = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        using var run = JsonDocument.Parse(body);
        if (run.RootElement.GetProperty("data").GetProperty("status").GetString() != "done" || run.RootElement.GetProperty("data").GetProperty("data")[0].GetProperty("bars").GetInt32() < 525_000)
        {
            throw new InvalidOperationException($"It was not run whole: {body}");
        }
        return took;
    }

    static double Median(List<double> times) => times.Order().ElementAt(times.Count / 2);
}
