using Tidemark.Notifications.Channels;

namespace Tidemark.Notifications.Sending;

/// <summary>How an attempt ended.</summary>
public enum SendOutcome
{
    /// <summary>The other side has it.</summary>
    Accepted,

    /// <summary>Taken over by a queue that keeps its own book.</summary>
    Handed,

    /// <summary>Not now: a limit, or nobody there; costs no attempt.</summary>
    Later,

    /// <summary>It did not work; it may the next time.</summary>
    Failed,

    /// <summary>It will not work for this message.</summary>
    Refused,

    /// <summary>It will not work for any message until its owner does something.</summary>
    Gone,
}

/// <summary>The wait is how long the place wants to be left alone, after what it took as well.</summary>
public sealed record SendResult(SendOutcome Outcome, string? Why = null, TimeSpan Wait = default, string? Receipt = null)
{
    /// <summary>What stands in the way is the operator's to mend, and no fault of the person's channel.</summary>
    public bool IsOperators { get; init; }

    /// <summary>Where the place is now, as the other side says.</summary>
    public ChannelAddress? MovedTo { get; init; }

    public static SendResult Accepted(string? receipt = null) => new(SendOutcome.Accepted, Receipt: receipt);
    public static SendResult Handed { get; } = new(SendOutcome.Handed);
    public static SendResult Later(TimeSpan wait, string why) => new(SendOutcome.Later, why, wait);
    public static SendResult Failed(string why) => new(SendOutcome.Failed, why);
    public static SendResult Refused(string why) => new(SendOutcome.Refused, why);
    /// <summary>This server's own credentials do not count. Nobody's channel is paused for it and no attempt is lost; what waits long is stood in for.</summary>
    public static SendResult Operators(string why) => Later(TimeSpan.FromMinutes(1), why) with { IsOperators = true };
    public static SendResult Moved(ChannelAddress to) => Later(TimeSpan.Zero, "The place has moved.") with { MovedTo = to };
    public static SendResult Gone(string why) => new(SendOutcome.Gone, why);
}
