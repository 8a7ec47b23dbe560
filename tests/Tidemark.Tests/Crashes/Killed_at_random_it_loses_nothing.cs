using System.Collections.Concurrent;
using Tidemark.Running;

namespace Tidemark.Crashes;

public sealed class Killed_at_random_it_loses_nothing
{
    const int Kills = 20;

    /// <summary>
    /// Writers send reports, each under its own key, and repeat what was not acknowledged. The program is killed twenty times
    /// in the middle, its database once in a while with it. In the end every acknowledged write is there, and none twice.
    /// </summary>
    [Fact]
    public async Task Every_acknowledged_write_is_there_once()
    {
        await using var folder = new DataFolder();
        var seed = new Random(20261121);
        var acknowledged = new ConcurrentDictionary<string, long>();
        var pending = new ConcurrentQueue<string>();
        var next = 0;
        for (var round = 0; round < Kills; round++)
        {
            await using var program = StartOn(folder);
            var address = await program.Ready();
            using var ending = new CancellationTokenSource();
            var writers = Enumerable.Range(0, 4).Select(_ => Write(address, ending.Token)).ToArray();
            await FirstWriteSince(acknowledged.Count, acknowledged);
            await Task.Delay(seed.Next(300));
            if (round % 5 == 4)
            {
                KillDatabase(folder);
            }
            program.Kill();
            await ending.CancelAsync();
            await Task.WhenAll(writers);
        }

        await using var last = StartOn(folder);
        var server = await last.Ready();
        while (pending.TryDequeue(out var key))
        {
            acknowledged[key] = await Send(server, key, CancellationToken.None) ?? throw new InvalidOperationException("A healthy server acknowledges.");
        }
        var kept = await ReadAll(server);

        acknowledged.Count.ShouldBeGreaterThan(Kills);
        kept.Select(report => report.Message).ShouldBeUnique();
        kept.ToDictionary(report => report.Message, report => report.Id).ShouldBe(acknowledged, ignoreOrder: true);

        async Task Write(Uri address, CancellationToken stop)
        {
            while (!stop.IsCancellationRequested)
            {
                var key = pending.TryDequeue(out var again) ? again : $"write-{Interlocked.Increment(ref next):00000}";
                if (await Send(address, key, stop) is { } id)
                {
                    acknowledged.TryAdd(key, id).ShouldBeTrue();
                }
                else
                {
                    pending.Enqueue(key);
                    return;
                }
            }
        }
    }

    /// <summary>Killing is of interest while it writes; how long it takes to get there depends on the machine.</summary>
    static async Task FirstWriteSince(int count, ConcurrentDictionary<string, long> acknowledged)
    {
        for (var i = 0; i < 200 && acknowledged.Count <= count; i++)
        {
            await Task.Delay(20);
        }
    }

    static TidemarkProcess StartOn(DataFolder folder) =>
        TidemarkProcess.Start(folder.Path, ["--urls", "http://127.0.0.1:0"], ("ALLOW_UNAUTHENTICATED_API", "true"), ("LOG_LEVEL", "ERROR"));

    /// <summary>The id of the report when the server acknowledged it; null when the line was cut or the server failed.</summary>
    static async Task<long?> Send(Uri address, string key, CancellationToken stop)
    {
        using var http = new HttpClient { BaseAddress = address };
        try
        {
            var answer = await http.Post("/api/v1/problem-reports", new { message = key, page = "/crash" }, ("Idempotency-Key", key));
            return answer.Status == 200 ? answer.Data.GetProperty("id").GetInt64() : null;
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException or System.Text.Json.JsonException)
        {
            return null;
        }
    }

    static async Task<List<(string Message, long Id)>> ReadAll(Uri address)
    {
        using var http = new HttpClient { BaseAddress = address };
        var all = new List<(string, long)>();
        var cursor = "";
        while (true)
        {
            var page = await http.Get($"/api/v1/problem-reports?limit=200{cursor}");
            all.AddRange(page.Data.EnumerateArray().Select(row => (row.GetProperty("message").GetString()!, row.GetProperty("id").GetInt64())));
            if (!page.Meta.TryGetProperty("next_cursor", out var next))
            {
                return all;
            }
            cursor = $"&cursor={next.GetString()}";
        }
    }

    internal static void KillDatabase(DataFolder folder)
    {
        var postmaster = int.Parse(File.ReadLines(Path.Combine(folder.Path, "postgres", "postmaster.pid")).First(), System.Globalization.CultureInfo.InvariantCulture);
        using var process = System.Diagnostics.Process.GetProcessById(postmaster);
        process.Kill();
    }
}
