using Tidemark.Simulator.Faults;

namespace Tidemark.Simulator.Streams;

/// <summary>
/// Turns passing market time into messages: ten times a real second every stream that someone listens to says what became due, once for all listeners.
/// </summary>
sealed class Broadcast(MarketClock clock, FeedNames names, FaultBoard faults, Sightings sightings, TimeProvider wall)
{
    public static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(100);

    readonly Dictionary<(string Name, long Unit), Station> stations = [];
    readonly HashSet<StreamConnection> connections = [];
    readonly Lock gate = new();
    long told = clock.Now;

    public void Join(StreamConnection connection)
    {
        lock (gate)
        {
            connections.Add(connection);
        }

        sightings.Opened();
    }

    public void Leave(StreamConnection connection)
    {
        lock (gate)
        {
            connections.Remove(connection);
            foreach (var (key, station) in stations.Where(one => one.Value.Listeners.Remove(connection) && one.Value.Listeners.Count == 0).ToList())
            {
                stations.Remove(key);
            }
        }

        sightings.Closed();
    }

    public void Listen(StreamConnection connection, string name, long unit)
    {
        lock (gate)
        {
            if (!stations.TryGetValue((name, unit), out var station))
            {
                stations[(name, unit)] = station = new Station(name, names.Find(name, new Wording(unit)));
            }

            station.Listeners.Add(connection);
        }
    }

    public void Ignore(StreamConnection connection, string name, long unit)
    {
        lock (gate)
        {
            if (stations.TryGetValue((name, unit), out var station) && station.Listeners.Remove(connection) && station.Listeners.Count == 0)
            {
                stations.Remove((name, unit));
            }
        }
    }

    /// <summary>Speaks until told to stop.</summary>
    public async Task Run(CancellationToken stop)
    {
        using var timer = new PeriodicTimer(Beat, wall);
        try
        {
            while (await timer.WaitForNextTickAsync(stop))
            {
                Speak();
            }
        }
        catch (OperationCanceledException)
        {
            // Asked to stop.
        }
    }

    /// <summary>Tells every client that the server goes down, and closes.</summary>
    public void Shutdown()
    {
        foreach (var connection in Connections())
        {
            connection.TellShutdown(clock.Now);
            connection.Close(1001, "Server shutdown");
        }
    }

    void Speak()
    {
        var now = clock.Now;
        var open = Connections();
        if (open.Count > 0 && faults.Strikes(FaultKind.Disconnect, "stream"))
        {
            open.ForEach(connection => connection.Cut());
        }

        open.ForEach(connection => connection.CheckAge(now));

        if (now == told)
        {
            return;
        }

        foreach (var (station, listeners) in Stations())
        {
            foreach (var message in MessagesOf(station, told, now))
            {
                foreach (var listener in listeners)
                {
                    listener.Tell(station.Name, message);
                }
            }
        }

        told = now;
    }

    IEnumerable<byte[]> MessagesOf(Station station, long from, long to)
    {
        var due = station.Feed?.Between(from, to).ToList() ?? [];
        return due.Count > 0 && faults.Strikes(FaultKind.Stall, station.Name) ? [] : FaultyRows.Of(faults, station.Name, due);
    }

    List<StreamConnection> Connections()
    {
        lock (gate)
        {
            return [.. connections];
        }
    }

    List<(Station Station, List<StreamConnection> Listeners)> Stations()
    {
        lock (gate)
        {
            return [.. stations.Values.Where(station => station.Listeners.Count > 0).Select(station => (station, station.Listeners.ToList()))];
        }
    }

    sealed record Station(string Name, IFeed? Feed)
    {
        public HashSet<StreamConnection> Listeners { get; } = [];
    }
}
