namespace Tidemark.Notifications.Sending;

/// <summary>So many in a window under one name.</summary>
readonly record struct Speed(string Name, int Most, TimeSpan Window);

/// <summary>
/// Keeps to the speed another side allows: so many in a window for each name (a chat, a webhook, the whole bot), and silence until the
/// time it said. Monotonic time; one sender for a channel, so what is counted here is all there is.
/// </summary>
sealed class Pace(TimeProvider clock)
{
    const int MostNames = 50_000, SeveralRefused = 3;
    static readonly TimeSpan LongestWindow = TimeSpan.FromMinutes(1);
    readonly Dictionary<string, Window> _windows = new(StringComparer.Ordinal);
    readonly Lock _gate = new();

    sealed class Window
    {
        public readonly Queue<long> Taken = new();
        public readonly HashSet<string> Refused = new(StringComparer.Ordinal);
        public long ClosedUntil = long.MinValue;
    }

    /// <summary>Takes a place under each name, or none and answers how long until there is one.</summary>
    public TimeSpan Take(params ReadOnlySpan<Speed> speeds)
    {
        lock (_gate)
        {
            var (now, wait) = (clock.GetTimestamp(), TimeSpan.Zero);
            foreach (var speed in speeds)
            {
                var left = Left(Of(speed.Name), speed, now);
                wait = left > wait ? left : wait;
            }
            if (wait == TimeSpan.Zero)
            {
                foreach (var speed in speeds)
                {
                    Of(speed.Name).Taken.Enqueue(now);
                }
            }
            return wait;
        }
    }

    /// <summary>How long any of the names is closed for; nothing is taken.</summary>
    public TimeSpan ClosedFor(params ReadOnlySpan<string> names)
    {
        lock (_gate)
        {
            var (now, longest) = (clock.GetTimestamp(), TimeSpan.Zero);
            foreach (var name in names)
            {
                var left = _windows.TryGetValue(name, out var window) ? Closed(window, now) : TimeSpan.Zero;
                longest = left > longest ? left : longest;
            }
            return longest;
        }
    }

    /// <summary>Nothing more under the name until the time is over.</summary>
    public void Close(string name, TimeSpan time)
    {
        lock (_gate)
        {
            var window = Of(name);
            window.ClosedUntil = Math.Max(window.ClosedUntil, clock.GetTimestamp() + (long)(time.TotalSeconds * clock.TimestampFrequency));
        }
    }

    /// <summary>The other side asked for patience under one name. Only where several in a row were asked, it means all of them.</summary>
    public void Refuse(string name, string all, TimeSpan time)
    {
        Close(name, time);
        lock (_gate)
        {
            if (!(Of(all).Refused.Add(name) && Of(all).Refused.Count >= SeveralRefused))
            {
                return;
            }
        }
        Close(all, time);
    }

    /// <summary>The other side took something: whom it refused before, it refused by name.</summary>
    public void Served(string all)
    {
        lock (_gate)
        {
            if (_windows.TryGetValue(all, out var window))
            {
                window.Refused.Clear();
            }
        }
    }

    TimeSpan Left(Window window, Speed speed, long now)
    {
        if (Closed(window, now) is { Ticks: > 0 } closed)
        {
            return closed;
        }
        while (window.Taken.TryPeek(out var oldest) && clock.GetElapsedTime(oldest, now) >= speed.Window)
        {
            window.Taken.Dequeue();
        }
        return window.Taken.Count < speed.Most ? TimeSpan.Zero : speed.Window - clock.GetElapsedTime(window.Taken.Peek(), now);
    }

    TimeSpan Closed(Window window, long now) => window.ClosedUntil > now ? clock.GetElapsedTime(now, window.ClosedUntil) : TimeSpan.Zero;

    Window Of(string name)
    {
        if (_windows.TryGetValue(name, out var known))
        {
            return known;
        }
        if (_windows.Count >= MostNames)
        {
            Forget();
        }
        return _windows[name] = new Window();
    }

    void Forget()
    {
        var now = clock.GetTimestamp();
        foreach (var (name, window) in _windows)
        {
            if (window.ClosedUntil <= now && window.Refused.Count == 0 && (window.Taken.Count == 0 || clock.GetElapsedTime(window.Taken.Last(), now) > LongestWindow))
            {
                _windows.Remove(name);
            }
        }
    }
}
