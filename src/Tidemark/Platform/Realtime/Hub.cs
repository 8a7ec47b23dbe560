using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text.Json;
using Tidemark.Platform.Api;
using Tidemark.Platform.Messaging;

namespace Tidemark.Platform.Realtime;

/// <summary>A message for everybody who hears the channel, on every node.</summary>
public sealed record ChannelMessage(string Channel, JsonElement Data, DateTimeOffset At);

/// <summary>
/// The WebSocket hub of this node. Messages come in over the event bus, are numbered and written once per node,
/// and wait in each connection's own bounded queue, so that nobody's slowness reaches anybody else.
/// </summary>
public sealed class Hub : IAsyncDisposable
{
    readonly ProductParts _parts;
    readonly IEventBus _bus;
    readonly TimeProvider _clock;
    readonly IdSource _ids;
    readonly HubLimits _limits;
    readonly ConcurrentDictionary<string, LiveChannel> _channels = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<HubConnection, string> _connections = new();
    readonly ConcurrentDictionary<string, int> _perNetwork = new(StringComparer.Ordinal);
    readonly IAsyncDisposable _subscription;
    readonly ITimer _sweeping;
    volatile bool _stopping;
    long _messages;

    // New channels number on from here, so that no position in one that was forgotten means anything in its successor.
    long _forgotten;
    int _places;

    public Hub(ProductParts parts, IEventBus bus, TimeProvider clock, IdSource ids, HubLimits limits)
    {
        (_parts, _bus, _clock, _ids, _limits) = (parts, bus, clock, ids, limits);
        Epoch = ids.Next()[..12];
        _subscription = bus.Subscribe<ChannelMessage>(Deliver);
        HubMeter.Connections.Add(0);
        _sweeping = clock.CreateTimer(_ => Forget(), null, limits.ForgetAfter / 4, limits.ForgetAfter / 4);
    }

    /// <summary>Names this life of the node; sequence numbers mean nothing across two of them.</summary>
    public string Epoch { get; }
    public int Connections => _connections.Count;

    /// <summary>Messages numbered since the start.</summary>
    public long Messages => Interlocked.Read(ref _messages);

    public ValueTask Publish<T>(string channel, T data, CancellationToken stop) =>
        _bus.Publish(new ChannelMessage(channel, JsonSerializer.SerializeToElement(data, ApiJson.Options), _clock.GetUtcNow()), stop);

    /// <summary>Whether anybody listens to a channel of this node; what nobody hears need not be made.</summary>
    public bool IsHeard(string channel) => _channels.TryGetValue(channel, out var known) && known.IsHeard;

    ValueTask Deliver(ChannelMessage message, CancellationToken stop)
    {
        var (name, _) = Split(message.Channel);
        var definition = Define(name) ?? throw new InvalidOperationException($"No module defines the channel {message.Channel}.");
        Interlocked.Increment(ref _messages);
        var channel = _channels.GetOrAdd(message.Channel, Create, definition);
        while (!channel.Send(message.Data, message.At))
        {
            Drop(channel);
            channel = _channels.GetOrAdd(message.Channel, Create, definition);
        }
        return ValueTask.CompletedTask;
    }

    /// <summary>Forgets channels that nobody hears and that nothing was said on for long: there is one for every person ever told something.</summary>
    void Forget()
    {
        foreach (var channel in _channels.Values.Where(channel => channel.Forget(_limits.ForgetAfter)))
        {
            Drop(channel);
        }
    }

    /// <summary>Makes room for the successor of a channel that was forgotten.</summary>
    internal void Drop(LiveChannel forgotten)
    {
        for (var known = Interlocked.Read(ref _forgotten); known < forgotten.Newest;)
        {
            var before = Interlocked.CompareExchange(ref _forgotten, forgotten.Newest, known);
            known = before == known ? forgotten.Newest : before;
        }
        _channels.TryRemove(KeyValuePair.Create(forgotten.Name, forgotten));
    }

    /// <summary>Whether anything is kept of a channel.</summary>
    public bool Keeps(string channel) => _channels.ContainsKey(channel);

    internal async Task Serve(WebSocket socket, Caller caller, CancellationToken gone, SocketDialect? dialect = null)
    {
        using var connection = new HubConnection(socket, "ws_" + _ids.Next()[..16], caller, this, _limits, _clock, dialect);
        _connections[connection] = caller.Address;
        HubMeter.Connections.Add(1);
        try
        {
            if (_stopping)
            {
                connection.Close(CloseCodes.Restart, "This node is going down; connect again and resume.");
            }
            await connection.Run(gone);
        }
        finally
        {
            _connections.TryRemove(connection, out _);
            HubMeter.Connections.Add(-1);
        }
    }

    /// <summary>Takes a place for one more connection from there, until disposed; refuses where none is left.</summary>
    internal IDisposable Admit(Caller caller)
    {
        if (_stopping)
        {
            throw new TidemarkException(ErrorCode.Stopping);
        }
        var place = new Place(this, caller.Address);
        if (place.Total > _limits.Connections || place.OfNetwork > _limits.ConnectionsPerNetwork)
        {
            place.Dispose();
            throw new TidemarkException(ErrorCode.TooManyConnections);
        }
        return place;
    }

    /// <summary>Counted before it is judged, so that many handshakes at once cannot slip through together.</summary>
    sealed class Place : IDisposable
    {
        readonly Hub _hub;
        readonly string _network;

        public Place(Hub hub, string network)
        {
            (_hub, _network) = (hub, network);
            Total = Interlocked.Increment(ref hub._places);
            OfNetwork = hub._perNetwork.AddOrUpdate(network, 1, static (_, count) => count + 1);
        }

        public int Total { get; }
        public int OfNetwork { get; }

        public void Dispose()
        {
            Interlocked.Decrement(ref _hub._places);
            if (_hub._perNetwork.AddOrUpdate(_network, 0, static (_, count) => count - 1) == 0)
            {
                _hub._perNetwork.TryRemove(KeyValuePair.Create(_network, 0));
            }
        }
    }

    /// <summary>The channel of that name, if the caller may hear it.</summary>
    internal LiveChannel Open(string channel, Caller caller)
    {
        var (name, key) = Split(channel);
        if (Define(name) is not { } definition || channel.Length > 200)
        {
            throw new TidemarkException(ErrorCode.NotFound, $"There is no channel {(channel.Length > 200 ? "of such a name" : channel)}.");
        }
        definition.Access.Hold(caller);
        if (caller.Credential == Credential.ApiKey)
        {
            RequiredScope.Hold(definition.Scope, definition.Access, caller);
        }
        if (!definition.Admits(caller, key))
        {
            throw new TidemarkException(ErrorCode.NotFound, $"There is no channel {channel}.");
        }
        return _channels.GetOrAdd(channel, Create, definition);
    }

    /// <summary>Why the caller may not hear the channel; null when he may.</summary>
    internal TidemarkException? Refuses(string channel, Caller caller)
    {
        try
        {
            Open(channel, caller);
            return null;
        }
        catch (TidemarkException refused)
        {
            return refused;
        }
    }

    /// <summary>Everybody with an identity who is connected to this node.</summary>
    public IReadOnlyList<Caller> SignedIn => [.. _connections.Keys.Select(connection => connection.Caller).Where(caller => caller.Id is not null).Distinct()];

    /// <summary>Tells every connection of a caller what he is now; null ends them, because his credential counts no longer.</summary>
    public void Reidentify(Caller was, Caller? now)
    {
        foreach (var connection in _connections.Keys.Where(connection => connection.Caller == was))
        {
            if (now is null)
            {
                connection.Close(CloseCodes.SignedOut, "Your session or key is no longer valid; sign in again.");
            }
            else
            {
                connection.Become(now);
            }
        }
    }

    internal LiveChannel? FindOpen(string channel) => _channels.GetValueOrDefault(channel);

    /// <summary>Closes every connection with the code that means: connect again and resume.</summary>
    public void CloseAll()
    {
        _stopping = true;
        foreach (var connection in _connections.Keys)
        {
            connection.Close(CloseCodes.Restart, "This node is going down; connect again and resume.");
        }
    }

    LiveChannel Create(string channel, ChannelDefinition definition) => new(channel, definition, Epoch, Interlocked.Read(ref _forgotten), _clock);

    ChannelDefinition? Define(string name) => _parts.Channels.Find(definition => definition.Name == name);

    static (string Name, string? Key) Split(string channel) =>
        channel.IndexOf(':', StringComparison.Ordinal) is > 0 and var colon ? (channel[..colon], channel[(colon + 1)..]) : (channel, null);

    public async ValueTask DisposeAsync()
    {
        await _sweeping.DisposeAsync();
        await _subscription.DisposeAsync();
    }
}
