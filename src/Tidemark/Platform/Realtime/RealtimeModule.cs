using System.Net.Sockets;
using Microsoft.AspNetCore.Connections.Features;
using Tidemark.Platform.Api;
using Tidemark.Platform.Messaging;
using Tidemark.Platform.Settings;

namespace Tidemark.Platform.Realtime;

/// <summary>The WebSocket hub at /api/v1/ws and the event bus behind it.</summary>
public static class RealtimeModule
{
    const int SendBuffer = 128 * 1024;

    public static void AddRealtime(this ModuleBuilder module)
    {
        module.Services.AddSingleton<IEventBus, MemoryEventBus>();
        module.Services.AddSingleton(new HubLimits());
        module.Services.AddSingleton<Hub>();
        module.Services.AddHostedService<CloseSocketsOnStop>();
        module.Endpoints("ws", static ws => ws.MapGet("", Connect).Allow(Caller.Anyone).ExcludeFromDescription().WithSummary("The WebSocket hub"));
    }

    static Task Connect(HttpContext http, Caller caller, Hub hub, TidemarkSettings settings, CancellationToken gone) => Accept(http, caller, hub, settings, null, gone);

    /// <summary>Makes a socket of a request, by the hub's rules; with a dialect, one that hears one channel in its words.</summary>
    public static async Task Accept(HttpContext http, Caller caller, Hub hub, TidemarkSettings settings, SocketDialect? dialect, CancellationToken gone)
    {
        if (!http.WebSockets.IsWebSocketRequest)
        {
            http.Response.Headers.Upgrade = "websocket";
            throw new TidemarkException(ErrorCode.UpgradeRequired);
        }
        if (!Origins.IsOurs(http.Request, settings))
        {
            throw new TidemarkException(ErrorCode.OriginRefused);
        }
        if (dialect is not null && hub.Refuses(dialect.Channel, caller) is { } refused)
        {
            throw refused;
        }
        using var place = hub.Admit(caller);
        BoundWhatWaits(http);
        // Who speaks a dialect knows nothing of the hub's own pings: the protocol's take their place. Whoever does not answer for minutes is gone;
        // a pause of this server's own is shorter.
        using var socket = await http.WebSockets.AcceptWebSocketAsync(dialect is null ? new WebSocketAcceptContext() : new WebSocketAcceptContext { KeepAliveInterval = TimeSpan.FromSeconds(20), KeepAliveTimeout = TimeSpan.FromMinutes(3) });
        await hub.Serve(socket, caller, gone, dialect);
    }

    /// <summary>Else the system keeps megabytes for each client that does not read, and a minute passes before that is noticed.</summary>
    static void BoundWhatWaits(HttpContext http)
    {
        if (!HttpProtocol.IsHttp11(http.Request.Protocol) || http.Features.Get<IConnectionSocketFeature>() is not { Socket: var line })
        {
            return;
        }
        try
        {
            line.SendBufferSize = SendBuffer;
        }
        catch (Exception gone) when (gone is ObjectDisposedException or SocketException)
        {
            // The client left meanwhile; the handshake finds that out by itself.
        }
    }

    /// <summary>Sockets are requests that never end, so they are told to end before the server waits for its requests.</summary>
    sealed class CloseSocketsOnStop(Hub hub, IHostApplicationLifetime lifetime) : IHostedService
    {
        public Task StartAsync(CancellationToken cancellationToken)
        {
            lifetime.ApplicationStopping.Register(hub.CloseAll);
            return Task.CompletedTask;
        }

        public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;
    }
}
