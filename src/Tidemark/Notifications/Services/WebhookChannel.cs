using System.Net.Http.Headers;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Tidemark.Notifications.Channels;
using Tidemark.Notifications.Sending;
using Tidemark.Platform.Api;
using Tidemark.Platform.Http;
using Tidemark.Platform.Web;

namespace Tidemark.Notifications.Services;

/// <summary>
/// Posts JSON to an address of the person's own. Signed as Stripe signs: `Tidemark-Signature: t=SECONDS,v1=HEX` over `t.body` with
/// HMAC-SHA256, so that the receiver can tell who sent it, that it is whole, and how old it is.
/// </summary>
sealed class WebhookChannel(GuardedHttp guarded, Breakers breakers, Pace pace, PublicAddresses addresses, TimeProvider clock) : INotificationChannel
{
    public const string Signature = "Tidemark-Signature", Id = "Tidemark-Id";

    public ChannelKind Kind => ChannelKind.Webhook;
    public bool IsOffered => true;

    /// <summary>What is posted.</summary>
    public sealed record WebhookMessage(string Id, string Kind, string Title, string Body, string? Symbol, string? Direction, bool Urgent, string? Url, DateTimeOffset CreatedAt);

    public Task<SendResult> Send(Parcel parcel, CancellationToken stop)
    {
        if (parcel.Address is not { Url: { } url, Secret: { } secret } || !Uri.TryCreate(url, UriKind.Absolute, out var address))
        {
            return Task.FromResult(SendResult.Gone("There is no address."));
        }
        var place = $"webhook {parcel.To.Id}";
        if (pace.ClosedFor(place) is { Ticks: > 0 } wait)
        {
            return Task.FromResult(SendResult.Later(wait, "The webhook asked for patience."));
        }
        var body = JsonSerializer.SerializeToUtf8Bytes(
            new WebhookMessage(
                parcel.MessageId, parcel.Kind.ToString().ToUpperInvariant(), parcel.Title, parcel.Body, parcel.Symbol, parcel.Direction?.ToString().ToUpperInvariant(), parcel.IsUrgent,
                parcel.Link is { } link ? addresses.Of(link) : null, parcel.CreatedAt),
            ApiJson.Options);
        return breakers.Through($"{place} {address.Authority}", () => WebAnswers.Ask(
            async () =>
            {
                var answer = await guarded.Send(to => Request(to, body, secret, parcel.MessageId), address, stop);
                if (answer.Status == 429)
                {
                    pace.Close(place, WebAnswers.RetryAfter(answer, clock) ?? TimeSpan.FromSeconds(5));
                }
                return answer;
            },
            answer => answer.IsSuccess ? SendResult.Accepted() : Judge(answer), clock));
    }

    /// <summary>A receiver that is being mended may answer anything; only 410 says that it is gone for good.</summary>
    static SendResult Judge(HttpAnswer answer) => answer.Status switch
    {
        410 => SendResult.Gone("The webhook answered 410."),
        400 or 413 or 415 or 422 => SendResult.Refused($"The webhook did not take the message ({answer.Status})."),
        _ => SendResult.Failed($"The webhook answered {answer.Status}."),
    };

    HttpRequestMessage Request(Uri to, byte[] body, string secret, string id)
    {
        var content = new ByteArrayContent(body);
        content.Headers.ContentType = new MediaTypeHeaderValue("application/json");
        var request = new HttpRequestMessage(HttpMethod.Post, to) { Content = content };
        request.Headers.TryAddWithoutValidation(Signature, Sign(body, secret, clock.GetUtcNow().ToUnixTimeSeconds()));
        request.Headers.TryAddWithoutValidation(Id, id);
        request.Headers.TryAddWithoutValidation("User-Agent", "Tidemark");
        return request;
    }

    public static string Sign(ReadOnlySpan<byte> body, string secret, long seconds)
    {
        using var hash = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(secret));
        hash.AppendData(Encoding.UTF8.GetBytes($"{seconds}."));
        hash.AppendData(body);
        return $"t={seconds},v1={Convert.ToHexStringLower(hash.GetHashAndReset())}";
    }
}
