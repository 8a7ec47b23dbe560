using System.Collections.Concurrent;

namespace Tidemark.Simulator.Messages;

/// <summary>So many in a window for each name, on real time.</summary>
sealed class SlidingLimit(int most, TimeSpan window, TimeProvider wall)
{
    readonly ConcurrentDictionary<string, Queue<long>> taken = new(StringComparer.Ordinal);

    /// <summary>Whether there was a place, how many are left, and how long until all are free.</summary>
    public (bool Taken, int Left, TimeSpan Reset) Take(string name)
    {
        var queue = taken.GetOrAdd(name, static _ => new Queue<long>());
        lock (queue)
        {
            var now = wall.GetTimestamp();
            while (queue.TryPeek(out var oldest) && wall.GetElapsedTime(oldest, now) >= window)
            {
                queue.Dequeue();
            }

            var fits = queue.Count < most;
            if (fits)
            {
                queue.Enqueue(now);
            }

            return (fits, most - queue.Count, queue.TryPeek(out var first) ? window - wall.GetElapsedTime(first, now) : TimeSpan.Zero);
        }
    }
}
