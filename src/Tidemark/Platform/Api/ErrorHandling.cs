using System.Diagnostics.Metrics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http.Features;
using Npgsql;
using Tidemark.Platform.Observability;

namespace Tidemark.Platform.Api;

/// <summary>Turns whatever an API request ended in, thrown or decided by the framework, into the error envelope.</summary>
sealed partial class ErrorHandling(RequestDelegate next, TimeProvider clock, ILogger<ErrorHandling> log)
{
    /// <summary>The detail that is also said in a header.</summary>
    public const string RetryAfter = "retryAfterSeconds";
    static readonly Dictionary<string, object?> NoDetails = [];
    static readonly Counter<long> Refusals = Telemetry.Meter.CreateCounter<long>("tidemark.refusals", description: "API requests that were refused or failed, by error code.");

    public async Task InvokeAsync(HttpContext http)
    {
        try
        {
            await next(http);
        }
        catch (OperationCanceledException) when (http.RequestAborted.IsCancellationRequested)
        {
            return;
        }
        catch (Exception fault) when (!http.Response.HasStarted)
        {
            await Answer(http, Describe(fault, http));
            return;
        }
        if (!http.Response.HasStarted && http.Response.StatusCode >= 400 && http.Response.ContentType is null && ApiPaths.IsApi(http.Request.Path))
        {
            var code = ErrorCode.ForStatus(http.Response.StatusCode);
            await Answer(http, new TidemarkException(code, code == ErrorCode.NotFound ? $"There is nothing at {ApiPaths.AsAsked(http)}." : null));
        }
    }

    TidemarkException Describe(Exception fault, HttpContext http)
    {
        switch (fault)
        {
            case TidemarkException known:
                if (known.Code.Status >= 500)
                {
                    log.LogWarning(known, "{Method} {Path} answered {Code}", http.Request.Method, http.Request.Path, known.Code.Name);
                }
                return known;
            case BadHttpRequestException { InnerException: JsonException json }:
                return new TidemarkException(ErrorCode.InvalidJson, ExplainJson(json), new Dictionary<string, object?> { ["path"] = json.Path ?? "$" });
            case BadHttpRequestException { StatusCode: 400 } bad when WrongParameter().Match(bad.Message) is { Success: true } wrong:
                var field = JsonNamingPolicy.CamelCase.ConvertName(wrong.Groups["name"].Value);
                return new TidemarkException(
                    ErrorCode.ValidationFailed, $"{field} is not acceptable.",
                    new Dictionary<string, object?> { ["fields"] = new Dictionary<string, object?> { [field] = new[] { $"\"{wrong.Groups["value"].Value}\" is not of the right kind." } } });
            case BadHttpRequestException bad:
                return new TidemarkException(ErrorCode.ForStatus(bad.StatusCode), bad.StatusCode == 400 ? bad.Message : null);
            default:
                if (OfDatabase(fault) is { } code)
                {
                    if (code == ErrorCode.BadRequest)
                    {
                        return new TidemarkException(code, "A text holds a character that cannot be stored.");
                    }
                    log.LogError(fault, "The database failed {Method} {Path}", http.Request.Method, http.Request.Path);
                    return new TidemarkException(code);
                }
                log.LogError(fault, "{Method} {Path} failed", http.Request.Method, http.Request.Path);
                return new TidemarkException(ErrorCode.Internal);
        }
    }

    /// <summary>What a database fault, however deep inside, means for the caller; null when the fault is our own.</summary>
    static ErrorCode? OfDatabase(Exception fault)
    {
        for (Exception? at = fault; at is not null; at = at.InnerException)
        {
            switch (at)
            {
                case PostgresException { SqlState: PostgresErrorCodes.CharacterNotInRepertoire or PostgresErrorCodes.UntranslatableCharacter }:
                    return ErrorCode.BadRequest;
                case PostgresException { SqlState: PostgresErrorCodes.SerializationFailure or PostgresErrorCodes.DeadlockDetected }:
                    return ErrorCode.DatabaseBusy;
                case PostgresException { SqlState: ['0', '8', ..] or ['5', '7', 'P', ..] or PostgresErrorCodes.InvalidCatalogName or PostgresErrorCodes.TooManyConnections or PostgresErrorCodes.ObjectNotInPrerequisiteState }:
                case NpgsqlException and not PostgresException:
                    return ErrorCode.DatabaseUnavailable;
            }
        }
        return null;
    }

    [GeneratedRegex("^Failed to bind parameter \"\\S+ (?<name>\\w+)\" from \"(?<value>[^\"]{0,100})", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex WrongParameter();

    /// <summary>The serializer's sentence without the names of our types.</summary>
    static string ExplainJson(JsonException fault)
    {
        var at = fault.Path is { Length: > 0 } path ? $" at {path}" : "";
        if (fault.Message.Contains("could not be mapped to any .NET member", StringComparison.Ordinal))
        {
            return $"The body has an unknown field{at}.";
        }
        if (fault.Message.Contains("uplicate", StringComparison.Ordinal))
        {
            return $"The body has a field twice{at}.";
        }
        if (fault.Message.Contains("missing required", StringComparison.Ordinal))
        {
            var named = fault.Message.LastIndexOf("including:", StringComparison.Ordinal);
            return named > 0 ? $"The body lacks {fault.Message[(named + "including:".Length)..].Trim().TrimEnd('.')}." : "The body lacks a required field.";
        }
        if (fault.Message.Contains("depth", StringComparison.Ordinal))
        {
            return "The body is nested too deeply.";
        }
        return fault.LineNumber is { } line && fault.Path is null or "$"
            ? $"The body is not valid JSON at line {fault.LineNumber + 1}, byte {fault.BytePositionInLine + 1}."
            : $"The body has a value of the wrong type{at}.";
    }

    internal async Task Answer(HttpContext http, TidemarkException fault)
    {
        Refusals.Add(1, new KeyValuePair<string, object?>("code", fault.Code.Name));
        KeepHeaders(http);
        var now = clock.GetUtcNow();
        var error = new Fault(fault.Code.Name, fault.Message, fault.Details ?? NoDetails);
        var envelope = new ErrorEnvelope(false, "error", null, error, fault.Code.Name, fault.Message, new Meta(now, RequestIds.Of(http)), now);
        http.Response.StatusCode = fault.Code.Status;
        http.Response.Headers.CacheControl = "no-store";
        if (fault.Details?.GetValueOrDefault(RetryAfter) is int seconds)
        {
            http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }
        http.Response.ContentType = "application/json; charset=utf-8";
        var body = JsonSerializer.SerializeToUtf8Bytes(envelope, ApiJson.Options);
        http.Response.ContentLength = body.Length;
        await http.Response.Body.WriteAsync(body, CancellationToken.None);
    }

    /// <summary>Starts the answer anew, keeping what outer steps said in headers (ids, limits, security, Allow).</summary>
    static void KeepHeaders(HttpContext http)
    {
        http.Response.Headers.ETag = default;
        http.Response.Headers.ContentEncoding = default;
        http.Features.Get<IHttpResponseFeature>()!.ReasonPhrase = null;
    }
}
