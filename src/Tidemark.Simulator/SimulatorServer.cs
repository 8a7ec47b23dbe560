using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Tidemark.Simulator.Faults;
using Tidemark.Simulator.Markets;
using Tidemark.Simulator.Recorded;
using Tidemark.Simulator.Rest;
using Tidemark.Simulator.Streams;

namespace Tidemark.Simulator;

/// <summary>A running stand-in for the exchange: REST and streams on one address, faults on command, and what it saw.</summary>
public sealed class SimulatorServer : IAsyncDisposable
{
    static readonly TimeSpan Goodbye = TimeSpan.FromSeconds(2);

    readonly WebApplication app;
    readonly Broadcast broadcast;
    readonly CancellationTokenSource stopping = new();
    readonly Task speaking;
    int isStopped;

    SimulatorServer(WebApplication app, Broadcast broadcast, Exchange exchange, MarketClock clock, FaultBoard faults, Sightings sightings)
    {
        (this.app, this.broadcast) = (app, broadcast);
        (Exchange, Clock, Faults, Sightings) = (exchange, clock, faults, sightings);
        speaking = broadcast.Run(stopping.Token);
    }

    /// <summary>The market itself, for comparing what a client stored with what there was.</summary>
    public Exchange Exchange { get; }

    public MarketClock Clock { get; }

    public FaultBoard Faults { get; }

    public Sightings Sightings { get; }

    /// <summary>Base address of REST.</summary>
    public Uri RestAddress => new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    /// <summary>Base address of streams.</summary>
    public Uri StreamAddress => new UriBuilder(RestAddress) { Scheme = RestAddress.Scheme == "https" ? "wss" : "ws" }.Uri;

    public static async Task<SimulatorServer> Start(SimulatorOptions options, TimeProvider wall, CancellationToken stop)
    {
        var recordings = options.Recordings.Select(recording => new RecordedTape(recording.Key, recording.Value)).ToList();
        var clock = new MarketClock(wall, options.Start ?? (recordings.Count > 0 ? MiddleOf(recordings[0]) : wall.GetUtcNow()), options.Speed);
        var exchange = ExchangeOf(options, recordings);
        var faults = new FaultBoard(clock, options.Seed);
        var sightings = new Sightings();
        var voice = new Broadcast(clock, new FeedNames(exchange, faults), faults, sightings, wall);

        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Services.AddRoutingCore();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = Goodbye);
        builder.WebHost.UseKestrel(kestrel => kestrel.AddServerHeader = false).UseUrls(options.Address);
        var host = builder.Build();
        host.UseWebSockets(new() { KeepAliveInterval = options.Limits.PingEvery, KeepAliveTimeout = options.Limits.PongWithin });
        Map(host, new RestDoor(exchange, clock, faults, sightings, options.Limits, wall), new StreamDoor(voice, faults, sightings, options.Limits, wall));
        if (options.HasControlEndpoints)
        {
            ControlEndpoints.Map(host, faults, sightings);
        }

        await host.StartAsync(stop);
        return new SimulatorServer(host, voice, exchange, clock, faults, sightings);
    }

    /// <summary>Says goodbye to every stream and stops.</summary>
    public async Task Stop()
    {
        if (Interlocked.Exchange(ref isStopped, 1) == 1)
        {
            return;
        }

        await stopping.CancelAsync();
        await speaking;
        broadcast.Shutdown();
        await app.StopAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await Stop();
        await app.DisposeAsync();
        stopping.Dispose();
    }

    static Exchange ExchangeOf(SimulatorOptions options, List<RecordedTape> recordings)
    {
        // At high speed the book changes once a beat: nobody could see more of it.
        var slot = (long)Math.Max(1, options.Speed) * (long)Broadcast.Beat.TotalMilliseconds;
        return recordings.Count > 0 ? new Exchange(recordings, options.Seed, slot) : Exchange.Synthetic(options.Seed, options.Instruments, slot);
    }

    static DateTimeOffset MiddleOf(RecordedTape tape) =>
        DateTimeOffset.FromUnixTimeMilliseconds((tape.FirstMinute + ((tape.EndMinute - tape.FirstMinute) / 2)) * 60_000);

    static void Map(WebApplication app, RestDoor rest, StreamDoor streams)
    {
        foreach (var endpoint in RestEndpoint.All)
        {
            app.MapGet(endpoint.Path, (HttpContext http) => rest.Answer(http, endpoint));
        }

        app.MapGet("/ws/{**streams}", streams.OpenRaw);
        app.MapGet("/stream", streams.OpenCombined);
    }
}
