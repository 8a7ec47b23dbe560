namespace Tidemark.Alerts.Engine;

/// <summary>By which times the engine works.</summary>
public sealed record EngineRules
{
    /// <summary>How long one node holds the right to judge without renewing it; it renews after a third.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(9);

    /// <summary>How long it sleeps between looks at what is not told by itself.</summary>
    public TimeSpan Beat { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>A tick that is older than this when it comes triggers nothing; its closed minute does, and says that it is late.</summary>
    public TimeSpan Stale { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>What is found this long after it became true is marked late.</summary>
    public TimeSpan Late { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How long a candle that is missing before newer ones is waited for, counted anew by each process that begins to judge: at most this long, and
    /// less where the market's own repair finds that the exchange does not have it either, which it believes after an hour.
    /// </summary>
    public TimeSpan PatienceWithRepair { get; init; } = TimeSpan.FromHours(3);

    /// <summary>After a pause, patterns and signals are heard from this long before the last that was written.</summary>
    public TimeSpan NewsLag { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Patterns and signals that became known longer ago are not told any more.</summary>
    public TimeSpan OldestNews { get; init; } = TimeSpan.FromDays(7);

    /// <summary>Patterns or signals that are read at once.</summary>
    public int NewsAtOnce { get; init; } = 1_000;

    /// <summary>Ticks of a symbol that wait to be judged; more become one with the last.</summary>
    public int TicksWaiting { get; init; } = 64;

    /// <summary>A tick this far from the one before, as a fraction, has to be confirmed by the next.</summary>
    public double Credible { get; init; } = 0.2;

    /// <summary>Triggers in one transaction.</summary>
    public int AtOnce { get; init; } = 400;

    /// <summary>Triggers that wait to be written; who finds more waits for room.</summary>
    public int Waiting { get; init; } = 5_000;
}
