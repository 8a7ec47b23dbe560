using Tidemark.Platform.Api;
using Tidemark.Platform.Messaging;
using Tidemark.Platform.Settings;

namespace Tidemark.Platform.Realtime;

/// <summary>The WebSocket hub at /api/v1/ws and the event bus behind it.</summary>
public static class RealtimeModule
{
    public static void AddRealtime(this ModuleBuilder module)
    {
        module.Services.AddSingleton<IEventBus, MemoryEventBus>();
        module.Services.AddSingleton(new HubLimits());
        module.Services.AddSingleton<Hub>();
        module.Services.AddHostedService<CloseSocketsOnStop>();
        module.Endpoints("ws", static ws => ws.MapGet("", Connect).Allow(Caller.Anyone).ExcludeFromDescription().WithSummary("The WebSocket hub"));
    }

    static async Task Connect(HttpContext http, Caller caller, Hub hub, TidemarkSettings settings, CancellationToken gone)
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
        using var place = hub.Admit(caller);
        using var socket = await http.WebSockets.AcceptWebSocketAsync();
        await hub.Serve(socket, caller, gone);
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
