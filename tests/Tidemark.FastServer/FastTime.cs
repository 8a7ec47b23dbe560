namespace Tidemark.Running;

/// <summary>A clock on which everything, timers included, passes several times faster than outside.</summary>
public sealed class FastTime(DateTimeOffset start, double speed) : TimeProvider
{
    readonly long _began = System.GetTimestamp();

    public override DateTimeOffset GetUtcNow() => start + (System.GetElapsedTime(_began) * speed);
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;
    public override long GetTimestamp() => (long)(System.GetElapsedTime(_began).Ticks * speed);
    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new Timer(System.CreateTimer(callback, state, Outside(dueTime), Outside(period)), this);

    TimeSpan Outside(TimeSpan time) => time <= TimeSpan.Zero ? time : TimeSpan.FromTicks(Math.Max(1, (long)(time.Ticks / speed)));

    sealed class Timer(ITimer outside, FastTime time) : ITimer
    {
        public bool Change(TimeSpan dueTime, TimeSpan period) => outside.Change(time.Outside(dueTime), time.Outside(period));
        public void Dispose() => outside.Dispose();
        public ValueTask DisposeAsync() => outside.DisposeAsync();
    }
}
