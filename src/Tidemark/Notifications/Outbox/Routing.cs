using Tidemark.Notifications.Channels;

namespace Tidemark.Notifications.Outbox;

/// <summary>One way a notification is sent, or why it is not. The target is a browser where the channel has several.</summary>
sealed record DeliveryRoute(ChannelKind Channel, long Target, DeliveryStatus Status, string? Why = null, string? StandsInFor = null);

/// <summary>What a person has set, as routing asks for it.</summary>
sealed record PersonalRoutes(IReadOnlyDictionary<ChannelKind, ChannelSettings> Channels, IReadOnlyList<string> Fallback, IReadOnlyList<long> Browsers, Func<ChannelKind, bool> IsOffered)
{
    public ChannelSettings Of(long user, ChannelKind channel) => Channels.TryGetValue(channel, out var settings) ? settings : ChannelSettings.Usual(user, channel);

    /// <summary>Whether there is somewhere to send to.</summary>
    public bool IsReady(ChannelSettings settings) => IsOffered(settings.Channel) && settings.Channel switch
    {
        ChannelKind.InApp or ChannelKind.Email or ChannelKind.Ntfy => true,
        ChannelKind.WebPush => Browsers.Count > 0,
        _ => settings is { Sealed: not null, ConfirmedAt: not null },
    };

    public IEnumerable<long> Targets(ChannelKind channel) => channel == ChannelKind.WebPush ? Browsers : [0];
}

/// <summary>Decides which channels a notification takes. Pure: what a person set and what happened in, ways out.</summary>
static class Routing
{
    public static IReadOnlyList<DeliveryRoute> Plan(NewNotification notification, PersonalRoutes person, DateTimeOffset now)
    {
        var routes = new List<DeliveryRoute>();
        foreach (var channel in ChannelWords.All)
        {
            if (channel == ChannelKind.InApp && !notification.Listed)
            {
                continue;
            }
            var settings = person.Of(notification.UserId, channel);
            var isChosen = notification.Channels?.Contains(channel) ?? settings.Enabled;
            if (!isChosen && channel != ChannelKind.InApp)
            {
                continue;
            }
            Add(routes, notification, person, settings, now);
        }
        return routes;
    }

    static void Add(List<DeliveryRoute> routes, NewNotification notification, PersonalRoutes person, ChannelSettings settings, DateTimeOffset now)
    {
        if (routes.Exists(route => route.Channel == settings.Channel))
        {
            // It stands in for a paused one already, whatever its own filters say: the person named it for that.
            return;
        }
        if (!person.IsReady(settings))
        {
            routes.Add(new(settings.Channel, 0, DeliveryStatus.Skipped, "The channel is not set up."));
        }
        else if (notification.Channels is null && Filter(notification, settings) is { } why)
        {
            routes.Add(new(settings.Channel, 0, DeliveryStatus.Skipped, why));
        }
        else if (settings.IsPaused(now) && Substitute(notification.UserId, person, routes, settings.Channel, now) is { } other)
        {
            routes.Add(new(settings.Channel, 0, DeliveryStatus.Replaced, $"The channel is paused; {other.Name()} stands in."));
            routes.RemoveAll(route => route.Channel == other);
            routes.AddRange(person.Targets(other).Select(target => new DeliveryRoute(other, target, DeliveryStatus.Waiting, StandsInFor: settings.Channel.Word())));
        }
        else
        {
            routes.AddRange(person.Targets(settings.Channel).Select(target => new DeliveryRoute(settings.Channel, target, DeliveryStatus.Waiting)));
        }
    }

    /// <summary>The first channel of the person's list that is ready, not failing itself, and not on the way already; one that was skipped is not.</summary>
    public static ChannelKind? Substitute(long user, PersonalRoutes person, IReadOnlyCollection<DeliveryRoute> taken, ChannelKind failed, DateTimeOffset now)
    {
        foreach (var word in person.Fallback)
        {
            if (ChannelWords.Find(word) is { } channel && channel != failed && channel != ChannelKind.InApp && !taken.Any(route => route.Channel == channel && route.Status != DeliveryStatus.Skipped)
                && person.Of(user, channel) is var settings && person.IsReady(settings) && !settings.IsPaused(now))
            {
                return channel;
            }
        }
        return null;
    }

    /// <summary>Why the person's filters keep it back; null when they let it through.</summary>
    static string? Filter(NewNotification notification, ChannelSettings settings)
    {
        if (notification.Kind is NotificationKind.System or NotificationKind.Account or NotificationKind.Test)
        {
            return null;
        }
        if (settings.Kinds is { } kinds && !kinds.Contains(notification.Kind.ToString().ToUpperInvariant(), StringComparer.Ordinal))
        {
            return "You did not choose this kind for the channel.";
        }
        if (settings.Symbols is { } symbols && notification.Symbol is { } symbol && !symbols.Contains(symbol, StringComparer.OrdinalIgnoreCase))
        {
            return "You did not choose this symbol for the channel.";
        }
        if (settings.Direction != DirectionFilter.Both && notification.Direction is { } direction && direction.ToString() != settings.Direction.ToString())
        {
            return $"You want {settings.Direction.ToString().ToLowerInvariant()} ones only.";
        }
        return notification.Confluence < settings.LeastConfluence ? $"{notification.Confluence} timeframes agree; you want {settings.LeastConfluence}." : null;
    }
}
