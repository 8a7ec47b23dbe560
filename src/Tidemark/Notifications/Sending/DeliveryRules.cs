using System.Security.Cryptography;
using Tidemark.Notifications.Channels;

namespace Tidemark.Notifications.Sending;

/// <summary>How often and how long delivery is tried, and when a channel is let rest.</summary>
public sealed record DeliveryRules
{
    public int MostAttempts { get; init; } = 12;
    public TimeSpan FirstPause { get; init; } = TimeSpan.FromSeconds(2);
    public TimeSpan LongestPause { get; init; } = TimeSpan.FromMinutes(15);

    /// <summary>Given up after, however few attempts there were.</summary>
    public TimeSpan LongestTry { get; init; } = TimeSpan.FromHours(24);

    /// <summary>A channel that has kept a message waiting so long is stood in for, where the person named another.</summary>
    public TimeSpan StandInAfter { get; init; } = TimeSpan.FromMinutes(2);

    /// <summary>A person's channel is paused after so many failures in a row that span at least the time below.</summary>
    public int FailuresToPause { get; init; } = 8;
    public TimeSpan FailingToPause { get; init; } = TimeSpan.FromMinutes(5);
    public IReadOnlyList<TimeSpan> Pauses { get; init; } = [TimeSpan.FromMinutes(15), TimeSpan.FromHours(1), TimeSpan.FromHours(6), TimeSpan.FromHours(24)];

    /// <summary>Deliveries of one channel that are under way at once, each to another place. One server that takes 25 a second needs fewer.</summary>
    public int AtOnce { get; init; } = 8;
    public int AtOnceOf(ChannelKind channel) => channel is ChannelKind.Telegram or ChannelKind.Sms ? Math.Min(4, AtOnce) : AtOnce;

    /// <summary>A service that does not answer whether it has a message is not sent it before so many attempts.</summary>
    public int MostQuestions { get; init; } = 4;

    /// <summary>How long a sender may be silent before another takes over its channel; more than twice what one attempt may take.</summary>
    public TimeSpan Lease { get; init; } = TimeSpan.FromSeconds(12);

    /// <summary>How long an idle sender waits for the bell before it looks by itself.</summary>
    public TimeSpan Look { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>From 0 to 1; tests give a fixed one.</summary>
    public Func<double> Chance { get; init; } = static () => RandomNumberGenerator.GetInt32(1 << 24) / (double)(1 << 24);

    /// <summary>The pause after an attempt that failed: twice the one before, and half to all of that, so that those who failed together do not come back together.</summary>
    public TimeSpan PauseAfter(int attempt)
    {
        var whole = Math.Min(LongestPause.TotalSeconds, FirstPause.TotalSeconds * Math.Pow(2, Math.Min(30, attempt - 1)));
        return TimeSpan.FromSeconds(whole * (0.5 + (Chance() / 2)));
    }

    public TimeSpan PauseOf(int pauses) => Pauses[Math.Clamp(pauses, 0, Pauses.Count - 1)];
}
