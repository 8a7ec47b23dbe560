namespace Tidemark.Simulator.Faults;

public enum FaultKind
{
    /// <summary>The connection is cut, for requests and for streams.</summary>
    Disconnect,

    /// <summary>A new stream connection is refused.</summary>
    RefuseConnection,

    /// <summary>Messages or rows arrive twice.</summary>
    Duplicate,

    /// <summary>A message or row changes places with the next.</summary>
    Reorder,

    /// <summary>Streams stay open and say nothing; what would have been said is lost.</summary>
    Stall,

    /// <summary>Single messages or rows are lost.</summary>
    Gap,

    /// <summary>Candles hold values that cannot be.</summary>
    BadCandle,

    /// <summary>Requests are answered with 429.</summary>
    TooManyRequests,

    /// <summary>The address is banned, with 418, until the fault is over.</summary>
    Ban,

    /// <summary>Requests are answered with a 5xx status.</summary>
    ServerError,

    /// <summary>Requests are answered late.</summary>
    Slow,

    /// <summary>The exchange's clock is wrong by an amount.</summary>
    ClockSkew,

    /// <summary>A request has its effect, and the connection is cut before its answer.</summary>
    AnswerLost,
}

/// <summary>Something that goes wrong from when it is injected until it is spent, over or cleared.</summary>
public sealed record Fault(FaultKind Kind)
{
    /// <summary>Part of the path or stream name that it befalls; everything where empty.</summary>
    public string On { get; init; } = string.Empty;

    /// <summary>How often it strikes; without limit where null.</summary>
    public int? Times { get; init; }

    /// <summary>How long it lasts, in market time; without limit where null.</summary>
    public TimeSpan? Lasts { get; init; }

    /// <summary>How likely it strikes at each occasion, from 0 to 1.</summary>
    public double Chance { get; init; } = 1;

    /// <summary>How late answers are, in real time.</summary>
    public TimeSpan Delay { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>How far the exchange's clock is ahead.</summary>
    public TimeSpan Skew { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Status of a server error.</summary>
    public int Status { get; init; } = 503;

    /// <summary>What Retry-After says of a refusal, in seconds.</summary>
    public int RetryAfter { get; init; } = 5;
}

/// <summary>A fault and when it begins, counted in market time from the start of its schedule.</summary>
public sealed record ScheduledFault(TimeSpan At, Fault Fault);
