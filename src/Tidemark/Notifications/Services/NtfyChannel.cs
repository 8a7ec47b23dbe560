using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Tidemark.Notifications.Channels;
using Tidemark.Notifications.Sending;
using Tidemark.Notifications.Templates;
using Tidemark.Platform.Http;
using Tidemark.Platform.Settings;
using Tidemark.Platform.Web;
using Tidemark.Quant.Patterns;

namespace Tidemark.Notifications.Services;

/// <summary>
/// Publishes to a person's ntfy topic as JSON, so that no text of anybody stands in a header. The message id goes as the sequence id: a
/// repeat replaces the message on the phone instead of ringing twice. The server keeps messages for hours and is asked before one goes
/// there again.
/// </summary>
sealed class NtfyChannel(ProviderHttp provider, GuardedHttp guarded, Breakers breakers, Pace pace, TidemarkSettings settings, PublicAddresses addresses, TimeProvider clock) : INotificationChannel, IRemembersMessages
{
    const int UsualPriority = 3, HighPriority = 4, LongestMessage = 3_500;
    static readonly TimeSpan ClocksDiffer = TimeSpan.FromMinutes(1);
    readonly Uri _server = new(settings["NTFY_URL"]!.TrimEnd('/') + "/");

    public ChannelKind Kind => ChannelKind.Ntfy;
    public bool IsOffered => true;

    public async Task<SendResult> Send(Parcel parcel, CancellationToken stop)
    {
        var lead = Lead(parcel);
        if (pace.ClosedFor(lead.Place) is { Ticks: > 0 } wait)
        {
            return SendResult.Later(wait, "The ntfy server asked for patience.");
        }
        var result = await breakers.Through(lead.Place, () => WebAnswers.Ask(
            async () => Obey(await Call(lead, lead.Server, at => new HttpRequestMessage(HttpMethod.Post, at) { Content = JsonContent.Create(Message(parcel)) }, stop), lead),
            answer => Judge(answer, lead), clock));
        if (result.IsOperators)
        {
            pace.Close(lead.Place, result.Wait);
        }
        return result;
    }

    /// <summary>Looks for the sequence id among what the topic has had since, by its title, so that the answer stays short.</summary>
    public async Task<Recollection> Recall(Parcel parcel, CancellationToken stop)
    {
        var lead = Lead(parcel);
        if (pace.ClosedFor(lead.Place) is { Ticks: > 0 } wait)
        {
            return new([], SendResult.Later(wait, "The ntfy server asked for patience."));
        }
        var target = new Uri(lead.Server, $"{Uri.EscapeDataString(parcel.To.NtfyTopic)}/json?poll=1&since={(parcel.Since - ClocksDiffer).ToUnixTimeSeconds()}&title={Uri.EscapeDataString(parcel.Title)}");
        return await WebAnswers.Inquire(
            breakers, lead.Place,
            async () => Obey(await Call(lead, target, at => new HttpRequestMessage(HttpMethod.Get, at), stop), lead),
            answer => [.. answer.Body.Split('\n').Where(line => WebAnswers.Text(line, "sequence_id") == parcel.MessageId).Select(line => WebAnswers.Text(line, "id")).OfType<string>()],
            clock);
    }

    sealed record Way(Uri Server, string? Token, bool IsOwn, string Place);

    /// <summary>A server of the person's own is called with the guard of addresses that users give, and never with the operator's token; that it fails is no reason to leave another's alone.</summary>
    Way Lead(Parcel parcel) => parcel.Address.Url is { } url && new Uri(url.TrimEnd('/') + "/") is var own
        ? new(own, parcel.Address.Secret, IsOwn: true, $"ntfy {parcel.To.Id} {own.Authority}")
        : new(_server, settings["NTFY_TOKEN"], IsOwn: false, $"ntfy {_server.Authority}");

    Task<HttpAnswer> Call(Way lead, Uri target, Func<Uri, HttpRequestMessage> make, CancellationToken stop)
    {
        HttpRequestMessage Request(Uri at)
        {
            var request = make(at);
            // A redirect leads where it likes; the token is for the server it was given for.
            var isThere = Uri.Compare(at, lead.Server, UriComponents.SchemeAndServer, UriFormat.SafeUnescaped, StringComparison.OrdinalIgnoreCase) == 0;
            request.Headers.Authorization = lead.Token is null || !isThere ? null : new AuthenticationHeaderValue("Bearer", lead.Token);
            return request;
        }
        return lead.IsOwn ? guarded.Send(Request, target, stop) : provider.Send(Request(target), stop);
    }

    HttpAnswer Obey(HttpAnswer answer, Way lead)
    {
        if (answer.Status is 429 or 507)
        {
            pace.Close(lead.Place, WebAnswers.RetryAfter(answer, clock) ?? TimeSpan.FromSeconds(5));
        }
        return answer;
    }

    static SendResult Judge(HttpAnswer answer, Way lead)
    {
        if (answer.IsSuccess)
        {
            return SendResult.Accepted(WebAnswers.Text(answer.Body, "id"));
        }
        return !lead.IsOwn && answer.Status is (401 or 403 or 404) ? SendResult.Operators($"The ntfy server does not let this server publish ({answer.Status}).") : WebAnswers.ByStatus(answer, "The ntfy server");
    }

    JsonObject Message(Parcel parcel)
    {
        var tags = new JsonArray(parcel.Direction switch
        {
            Direction.Bullish => "chart_with_upwards_trend",
            Direction.Bearish => "chart_with_downwards_trend",
            _ => "bell",
        });
        var message = new JsonObject
        {
            ["topic"] = parcel.To.NtfyTopic,
            ["title"] = parcel.Title,
            ["message"] = PlainText.Cut(parcel.Body.Length > 0 ? parcel.Body : parcel.Title, LongestMessage),
            ["priority"] = parcel.IsUrgent ? HighPriority : UsualPriority,
            ["tags"] = tags,
            ["sequence_id"] = parcel.MessageId,
        };
        if (parcel.Link is { } link)
        {
            message["click"] = addresses.Of(link);
        }
        return message;
    }
}
