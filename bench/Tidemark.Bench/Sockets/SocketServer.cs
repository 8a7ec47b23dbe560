using Microsoft.Extensions.DependencyInjection;
using Tidemark.Platform;
using Tidemark.Platform.Api;
using Tidemark.Platform.Database;
using Tidemark.Platform.Realtime;

namespace Tidemark.Bench.Sockets;

/// <summary>
/// The real program as its own process with two channels more: one that everybody hears, and one for each client. What is said on them is told on
/// its input: nothing, a mixture, or as much as makes a client that does not read fall behind.
/// </summary>
static class SocketServer
{
    public const string Everybody = "bench", Own = "bench-own";
    public const int Clients = 10_000, OwnASecond = 100, HeavyASecond = 20;
    public static readonly TimeSpan BetweenFanOuts = TimeSpan.FromSeconds(5);
    static readonly string Load = new('x', 4_000);

    public static async Task Run(string folder)
    {
        var settings = Serving.Settings(folder);
        await using var database = await DatabaseServer.Open(settings, TimeProvider.System, CancellationToken.None);
        var product = Serving.Product;
        product.Parts.Channels.Add(new ChannelDefinition(Everybody, Caller.Anyone));
        product.Parts.Channels.Add(new ChannelDefinition(Own, Caller.Anyone) { Admits = static (_, key) => key is not null });
        await using var app = Server.Build(product, settings, database, "http://0.0.0.0:0");
        await Server.Prepare(app, CancellationToken.None);
        await app.StartAsync();
        await Console.Out.WriteLineAsync($"listening {Server.Addresses(app)[0]}");
        var hub = app.Services.GetRequiredService<Hub>();
        var (saying, talk) = (new CancellationTokenSource(), Task.CompletedTask);
        while (await Console.In.ReadLineAsync() is { } word)
        {
            await saying.CancelAsync();
            await talk;
            saying.Dispose();
            saying = new CancellationTokenSource();
            if (word == "stop")
            {
                break;
            }
            talk = word switch
            {
                "mixture" => Task.WhenAll(
                    Say(TimeSpan.FromSeconds(1.0 / OwnASecond), number => hub.Publish($"{Own}:{number * 7_919 % Clients}", new { number }, CancellationToken.None), saying.Token),
                    Say(BetweenFanOuts, number => hub.Publish(Everybody, new { number }, CancellationToken.None), saying.Token)),
                "heavy" => Say(TimeSpan.FromSeconds(1.0 / HeavyASecond), number => hub.Publish(Everybody, new { number, load = Load }, CancellationToken.None), saying.Token),
                _ => Task.CompletedTask,
            };
        }
        saying.Dispose();
        await app.StopAsync();
    }

    static async Task Say(TimeSpan between, Func<long, ValueTask> say, CancellationToken stop)
    {
        using var timer = new PeriodicTimer(between);
        try
        {
            for (var number = 0L; await timer.WaitForNextTickAsync(stop); number++)
            {
                await say(number);
            }
        }
        catch (OperationCanceledException)
        {
            // Something else is said from now on.
        }
    }
}
