namespace Tidemark.Simulator;

/// <summary>A clock that stands still until a test moves it.</summary>
sealed class ManualTime(DateTimeOffset start) : TimeProvider
{
    readonly Lock gate = new();
    readonly List<Timer> timers = [];
    DateTimeOffset now = start;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override DateTimeOffset GetUtcNow()
    {
        lock (gate)
        {
            return now;
        }
    }

    public override long GetTimestamp() => GetUtcNow().Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new Timer(this, () => callback(state), period);
        timer.Change(dueTime, period);
        return timer;
    }

    public void Advance(TimeSpan by)
    {
        List<Timer> due;
        lock (gate)
        {
            now += by;
            due = [.. timers.Where(timer => timer.IsDue(now))];
        }

        foreach (var timer in due)
        {
            timer.Ring();
        }
    }

    sealed class Timer(ManualTime time, Action ring, TimeSpan period) : ITimer
    {
        DateTimeOffset due = DateTimeOffset.MaxValue;
        TimeSpan every = period;

        public bool IsDue(DateTimeOffset at) => due <= at;

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            lock (time.gate)
            {
                every = period;
                due = dueTime == Timeout.InfiniteTimeSpan ? DateTimeOffset.MaxValue : time.now + dueTime;
                time.timers.Remove(this);
                time.timers.Add(this);
            }

            return true;
        }

        public void Ring()
        {
            lock (time.gate)
            {
                due = every == Timeout.InfiniteTimeSpan || every == TimeSpan.Zero ? DateTimeOffset.MaxValue : time.now + every;
            }

            ring();
        }

        public void Dispose()
        {
            lock (time.gate)
            {
                time.timers.Remove(this);
            }
        }

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
