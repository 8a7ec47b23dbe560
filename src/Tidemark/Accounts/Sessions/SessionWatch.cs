using Npgsql;
using Tidemark.Platform.Messaging;
using Tidemark.Platform.Realtime;

namespace Tidemark.Accounts.Sessions;

/// <summary>
/// Looks again at everybody who holds a connection open: every two seconds, and at once on the node where something changed.
/// Who may no longer is cut off; whose rights shrank loses the channels that went with them.
/// </summary>
public sealed class SessionWatch(Hub hub, Credentials credentials, IEventBus bus, TimeProvider clock, ILogger<SessionWatch> log) : BackgroundService
{
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(2);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await using var changes = bus.Subscribe<StandingChanged>((changed, stop) => new ValueTask(Look(changed.UserId, stop)));
        using var timer = new PeriodicTimer(Interval, clock);
        try
        {
            while (await timer.WaitForNextTickAsync(stoppingToken))
            {
                await Look(null, stoppingToken);
            }
        }
        catch (OperationCanceledException)
        {
            // The program stops, and the hub closes its connections itself.
        }
    }

    async Task Look(long? user, CancellationToken stop)
    {
        foreach (var caller in hub.SignedIn.Where(caller => user is null || caller.Id == user))
        {
            try
            {
                hub.Reidentify(caller, await credentials.LookAgain(caller, stop));
            }
            catch (NpgsqlException unreachable)
            {
                log.LogWarning("Open connections cannot be looked at again while the database does not answer: {Reason}", unreachable.Message);
                return;
            }
        }
    }
}
