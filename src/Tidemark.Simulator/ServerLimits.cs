namespace Tidemark.Simulator;

/// <summary>What a client may do; the defaults are the real exchange's. All in real time.</summary>
public sealed record ServerLimits
{
    public int WeightAMinute { get; init; } = 6_000;

    /// <summary>Requests that are still answered with 429 before the address is banned.</summary>
    public int RequestsAfterRefusal { get; init; } = 5;

    /// <summary>Bans of an address that goes on, the last one for every further offence.</summary>
    public IReadOnlyList<TimeSpan> Bans { get; init; } =
        [TimeSpan.FromMinutes(2), TimeSpan.FromMinutes(10), TimeSpan.FromHours(1), TimeSpan.FromHours(12), TimeSpan.FromDays(3)];

    /// <summary>Requests that come so soon after a ban began were sent before their sender could know of it; they are refused but not counted.</summary>
    public TimeSpan OnTheWay { get; init; } = TimeSpan.FromSeconds(1);

    public int StreamsAConnection { get; init; } = 1_024;

    public int MessagesASecond { get; init; } = 5;

    public int ConnectionsInFiveMinutes { get; init; } = 300;

    public TimeSpan PingEvery { get; init; } = TimeSpan.FromSeconds(20);

    public TimeSpan PongWithin { get; init; } = TimeSpan.FromMinutes(1);

    public TimeSpan ConnectionLife { get; init; } = TimeSpan.FromHours(24);

    /// <summary>How long before the end of a connection its client is told.</summary>
    public TimeSpan ShutdownNotice { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Messages waiting for a client that reads slowly; one more ends the connection.</summary>
    public int MessagesWaiting { get; init; } = 10_000;
}
