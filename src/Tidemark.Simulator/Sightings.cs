using System.Collections.Concurrent;

namespace Tidemark.Simulator;

/// <summary>What the simulator saw its clients do, for tests to judge them by.</summary>
public sealed class Sightings
{
    readonly ConcurrentDictionary<string, long> requests = new(StringComparer.Ordinal);
    readonly ConcurrentDictionary<int, long> answers = new();
    long insideBans;
    long afterRefusals;
    long controlMessages;
    long messagesSent;
    long connections;
    long open;
    int highestWeight;

    /// <summary>Requests by path.</summary>
    public IReadOnlyDictionary<string, long> Requests => new SortedDictionary<string, long>(requests, StringComparer.Ordinal);

    /// <summary>Answers by status; 0 for connections that were cut.</summary>
    public IReadOnlyDictionary<int, long> Answers => new SortedDictionary<int, long>(answers);

    /// <summary>Requests made while the address was banned.</summary>
    public long RequestsInsideBans => Interlocked.Read(ref insideBans);

    /// <summary>Requests refused with 429 for their weight.</summary>
    public long RequestsOverLimit => Interlocked.Read(ref afterRefusals);

    /// <summary>The most weight that one address used in one minute.</summary>
    public int HighestWeight => Volatile.Read(ref highestWeight);

    public long ConnectionsOpened => Interlocked.Read(ref connections);

    public long ConnectionsNow => Interlocked.Read(ref open);

    public long ControlMessages => Interlocked.Read(ref controlMessages);

    public long MessagesSent => Interlocked.Read(ref messagesSent);

    internal void Request(string path) => requests.AddOrUpdate(path, 1, static (_, count) => count + 1);

    internal void Answer(int status) => answers.AddOrUpdate(status, 1, static (_, count) => count + 1);

    internal void InsideBan() => Interlocked.Increment(ref insideBans);

    internal void OverLimit() => Interlocked.Increment(ref afterRefusals);

    internal void ControlMessage() => Interlocked.Increment(ref controlMessages);

    internal void Sent() => Interlocked.Increment(ref messagesSent);

    internal void Opened()
    {
        Interlocked.Increment(ref connections);
        Interlocked.Increment(ref open);
    }

    internal void Closed() => Interlocked.Decrement(ref open);

    internal void Weight(int used)
    {
        var highest = Volatile.Read(ref highestWeight);
        while (used > highest && Interlocked.CompareExchange(ref highestWeight, used, highest) is var seen && seen != highest)
        {
            highest = seen;
        }
    }
}
