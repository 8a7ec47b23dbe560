using Tidemark.Access;
using Tidemark.Notifications.Channels;
using Tidemark.Quant.Patterns;

namespace Tidemark.Notifications.Outbox;

/// <summary>
/// Something a person is to be told. The cause names what happened (`alert:101:7`): told again with the same cause, the person hears it
/// once. Values are data: whatever stands in them, it is shown as it is written.
/// </summary>
public sealed record NewNotification(long UserId, NotificationKind Kind, string Cause, string Template, IReadOnlyDictionary<string, string> Values)
{
    public string? Symbol { get; init; }

    /// <summary>Which way the market is expected to go; what points nowhere has none.</summary>
    public Direction? Direction { get; init => field = value == Quant.Patterns.Direction.Neutral ? null : value; }

    /// <summary>How many timeframes agree; null where that is no question.</summary>
    public int? Confluence { get; init; }

    /// <summary>Where in the app it leads, as a path.</summary>
    public string? Link { get; init; }

    /// <summary>When the cause was true, by the market's time.</summary>
    public DateTimeOffset? OccurredAt { get; init; }

    /// <summary>Only these channels, chosen for this one thing; then neither the switch nor the filters of a channel are asked. Null: as the person has set.</summary>
    public IReadOnlyCollection<ChannelKind>? Channels { get; init; }

    /// <summary>What the person's plan must still include when it is sent.</summary>
    public Entitlement? Needs { get; init; }

    /// <summary>Goes through quiet hours.</summary>
    public bool Urgent { get; init; }

    /// <summary>Whether it stands in the person's list in the app.</summary>
    public bool Listed { get; init; } = true;
}

/// <summary>What became of it: where it is, from when it is sent, and why it is withheld if it is.</summary>
public sealed record PostedNotification(long UserId, string Cause, long Id, string MessageId, DateTimeOffset NotBefore, string? Withheld, bool IsNew);
