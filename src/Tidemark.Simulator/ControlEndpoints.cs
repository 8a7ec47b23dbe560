using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Tidemark.Simulator.Faults;

namespace Tidemark.Simulator;

/// <summary>The simulator's own addresses, for operating one that runs alone: its faults and what it saw.</summary>
static class ControlEndpoints
{
    static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) },
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        WriteIndented = true,
    };

    sealed record SeededSchedule(ulong Seed, TimeSpan Length, int Rounds = 2);

    public static void Map(WebApplication app, FaultBoard faults, Sightings sightings)
    {
        app.MapGet("/simulator/faults", (HttpContext http) => Write(http, faults.InForce));
        app.MapPost("/simulator/faults", (HttpContext http) => Read<Fault>(http, faults.Inject));
        app.MapPost("/simulator/faults/schedule", (HttpContext http) =>
            Read<SeededSchedule>(http, asked => faults.Follow(FaultSchedule.Seeded(asked.Seed, asked.Length, asked.Rounds))));
        app.MapDelete("/simulator/faults", (HttpContext http) =>
        {
            faults.Clear();
            return Write(http, faults.InForce);
        });
        app.MapGet("/simulator/sightings", (HttpContext http) => Write(http, new { sightings, faults = faults.Struck }));
    }

    static async Task Read<T>(HttpContext http, Action<T> act)
    {
        try
        {
            var value = await JsonSerializer.DeserializeAsync<T>(http.Request.Body, Json, http.RequestAborted) ?? throw new JsonException("The body is null.");
            act(value);
            await Write(http, value);
        }
        catch (JsonException fault)
        {
            http.Response.StatusCode = StatusCodes.Status400BadRequest;
            await Write(http, new { message = fault.Message });
        }
    }

    static Task Write<T>(HttpContext http, T value) => http.Response.WriteAsJsonAsync(value, Json, http.RequestAborted);
}
