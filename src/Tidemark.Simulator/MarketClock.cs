namespace Tidemark.Simulator;

/// <summary>The exchange's time: starts where it is told and runs at a multiple of real time. Limits, pings and bans keep to real time.</summary>
public sealed class MarketClock
{
    readonly TimeProvider wall;
    readonly long startedAt;
    readonly long start;

    public MarketClock(TimeProvider wall, DateTimeOffset start, double speed = 1)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(speed);
        this.wall = wall;
        this.start = start.ToUnixTimeMilliseconds();
        startedAt = wall.GetTimestamp();
        Speed = speed;
    }

    /// <summary>Market seconds in a real second; zero stands still.</summary>
    public double Speed { get; }

    /// <summary>UTC milliseconds since 1970.</summary>
    public long Now => start + (long)(wall.GetElapsedTime(startedAt).TotalMilliseconds * Speed);
}
