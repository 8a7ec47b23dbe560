using System.Security.Cryptography;
using System.Text;
using Microsoft.EntityFrameworkCore;
using Tidemark.Notifications.Channels;
using Tidemark.Platform.Database;

namespace Tidemark.Notifications.Push;

/// <summary>Keeps people's browsers. The same browser that subscribes again takes the place it had; used by another person now, it is his alone.</summary>
sealed class PushBook(TidemarkDb db, AddressSeal seal, TimeProvider clock)
{
    public const int MostBrowsers = 10;

    public async Task<PushSubscription> Keep(long user, ChannelAddress address, string browser, CancellationToken stop)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes(address.Url!));
        await db.Set<PushSubscription>().Where(one => one.EndpointHash == hash && one.UserId != user).ExecuteDeleteAsync(stop);
        var known = await db.Set<PushSubscription>().SingleOrDefaultAsync(one => one.UserId == user && one.EndpointHash == hash, stop);
        var text = seal.Close(user, ChannelKind.WebPush, address);
        if (known is null)
        {
            db.Add(known = new PushSubscription { UserId = user, EndpointHash = hash, Sealed = text, Browser = browser, CreatedAt = clock.GetUtcNow() });
        }
        (known.Sealed, known.Browser) = (text, browser);
        await db.SaveChangesAsync(stop);
        // The oldest make room: a browser that is still used subscribes again by itself.
        var tooMany = await db.Set<PushSubscription>().Where(one => one.UserId == user).OrderByDescending(one => one.Id).Skip(MostBrowsers).Select(one => one.Id).ToListAsync(stop);
        await db.Set<PushSubscription>().Where(one => tooMany.Contains(one.Id)).ExecuteDeleteAsync(stop);
        return known;
    }

    /// <summary>The sealed addresses of some subscriptions, where they are still there.</summary>
    public Task<Dictionary<long, string>> Find(IReadOnlyCollection<long> subscriptions, CancellationToken stop) =>
        db.Set<PushSubscription>().Where(one => subscriptions.Contains(one.Id)).ToDictionaryAsync(one => one.Id, one => one.Sealed, stop);

    public Task Forget(long subscription, CancellationToken stop) => db.Set<PushSubscription>().Where(one => one.Id == subscription).ExecuteDeleteAsync(stop);
}
