using System.Collections.Concurrent;

namespace Tidemark.Bench.Sockets;

/// <summary>What a crowd of clients heard.</summary>
sealed class Tally
{
    readonly ConcurrentDictionary<(Client, string Channel, string Reason), bool> _gaps = new();
    readonly ConcurrentDictionary<Client, int> _joined = new();
    int _foreign, _outOfOrder, _ended;

    /// <summary>Times from the message's saying to its frame's receipt, as long as they are wanted.</summary>
    public ConcurrentQueue<double>? ForAll { get; set; }
    public ConcurrentQueue<double>? Own { get; set; }

    public int Foreign => _foreign;
    public int OutOfOrder => _outOfOrder;

    /// <summary>Lines that ended, whoever ended them.</summary>
    public int Ended => _ended;


    /// <summary>Channels of clients that were told of a gap for a reason.</summary>
    public int Gaps(string reason) => _gaps.Keys.Count(gap => gap.Reason == reason);

    /// <summary>Clients that are subscribed to both of their channels, since they were last forgotten.</summary>
    public int Subscribed => _joined.Count(one => one.Value >= 2);

    public void Ends() => Interlocked.Increment(ref _ended);

    public void Forget() => _joined.Clear();

    public void Joined(Client client) => _joined.AddOrUpdate(client, 1, static (_, count) => count + 1);

    public void Gap(Client client, string channel, string reason) => _gaps[(client, channel, reason)] = true;

    public void Heard(bool isForeign, bool isNext, bool isForAll, TimeSpan took)
    {
        if (isForeign)
        {
            Interlocked.Increment(ref _foreign);
        }
        if (!isNext)
        {
            Interlocked.Increment(ref _outOfOrder);
        }
        (isForAll ? ForAll : Own)?.Enqueue(took.TotalMilliseconds);
    }

    public static double Percentile(IEnumerable<double> times, double of)
    {
        var sorted = times.Order().ToArray();
        return sorted.Length == 0 ? throw new InvalidOperationException("Nothing was heard.") : sorted[Math.Min(sorted.Length - 1, (int)(sorted.Length * of))];
    }
}
