using System.ComponentModel;
using QRCoder;
using Tidemark.Accounts;
using Tidemark.Notifications.Outbox;
using Tidemark.Platform.Api;
using Tidemark.Platform.Audit;
using Tidemark.Platform.Database;
using Tidemark.Platform.Settings;

namespace Tidemark.Notifications.Channels;

/// <summary>A person's own ntfy topic: how to subscribe to it, and another one should somebody know it.</summary>
public static class NtfyEndpoints
{
    public static void Map(RouteGroupBuilder notifications)
    {
        notifications.MapGet("/ntfy", Read).Allow(Caller.InPerson).WithSummary("Your ntfy topic and how to subscribe to it").Shows(Example);
        notifications.MapPost("/ntfy/renew", Renew).Allow(Caller.InPerson).HandlesSecrets().WithSummary("Get another topic; the old one hears nothing more").Shows(Example);
    }

    static NtfyView Example { get; } = new("https://ntfy.sh", "tidemark-5d41402abc4b2a76b9719d911017c592", "https://ntfy.sh/tidemark-5d41402abc4b2a76b9719d911017c592", "ntfy://ntfy.sh/tidemark-5d41402abc4b2a76b9719d911017c592", "<svg…>");

    public sealed record NtfyView(
        [property: Description("The server it is on.")] string Server,
        [property: Description("Yours alone. Whoever knows it reads what you are sent: keep it to yourself.")] string Topic,
        [property: Description("Opens it in a browser.")] string Url,
        [property: Description("Opens it in the ntfy app.")] string AppUrl,
        [property: Description("The address as a QR code, an SVG picture.")] string Qr);

    static async Task<NtfyView> Read(Caller caller, Recipients recipients, RouteBook routes, AddressSeal seal, TidemarkSettings settings, CancellationToken stop)
    {
        var topic = (await recipients.Find([caller.UserId], stop)).GetValueOrDefault(caller.UserId)?.NtfyTopic ?? throw new TidemarkException(ErrorCode.SignInRequired);
        var own = (await routes.Find([caller.UserId], stop))[caller.UserId].Of(caller.UserId, ChannelKind.Ntfy).Sealed is { } text ? seal.Open(caller.UserId, ChannelKind.Ntfy, text).Url : null;
        var server = new Uri((own ?? settings["NTFY_URL"]!).TrimEnd('/'));
        var address = $"{server.AbsoluteUri.TrimEnd('/')}/{topic}";
        using var code = QRCodeGenerator.GenerateQrCode(address, QRCodeGenerator.ECCLevel.M);
        using var picture = new SvgQRCode(code);
        return new NtfyView(
            server.AbsoluteUri.TrimEnd('/'), topic, address, $"ntfy://{server.Authority}/{topic}{(server.Scheme == Uri.UriSchemeHttp ? "?secure=false" : "")}",
            picture.GetGraphic(4, "#000000", "#ffffff", drawQuietZones: true, SvgQRCode.SizingMode.ViewBoxAttribute));
    }

    static async Task<NtfyView> Renew(Caller caller, Recipients recipients, RouteBook routes, AddressSeal seal, TidemarkSettings settings, TidemarkDb db, IdSource ids, AuditLog audit, CancellationToken stop)
    {
        await db.InTransaction(
            async _ =>
            {
                await recipients.RenewNtfyTopic(caller.UserId, $"tidemark-{ids.Next()}", stop);
                await audit.Append(caller, "notifications.topic.renewed", caller.Id, stop);
            },
            stop);
        return await Read(caller, recipients, routes, seal, settings, stop);
    }
}
