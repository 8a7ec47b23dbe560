using Tidemark.Platform.Messaging;
using Tidemark.Platform.Realtime;

namespace Tidemark.Accounts.Sessions;

/// <summary>Told when somebody's sessions, keys, role or plan changed, so that open connections are looked at again at once.</summary>
public sealed record StandingChanged(long UserId);

/// <summary>Tells the program, and the person's own open pages, that something about an account changed.</summary>
public sealed class StandingNews(IEventBus bus, Hub hub)
{
    public const string Channel = "account";

    public async Task Tell(long user, CancellationToken stop)
    {
        await bus.Publish(new StandingChanged(user), stop);
        await hub.Publish($"{Channel}:{user}", new { changed = "standing" }, stop);
    }
}
