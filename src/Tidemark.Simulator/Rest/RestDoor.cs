using System.Buffers;
using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Tidemark.Simulator.Faults;
using Tidemark.Simulator.Markets;

namespace Tidemark.Simulator.Rest;

/// <summary>Where requests come in: faults first, then weights and bans, then the answer.</summary>
sealed class RestDoor(Exchange exchange, MarketClock clock, FaultBoard faults, Sightings sightings, ServerLimits limits, TimeProvider wall)
{
    readonly ConcurrentDictionary<IPAddress, RateGate> gates = new();

    public async Task Answer(HttpContext http, RestEndpoint endpoint)
    {
        sightings.Request(endpoint.Path);
        var place = endpoint.Path + http.Request.QueryString;
        var rates = gates.GetOrAdd(http.Connection.RemoteIpAddress ?? IPAddress.None, _ => new RateGate(limits, wall));
        if (faults.Strikes(FaultKind.Slow, place, out var slow, out _))
        {
            await Task.Delay(slow.Delay, wall, http.RequestAborted);
        }

        if (faults.Strikes(FaultKind.Disconnect, place))
        {
            sightings.Answer(0);
            http.Abort();
            return;
        }

        var body = new ArrayBufferWriter<byte>(4_096);
        try
        {
            var query = new Query(http.Request.Query);
            Admit(rates, place, endpoint.Weight(query));
            query.Allow(endpoint.Parameters);
            using var json = new Utf8JsonWriter(body);
            endpoint.Answer(Ask(http, query, place), json);
        }
        catch (ExchangeError refusal)
        {
            body.ResetWrittenCount();
            WriteRefusal(http, refusal, body);
        }

        http.Response.Headers["X-MBX-USED-WEIGHT"] = rates.Used.ToString(CultureInfo.InvariantCulture);
        http.Response.Headers["X-MBX-USED-WEIGHT-1M"] = rates.Used.ToString(CultureInfo.InvariantCulture);
        http.Response.ContentType = "application/json;charset=UTF-8";
        http.Response.ContentLength = body.WrittenCount;
        sightings.Answer(http.Response.StatusCode);
        await http.Response.Body.WriteAsync(body.WrittenMemory, http.RequestAborted);
    }

    void Admit(RateGate rates, string place, int weight)
    {
        if (faults.Strikes(FaultKind.Ban, place, out var ban, out _))
        {
            rates.Ban(TimeSpan.FromSeconds(ban.RetryAfter));
            throw ExchangeError.Banned(clock.Now + (ban.RetryAfter * 1_000L), ban.RetryAfter);
        }

        var (passage, wait) = rates.Weigh(weight);
        var seconds = (int)Math.Ceiling(wait.TotalSeconds);
        switch (passage)
        {
            case Passage.Refused:
                sightings.OverLimit();
                sightings.Weight(rates.Used);
                throw ExchangeError.TooMuchWeight(limits.WeightAMinute, seconds);
            case Passage.Banned or Passage.BannedNow:
                if (passage == Passage.Banned)
                {
                    sightings.InsideBan();
                }

                throw ExchangeError.Banned(clock.Now + (long)wait.TotalMilliseconds, seconds);
            default:
                sightings.Weight(rates.Used);
                break;
        }

        if (faults.Strikes(FaultKind.TooManyRequests, place, out var refusal, out _))
        {
            throw ExchangeError.TooMuchWeight(limits.WeightAMinute, refusal.RetryAfter);
        }

        if (faults.Strikes(FaultKind.ServerError, place, out var error, out _))
        {
            throw ExchangeError.OfServer(error.Status);
        }
    }

    Asked Ask(HttpContext http, Query query, string place)
    {
        var unit = string.Equals(http.Request.Headers["X-MBX-TIME-UNIT"], "MICROSECOND", StringComparison.OrdinalIgnoreCase) ? 1_000 : 1;
        return new Asked(query, exchange, faults, place, clock.Now, limits, unit);
    }

    static void WriteRefusal(HttpContext http, ExchangeError refusal, ArrayBufferWriter<byte> body)
    {
        http.Response.StatusCode = refusal.Status;
        if (refusal.RetryAfter is { } seconds)
        {
            http.Response.Headers.RetryAfter = seconds.ToString(CultureInfo.InvariantCulture);
        }

        using var json = new Utf8JsonWriter(body, new() { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping });
        json.WriteStartObject();
        json.WriteNumber("code", refusal.Code);
        json.WriteString("msg", refusal.Message);
        json.WriteEndObject();
    }
}
