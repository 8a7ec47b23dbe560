using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Tidemark.Simulator.Faults;

namespace Tidemark.Simulator.Messages;

/// <summary>Running stand-ins for the services that carry messages: ntfy, Discord, Telegram, Twilio, push services and webhooks, with faults on command.</summary>
public sealed class MessageServer : IAsyncDisposable
{
    readonly WebApplication app;

    MessageServer(WebApplication app, FaultBoard faults, MessageSightings sightings, PushService push, TelegramService telegram, DiscordService discord) =>
        (this.app, Faults, Sightings, Push, Telegram, Discord) = (app, faults, sightings, push, telegram, discord);

    /// <summary>Faults befall services by name: ntfy, discord, telegram, twilio, push, webhook.</summary>
    public FaultBoard Faults { get; }

    public MessageSightings Sightings { get; }

    public PushService Push { get; }

    public TelegramService Telegram { get; }

    public DiscordService Discord { get; }

    public Uri Address => new(app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.First());

    public static async Task<MessageServer> Start(MessageServerOptions options, TimeProvider wall, CancellationToken stop)
    {
        var faults = new FaultBoard(new MarketClock(wall, wall.GetUtcNow()), options.Seed);
        var sightings = new MessageSightings();
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.Services.AddRoutingCore();
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(1));
        builder.WebHost.UseKestrel(kestrel => kestrel.AddServerHeader = false).UseUrls(options.Address);
        var host = builder.Build();
        var (ntfy, discord, telegram, twilio) = (new NtfyService(options, sightings, wall), new DiscordService(options, sightings, wall), new TelegramService(options, sightings, wall), new TwilioService(options, sightings, wall));
        var (push, webhooks) = (new PushService(sightings, wall), new WebhookService(sightings, wall));
        var door = new MessageDoor(faults, sightings, wall);
        host.MapPost("/", (HttpContext http) => door.Open(http, "ntfy", ntfy.Publish));
        host.MapGet("/{topic}/json", (HttpContext http) => door.Open(http, "ntfy", ntfy.Poll));
        host.MapPost("/api/webhooks/{id}/{token}", (HttpContext http) => door.Open(http, "discord", discord.Execute));
        host.MapPost("/api/v10/channels/{id}/messages", (HttpContext http) => door.Open(http, "discord", discord.CreateMessage));
        host.MapPost("/{bot}/sendMessage", (HttpContext http) => door.Open(http, "telegram", telegram.SendMessage));
        host.MapPost("/2010-04-01/Accounts/{account}/Messages.json", (HttpContext http) => door.Open(http, "twilio", twilio.Create));
        host.MapGet("/2010-04-01/Accounts/{account}/Messages.json", (HttpContext http) => door.Open(http, "twilio", twilio.List));
        host.MapPost("/push/{id}", (HttpContext http) => door.Open(http, "push", push.Receive));
        host.MapPost("/hook/{name}", (HttpContext http) => door.Open(http, "webhook", webhooks.Receive));
        host.MapPost("/redirect", WebhookService.Redirect);
        await host.StartAsync(stop);
        var server = new MessageServer(host, faults, sightings, push, telegram, discord);
        push.Origin = server.Address;
        return server;
    }

    public async ValueTask DisposeAsync()
    {
        await app.StopAsync();
        await app.DisposeAsync();
    }
}
