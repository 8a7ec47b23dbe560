namespace Tidemark.Platform.Realtime;

/// <summary>What one connection may use.</summary>
public sealed record HubLimits
{
    /// <summary>As many new frames may wait; with more, a client that is behind by more than SlowAfter is too slow.</summary>
    public int QueueLength { get; init; } = 2_048;
    public TimeSpan SlowAfter { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>More never wait, however quick they came.</summary>
    public int QueueMost { get; init; } = 16_384;

    /// <summary>A channel that nobody hears is forgotten this long after its newest frame.</summary>
    public TimeSpan ForgetAfter { get; init; } = TimeSpan.FromMinutes(10);
    public int LargestFrame { get; init; } = 8 * 1024;
    public int ChannelsPerConnection { get; init; } = 200;
    public int FramesPerSecond { get; init; } = 20;
    public int Burst { get; init; } = 250;
    public int Connections { get; init; } = 10_000;
    public int ConnectionsPerNetwork { get; init; } = 1_000;
    public TimeSpan Idle { get; init; } = TimeSpan.FromSeconds(60);

    /// <summary>Who does not take one whole frame in so long reads too slowly or no more; it is noticed within half as long again.</summary>
    public TimeSpan FrameMost { get; init; } = TimeSpan.FromSeconds(12);

    /// <summary>How long a client may take to hear that it is closed.</summary>
    public TimeSpan CloseWait { get; init; } = TimeSpan.FromSeconds(5);
}
