using System.Collections.Concurrent;
using System.Data.Common;
using Npgsql;
using Tidemark.Notifications.Channels;

namespace Tidemark.Notifications.Sending;

/// <summary>
/// Takes one delivery to its service and writes down what came of it. What has begun is finished; a note that the database does not take
/// is tried until it does.
/// </summary>
sealed class DeliveryAttempts(INotificationChannel channel, AcceptanceBook acceptances, IServiceScopeFactory scopes, DeliveryRules rules, TimeProvider clock, ILogger<DeliveryAttempts> log)
{
    const int NotesAfterStop = 10;
    static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(100), LongestPause = TimeSpan.FromSeconds(2);
    readonly ConcurrentDictionary<long, bool> _underWay = new();
    readonly KeyValuePair<string, object?> _tag = new("channel", channel.Kind.Word());

    /// <summary>Deliveries that are being seen to.</summary>
    public IReadOnlyCollection<long> UnderWay => [.. _underWay.Keys];

    /// <summary>Until when its place wants to be left alone, if it does.</summary>
    public async Task<DateTimeOffset?> Make(Packed packed, long fence, DeliveryQueue queue, Func<bool> stillHolds, CancellationToken stop)
    {
        _underWay[packed.Delivery.Id] = true;
        var restsUntil = await See(packed, fence, queue, stillHolds, stop);
        // Only what was written is let go: what may have been sent must not be taken for something that was not.
        _underWay.TryRemove(packed.Delivery.Id, out _);
        return restsUntil;
    }

    async Task<DateTimeOffset?> See(Packed packed, long fence, DeliveryQueue queue, Func<bool> stillHolds, CancellationToken stop)
    {
        if (packed.Verdict is { } verdict)
        {
            await Insist(() => queue.Mark(packed.Delivery, fence, verdict, CancellationToken.None), stop);
            return null;
        }
        var (startedAt, began) = (clock.GetUtcNow(), clock.GetTimestamp());
        var result = packed.Hindrance ?? await Try(packed.Parcel!, queue, stillHolds);
        if (result is null)
        {
            // Nothing was sent, and another sender may have it by now.
            return null;
        }
        var took = clock.GetElapsedTime(began);
        NotificationMeter.Attempts.Add(1, _tag, new("outcome", result.Outcome.ToString().ToLowerInvariant()));
        return await Write(packed, result, fence, startedAt, took, queue, stop);
    }

    async Task<DateTimeOffset?> Write(Packed packed, SendResult result, long fence, DateTimeOffset startedAt, TimeSpan took, DeliveryQueue queue, CancellationToken stop)
    {
        switch (result.Outcome)
        {
            case SendOutcome.Handed:
                // The channel wrote it together with the mail.
                return null;
            case SendOutcome.Accepted:
                var acceptance = new Acceptance(packed.Delivery.Id, fence, packed.Delivery.Attempt, startedAt, took, clock.GetUtcNow(), result.Receipt, result.Why);
                if (!await Insist(() => acceptances.Write(acceptance), stop))
                {
                    log.LogWarning("Delivery {Delivery} was taken over by another sender while this one had it in hand", packed.Delivery.Id);
                    return null;
                }
                await InScope(aftermath => aftermath.Accepted(channel.Kind, packed, acceptance.At, CancellationToken.None));
                return result.Wait > TimeSpan.Zero ? clock.GetUtcNow() + result.Wait : null;
            default:
                var mark = await Insist(() => InScope(aftermath => aftermath.Settle(channel.Kind, packed, result, startedAt, took, queue, fence, CancellationToken.None)), stop);
                // What the person himself paused is no wish of the place: he may resume it at any moment.
                return result.Outcome == SendOutcome.Later && packed.Hindrance is null ? mark?.NextAt : null;
        }
    }

    /// <summary>Whatever a channel throws is an attempt that failed: one message must not stop the others. Null where it may not be sent any more.</summary>
    async Task<SendResult?> Try(Parcel parcel, DeliveryQueue queue, Func<bool> stillHolds)
    {
        try
        {
            if (parcel.Attempt > 1 && channel is IRemembersMessages memory && await Recall(memory, parcel, queue) is { } known)
            {
                return known;
            }
            return stillHolds() ? await channel.Send(parcel, CancellationToken.None) : null;
        }
        catch (Exception fault)
        {
            log.LogError(fault, "{Channel} could not send delivery {Delivery}", channel.Kind.Word(), parcel.DeliveryId);
            return SendResult.Failed("The program failed to send it; the operator finds the cause in the log.");
        }
    }

    /// <summary>What an earlier attempt came to after all; null where it is to be sent.</summary>
    async Task<SendResult?> Recall(IRemembersMessages memory, Parcel parcel, DeliveryQueue queue)
    {
        var recollection = await memory.Recall(parcel, CancellationToken.None);
        if (recollection.Hindrance is { } hindrance)
        {
            // A service that cannot be asked would not take it either; one that never answers questions is sent to in the end.
            return parcel.Attempt <= rules.MostQuestions ? hindrance : null;
        }
        return await queue.FirstUnknown(parcel.DeliveryId, [.. recollection.Receipts.Select(AcceptanceBook.Receipt).OfType<string>()], CancellationToken.None) is { } receipt
            ? new SendResult(SendOutcome.Accepted, "The service had it from an earlier attempt.", Receipt: receipt)
            : null;
    }

    async Task<T> Insist<T>(Func<Task<T>> note, CancellationToken stop)
    {
        var pause = FirstPause;
        for (var afterStop = 0; ; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                return await note();
            }
            catch (Exception fault) when (IsPassing(fault) && (!stop.IsCancellationRequested || ++afterStop < NotesAfterStop))
            {
                log.LogWarning("What became of a delivery by {Channel} is written as soon as the database takes it: {Reason}", channel.Kind.Word(), fault.Message);
                await Task.Delay(pause, clock, CancellationToken.None);
            }
        }
    }

    static bool IsPassing(Exception fault) => fault switch
    {
        DbException { IsTransient: true } or PostgresException { SqlState: PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown } => true,
        NpgsqlException and not PostgresException => true,
        IOException or TimeoutException => true,
        // Entity Framework wraps what its retries did not mend.
        InvalidOperationException { InnerException: { } inner } => IsPassing(inner),
        _ => false,
    };

    async Task<T> InScope<T>(Func<Aftermath, Task<T>> work)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<Aftermath>());
    }

    async Task InScope(Func<Aftermath, Task> work)
    {
        await using var scope = scopes.CreateAsyncScope();
        await work(scope.ServiceProvider.GetRequiredService<Aftermath>());
    }
}
