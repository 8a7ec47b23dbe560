using System.Text.Json;
using Tidemark.Platform.Api;
using Tidemark.Platform.Messaging;
using Tidemark.Platform.Realtime;

namespace Tidemark.Accounts.Sessions;

/// <summary>Told when somebody's sessions, keys, role or plan changed, so that open connections are looked at again at once.</summary>
public sealed record StandingChanged(long UserId);

/// <summary>Tells the program, and the person's own open pages, that something about an account changed.</summary>
public sealed class StandingNews(IEventBus bus, TimeProvider clock)
{
    public const string Channel = "account";
    static readonly JsonElement Word = JsonSerializer.SerializeToElement(new { changed = "standing" }, ApiJson.Options);

    public async Task Tell(long user, CancellationToken stop)
    {
        await bus.Publish(new StandingChanged(user), stop);
        await bus.Publish(new ChannelMessage($"{Channel}:{user}", Word, clock.GetUtcNow()), stop);
    }
}
