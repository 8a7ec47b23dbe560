using System.Buffers.Text;
using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Encodings.Web;
using System.Text.Json;
using Tidemark.Notifications.Channels;
using Tidemark.Notifications.Push;
using Tidemark.Notifications.Sending;
using Tidemark.Notifications.Templates;
using Tidemark.Platform.Api;
using Tidemark.Platform.Http;

namespace Tidemark.Notifications.Services;

/// <summary>Pushes to a browser through the push service its maker runs. The service sees an encrypted box, and the message id as its topic: a repeat that was not delivered yet is replaced.</summary>
sealed class WebPushChannel(GuardedHttp guarded, Breakers breakers, Pace pace, PushKeys keys, TimeProvider clock) : INotificationChannel
{
    // Letters as they are: written as \u1234 they would not fit into a push.
    static readonly JsonSerializerOptions Short = new(ApiJson.Options) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };
    const int LongestBody = 600, KeptFor = 24 * 3_600;

    public ChannelKind Kind => ChannelKind.WebPush;
    public bool IsOffered => true;

    /// <summary>What the browser's service worker reads.</summary>
    public sealed record Push(string Id, NotificationKind Kind, string Title, string Body, string? Link);

    public async Task<SendResult> Send(Parcel parcel, CancellationToken stop)
    {
        if (parcel.Address is not { Url: { } url, P256dh: { } point, Auth: { } auth } || !Uri.TryCreate(url, UriKind.Absolute, out var endpoint))
        {
            return SendResult.Gone("There is no subscription.");
        }
        var service = $"push {endpoint.Authority}";
        var place = $"push {parcel.Target}";
        if (pace.ClosedFor(service, place) is { Ticks: > 0 } wait)
        {
            return SendResult.Later(wait, "The push service asked for patience.");
        }
        var message = JsonSerializer.SerializeToUtf8Bytes(new Push(parcel.MessageId, parcel.Kind, parcel.Title, PlainText.Cut(parcel.Body, LongestBody), parcel.Link), Short);
        var body = PushEncryption.Encrypt(message, Base64Url.DecodeFromChars(point), Base64Url.DecodeFromChars(auth));
        var authorization = await keys.Authorize(endpoint, stop);
        var result = await breakers.Through(service, () => WebAnswers.Ask(
            async () => Obey(await guarded.Send(to => Request(to, body, authorization, parcel), endpoint, stop), place, service), Judge, clock));
        return WebAnswers.Rest(result, pace.ClosedFor(service, place));
    }

    HttpAnswer Obey(HttpAnswer answer, string place, string service)
    {
        if (answer.Status == 429)
        {
            pace.Refuse(place, service, WebAnswers.RetryAfter(answer, clock) ?? TimeSpan.FromSeconds(5));
        }
        else if (answer.IsSuccess)
        {
            pace.Served(service);
        }
        return answer;
    }

    /// <summary>Only 404 and 410 say that the subscription has ended; 401 and 403 speak of this server's key.</summary>
    static SendResult Judge(HttpAnswer answer) => answer.Status switch
    {
        >= 200 and < 300 => SendResult.Accepted(),
        401 or 403 => SendResult.Operators($"The push service does not take this server's key ({answer.Status})."),
        _ => WebAnswers.ByStatus(answer, "The push service"),
    };

    static HttpRequestMessage Request(Uri to, byte[] body, string authorization, Parcel parcel)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/octet-stream");
        content.Headers.ContentEncoding.Add("aes128gcm");
        var request = new HttpRequestMessage(HttpMethod.Post, to) { Content = content };
        request.Headers.TryAddWithoutValidation("Authorization", authorization);
        request.Headers.TryAddWithoutValidation("TTL", KeptFor.ToString(CultureInfo.InvariantCulture));
        request.Headers.TryAddWithoutValidation("Urgency", parcel.IsUrgent || parcel.Kind == NotificationKind.Alert ? "high" : "normal");
        request.Headers.TryAddWithoutValidation("Topic", parcel.MessageId["ntf_".Length..]);
        return request;
    }
}
