using System.Collections.Concurrent;
using System.Net;
using Microsoft.AspNetCore.Http;
using Tidemark.Simulator.Faults;

namespace Tidemark.Simulator.Streams;

/// <summary>Where stream connections come in: raw at /ws, combined at /stream.</summary>
sealed class StreamDoor(Broadcast broadcast, FaultBoard faults, Sightings sightings, ServerLimits limits, TimeProvider wall)
{
    static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    readonly ConcurrentDictionary<IPAddress, Queue<long>> arrivals = new();

    public Task OpenRaw(HttpContext http) =>
        Open(http, http.Request.Path.Value!["/ws".Length..].Split('/', StringSplitOptions.RemoveEmptyEntries), isCombined: false);

    public Task OpenCombined(HttpContext http) =>
        Open(http, http.Request.Query["streams"].ToString().Split('/', StringSplitOptions.RemoveEmptyEntries), isCombined: true);

    async Task Open(HttpContext http, string[] streams, bool isCombined)
    {
        if (!http.WebSockets.IsWebSocketRequest)
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            return;
        }

        if (faults.Strikes(FaultKind.RefuseConnection, "stream"))
        {
            http.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        if (IsTooMany(http.Connection.RemoteIpAddress ?? IPAddress.None))
        {
            http.Response.StatusCode = StatusCodes.Status429TooManyRequests;
            return;
        }

        var unit = string.Equals(http.Request.Query["timeUnit"], "MICROSECOND", StringComparison.OrdinalIgnoreCase) ? 1_000 : 1;
        using var socket = await http.WebSockets.AcceptWebSocketAsync();
        using var connection = new StreamConnection(socket, broadcast, sightings, limits, wall, isCombined, unit);
        await connection.Run(streams, http.RequestAborted);
    }

    bool IsTooMany(IPAddress address)
    {
        var times = arrivals.GetOrAdd(address, _ => new Queue<long>());
        lock (times)
        {
            while (times.Count > 0 && wall.GetElapsedTime(times.Peek()) >= Window)
            {
                times.Dequeue();
            }

            times.Enqueue(wall.GetTimestamp());
            return times.Count > limits.ConnectionsInFiveMinutes;
        }
    }
}
