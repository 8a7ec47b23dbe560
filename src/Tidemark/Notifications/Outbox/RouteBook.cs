using Microsoft.EntityFrameworkCore;
using Tidemark.Notifications.Channels;
using Tidemark.Notifications.Push;
using Tidemark.Notifications.Sending;
using Tidemark.Platform.Database;

namespace Tidemark.Notifications.Outbox;

/// <summary>Reads what people have set about their channels.</summary>
sealed class RouteBook(TidemarkDb db, OfferedChannels offered)
{
    public async Task<Dictionary<long, PersonalRoutes>> Find(IReadOnlyCollection<long> users, CancellationToken stop)
    {
        var channels = await db.Set<ChannelSettings>().AsNoTracking().Where(settings => users.Contains(settings.UserId)).ToListAsync(stop);
        var preferences = await db.Set<NotificationPreferences>().AsNoTracking().Where(known => users.Contains(known.UserId)).ToDictionaryAsync(known => known.UserId, stop);
        var browsers = (await db.Set<PushSubscription>().AsNoTracking().Where(known => users.Contains(known.UserId)).Select(known => new { known.UserId, known.Id }).ToListAsync(stop)).ToLookup(known => known.UserId, known => known.Id);
        var byUser = channels.ToLookup(settings => settings.UserId);
        return users.Distinct().ToDictionary(user => user, user => new PersonalRoutes(
            byUser[user].ToDictionary(settings => settings.Channel),
            preferences.GetValueOrDefault(user)?.Fallback ?? [],
            [.. browsers[user].Order()],
            offered.Has));
    }
}
