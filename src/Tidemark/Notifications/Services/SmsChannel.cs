using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Tidemark.Notifications.Channels;
using Tidemark.Notifications.Sending;
using Tidemark.Notifications.Templates;
using Tidemark.Platform.Http;
using Tidemark.Platform.Settings;

namespace Tidemark.Notifications.Services;

/// <summary>
/// Sends text messages through Twilio. Each costs money: two short parts at most, and no link. Twilio lists what it took and is asked
/// before a message goes to a number again.
/// </summary>
sealed partial class SmsChannel(ProviderHttp provider, Breakers breakers, Pace pace, TidemarkSettings settings, TimeProvider clock) : INotificationChannel, IRemembersMessages
{
    const int Longest = 300, NotReachable = 21610, NoSuchNumber = 21211, NoMobile = 21614, Newest = 10;
    const string Account = "twilio";
    static readonly TimeSpan ClocksDiffer = TimeSpan.FromMinutes(1);

    public ChannelKind Kind => ChannelKind.Sms;
    public bool IsOffered => settings["TWILIO_ACCOUNT_SID"] is not null && settings["TWILIO_AUTH_TOKEN"] is not null && settings["TWILIO_FROM"] is not null;

    public static bool IsNumber(string text) => Number().IsMatch(text);

    public async Task<SendResult> Send(Parcel parcel, CancellationToken stop)
    {
        if (parcel.Address.Phone is not { } number || !IsOffered)
        {
            return SendResult.Gone("There is no number, or this server sends no text messages.");
        }
        if (pace.ClosedFor(Account) is { Ticks: > 0 } wait)
        {
            return SendResult.Later(wait, "Twilio's rate limit.");
        }
        var from = settings["TWILIO_FROM"]!;
        var form = new FormUrlEncodedContent([new("To", number), new(from.StartsWith("MG", StringComparison.Ordinal) ? "MessagingServiceSid" : "From", from), new("Body", Text(parcel))]);
        var result = await breakers.Through(Messages.Authority, () => WebAnswers.Ask(async () => Obey(await provider.Send(Signed(new(HttpMethod.Post, Messages) { Content = form }), stop)), Judge, clock));
        if (result.IsOperators)
        {
            pace.Close(Account, result.Wait);
        }
        return result;
    }

    /// <summary>A text message carries no id: it is known by its words, and by no other delivery having ended with it.</summary>
    public async Task<Recollection> Recall(Parcel parcel, CancellationToken stop)
    {
        if (parcel.Address.Phone is not { } number || !IsOffered)
        {
            return Recollection.Nothing;
        }
        if (pace.ClosedFor(Account) is { Ticks: > 0 } wait)
        {
            return new([], SendResult.Later(wait, "Twilio's rate limit."));
        }
        var target = new Uri($"{Messages}?To={Uri.EscapeDataString(number)}&PageSize={Newest}");
        return await WebAnswers.Inquire(
            breakers, Messages.Authority, async () => Obey(await provider.Send(Signed(new(HttpMethod.Get, target)), stop)), answer => [.. Sids(answer.Body, Text(parcel), parcel.Since - ClocksDiffer)], clock);
    }

    static IEnumerable<string> Sids(string answer, string text, DateTimeOffset since)
    {
        if (WebAnswers.Field(answer, "messages") is not { ValueKind: JsonValueKind.Array } messages)
        {
            yield break;
        }
        foreach (var message in messages.EnumerateArray())
        {
            var told = message.GetRawText();
            if (WebAnswers.Text(told, "body") == text && WebAnswers.Text(told, "sid") is { } sid
                && DateTimeOffset.TryParse(WebAnswers.Text(told, "date_created"), CultureInfo.InvariantCulture, out var made) && made >= since)
            {
                yield return sid;
            }
        }
    }

    Uri Messages => new(new Uri(settings["TWILIO_URL"]!.TrimEnd('/') + "/"), $"2010-04-01/Accounts/{Uri.EscapeDataString(settings["TWILIO_ACCOUNT_SID"]!)}/Messages.json");

    static string Text(Parcel parcel) => PlainText.Cut(PlainText.OneLine(parcel.Body.Length > 0 ? $"{parcel.Title}: {parcel.Body}" : parcel.Title), Longest);

    HttpRequestMessage Signed(HttpRequestMessage request)
    {
        request.Headers.Authorization = new AuthenticationHeaderValue("Basic", Convert.ToBase64String(Encoding.UTF8.GetBytes($"{settings["TWILIO_ACCOUNT_SID"]}:{settings["TWILIO_AUTH_TOKEN"]}")));
        return request;
    }

    HttpAnswer Obey(HttpAnswer answer)
    {
        if (answer.Status == 429)
        {
            pace.Close(Account, WebAnswers.RetryAfter(answer, clock) ?? TimeSpan.FromSeconds(5));
        }
        return answer;
    }

    static SendResult Judge(HttpAnswer answer)
    {
        if (answer.IsSuccess)
        {
            return SendResult.Accepted(WebAnswers.Text(answer.Body, "sid"));
        }
        return WebAnswers.Number(answer.Body, "code") switch
        {
            NotReachable => SendResult.Gone("The number has unsubscribed."),
            NoSuchNumber or NoMobile => SendResult.Gone("The number does not take text messages."),
            // The operator's account, not the person's number, is what 401, 403 and 404 speak of.
            _ when answer.Status is 401 or 403 or 404 => SendResult.Operators($"Twilio does not let this server send ({answer.Status})."),
            _ => WebAnswers.ByStatus(answer, "Twilio"),
        };
    }

    [GeneratedRegex(@"^\+[1-9][0-9]{6,14}$", RegexOptions.NonBacktracking)]
    private static partial Regex Number();
}
