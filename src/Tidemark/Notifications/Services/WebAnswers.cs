using System.Globalization;
using System.Text.Json;
using Tidemark.Notifications.Sending;
using Tidemark.Platform.Http;

namespace Tidemark.Notifications.Services;

/// <summary>What a web service's answer, or its silence, means for a delivery.</summary>
static class WebAnswers
{
    static readonly TimeSpan LongestWait = TimeSpan.FromHours(6);

    /// <summary>Calls, and turns what goes wrong on the way into a result.</summary>
    public static async Task<SendResult> Ask(Func<Task<HttpAnswer>> call, Func<HttpAnswer, SendResult> judge, TimeProvider clock)
    {
        try
        {
            var answer = await call();
            return answer.IsSuccess || answer.Status != 429 ? judge(answer) : SendResult.Later(RetryAfter(answer, clock) ?? TimeSpan.FromSeconds(5), "The service asked for patience.");
        }
        catch (TimeoutException late)
        {
            return SendResult.Failed(late.Message);
        }
        catch (AddressRefusedException refused)
        {
            return SendResult.Gone(refused.Message);
        }
        catch (Exception fault) when (fault is HttpRequestException or IOException)
        {
            return SendResult.Failed(fault is HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError } ? "The server's name is not known." : "The server could not be reached.");
        }
    }

    /// <summary>Asks what a service has. What it says it will not tell, it does not have; only silence, an error and a plea for patience leave the question open.</summary>
    public static async Task<Recollection> Inquire(Breakers breakers, string place, Func<Task<HttpAnswer>> call, Func<HttpAnswer, IReadOnlyList<string>> read, TimeProvider clock)
    {
        IReadOnlyList<string> found = [];
        SendResult Judge(HttpAnswer answer)
        {
            found = answer.IsSuccess ? read(answer) : [];
            return answer.Status is 408 or 425 or >= 500 ? SendResult.Failed($"It is not known whether an earlier attempt arrived: the service answered {answer.Status}.") : SendResult.Accepted();
        }
        var result = await breakers.Through(place, () => Ask(call, Judge, clock));
        return result.Outcome == SendOutcome.Accepted ? new(found) : new([], result);
    }

    /// <summary>The result, and for how long its place is closed now.</summary>
    public static SendResult Rest(SendResult result, TimeSpan closed) => result.Outcome is SendOutcome.Accepted or SendOutcome.Later && closed > TimeSpan.Zero ? result with { Wait = closed } : result;

    /// <summary>How long the other side wants to be left alone, by its header.</summary>
    public static TimeSpan? RetryAfter(HttpAnswer answer, TimeProvider clock) =>
        answer.Headers.RetryAfter switch
        {
            { Delta: { } delta } => Bounded(delta),
            { Date: { } date } => Bounded(date - clock.GetUtcNow()),
            _ => null,
        };

    public static TimeSpan Bounded(TimeSpan wait) => wait < TimeSpan.FromMilliseconds(100) ? TimeSpan.FromMilliseconds(100) : wait > LongestWait ? LongestWait : wait;

    /// <summary>The usual meaning of a status that was no success.</summary>
    public static SendResult ByStatus(HttpAnswer answer, string service) => answer.Status switch
    {
        404 or 410 => SendResult.Gone($"{service} does not know the address any more ({answer.Status})."),
        401 or 403 => SendResult.Gone($"{service} does not let us send there ({answer.Status})."),
        408 or 425 or >= 500 => SendResult.Failed($"{service} answered {answer.Status}."),
        _ => SendResult.Refused($"{service} did not take the message ({answer.Status})."),
    };

    /// <summary>A field of a JSON answer; null where the answer is something else.</summary>
    public static JsonElement? Field(string body, params ReadOnlySpan<string> path)
    {
        try
        {
            var at = JsonElement.Parse(body);
            foreach (var name in path)
            {
                if (at.ValueKind != JsonValueKind.Object || !at.TryGetProperty(name, out at))
                {
                    return null;
                }
            }
            return at;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    public static double? Number(string body, params ReadOnlySpan<string> path) => Field(body, path) is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : null;

    public static string? Text(string body, params ReadOnlySpan<string> path) => Field(body, path) switch
    {
        { ValueKind: JsonValueKind.String } text => text.GetString(),
        { ValueKind: JsonValueKind.Number } number => number.GetRawText(),
        _ => null,
    };

    public static double? Number(string? text) => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : null;
}
