using System.Collections.Concurrent;

namespace Tidemark.Simulator.Messages;

/// <summary>A message as a service took it: who it is for, what it says, and the id its sender gave it where the protocol has a place for one.</summary>
public sealed record ReceivedMessage(string Service, string To, string? Id, string Title, string Text, DateTimeOffset At)
{
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>(StringComparer.OrdinalIgnoreCase);
    public byte[] Body { get; init; } = [];
}

/// <summary>What the services took and what they refused, for tests to judge a sender by.</summary>
public sealed class MessageSightings
{
    readonly ConcurrentQueue<ReceivedMessage> received = new();
    readonly ConcurrentDictionary<string, long> refused = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<string, long> requests = new(StringComparer.Ordinal);

    public IReadOnlyList<ReceivedMessage> Received => [.. received];

    /// <summary>Requests by service, those included that a fault befell.</summary>
    public IReadOnlyDictionary<string, long> Requests => new Dictionary<string, long>(requests, StringComparer.Ordinal);

    /// <summary>Requests refused because they came too fast, by service.</summary>
    public IReadOnlyDictionary<string, long> TooFast => new Dictionary<string, long>(refused, StringComparer.Ordinal);

    public IReadOnlyList<ReceivedMessage> Of(string service) => [.. received.Where(message => message.Service == service)];

    internal void Take(ReceivedMessage message) => received.Enqueue(message);

    internal void Request(string service) => requests.AddOrUpdate(service, 1, static (_, count) => count + 1);

    internal void Refuse(string service) => refused.AddOrUpdate(service, 1, static (_, count) => count + 1);
}
