using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json.Nodes;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;

namespace Tidemark.Simulator.Messages;

/// <summary>Twilio: creating messages by form and listing them, with basic authentication and its error codes.</summary>
sealed partial class TwilioService(MessageServerOptions options, MessageSightings sightings, TimeProvider wall)
{
    const int Unauthorised = 20003, NoSuchNumber = 21211, NoBody = 21602, NoSender = 21603, LongestBody = 1_600;
    readonly ConcurrentQueue<JsonObject> messages = new();
    long sent;

    bool IsAuthorised(HttpContext http) =>
        (string)http.Request.RouteValues["account"]! == options.TwilioAccount
        && http.Request.Headers.Authorization.ToString() == "Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes($"{options.TwilioAccount}:{options.TwilioToken}"));

    /// <summary>What was created for a number, newest first.</summary>
    public ServiceAnswer List(HttpContext http, byte[] body)
    {
        if (!IsAuthorised(http))
        {
            return Error(401, Unauthorised, "Authenticate");
        }

        var most = int.TryParse(http.Request.Query["PageSize"], NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : 50;
        var to = http.Request.Query["To"].ToString();
        return new ServiceAnswer(200, new JsonObject { ["messages"] = new JsonArray([.. messages.Where(message => (string?)message["to"] == to).Reverse().Take(most).Select(message => message.DeepClone())]) });
    }

    public ServiceAnswer Create(HttpContext http, byte[] body)
    {
        if (!IsAuthorised(http))
        {
            return Error(401, Unauthorised, "Authenticate");
        }

        if (http.Request.ContentType != "application/x-www-form-urlencoded")
        {
            return Error(400, NoBody, "A message is created by form.");
        }

        var form = QueryHelpers.ParseQuery(Encoding.UTF8.GetString(body));
        string Field(string name) => form.TryGetValue(name, out var value) ? value.ToString() : "";
        if (!Number().IsMatch(Field("To")))
        {
            return Error(400, NoSuchNumber, $"The 'To' number {Field("To")} is not a valid phone number.");
        }

        if (Field("Body") is not { Length: > 0 and <= LongestBody } text)
        {
            return Error(400, NoBody, "Message body is required.");
        }

        if (Field("From").Length == 0 && Field("MessagingServiceSid").Length == 0)
        {
            return Error(400, NoSender, "A 'From' phone number is required.");
        }

        sightings.Take(new("twilio", Field("To"), null, text, text, wall.GetUtcNow()) { Body = body });
        var sid = "SM" + Interlocked.Increment(ref sent).ToString("x32", CultureInfo.InvariantCulture);
        var message = new JsonObject
        {
            ["sid"] = sid,
            ["status"] = "queued",
            ["to"] = Field("To"),
            ["body"] = text,
            ["date_created"] = wall.GetUtcNow().ToString("ddd, dd MMM yyyy HH:mm:ss", CultureInfo.InvariantCulture) + " +0000",
            ["error_code"] = null,
        };
        messages.Enqueue(message);
        return new ServiceAnswer(201, message.DeepClone());
    }

    static ServiceAnswer Error(int status, int code, string text) =>
        new(status, new JsonObject { ["code"] = code, ["message"] = text, ["more_info"] = $"https://www.twilio.com/docs/errors/{code}", ["status"] = status });

    [GeneratedRegex(@"^\+[1-9][0-9]{6,14}$", RegexOptions.NonBacktracking)]
    private static partial Regex Number();
}
