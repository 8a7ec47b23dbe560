using System.Collections.Concurrent;
using Npgsql;
using Tidemark.Notifications.Channels;
using Tidemark.Notifications.Outbox;
using Tidemark.Platform;
using Tidemark.Platform.Api;
using Tidemark.Platform.Settings;

namespace Tidemark.Notifications.Sending;

/// <summary>
/// The loop of one channel: while this node holds the channel's lease, it takes what is due as places free up, at most one thing for a
/// place at a time, and lets each go its own way: a place that is slow delays nobody else. What has begun is finished, whatever stops.
/// Killed anywhere, whoever is next finds what was in hand and sees to it under the same message id.
/// </summary>
sealed class ChannelSender(
    INotificationChannel channel, NpgsqlDataSource source, IServiceScopeFactory scopes, OutboxBell bell, AcceptanceBook acceptances, DeliveryRules rules, TidemarkSettings settings, IdSource ids,
    IHostApplicationLifetime lifetime, TimeProvider clock, ILoggerFactory logs)
    : BackgroundService
{
    static readonly TimeSpan LeastWait = TimeSpan.FromMilliseconds(20);
    readonly ILogger _log = logs.CreateLogger<ChannelSender>();
    readonly SenderLease _lease = new(channel.Kind, ids.Next(), source, rules.Lease, clock);
    readonly DeliveryQueue _queue = new(channel.Kind, source, clock);
    readonly ConcurrentQueue<Ended> _ended = new();
    readonly Dictionary<Place, Task> _underWay = [];
    readonly Dictionary<Place, DateTimeOffset> _resting = [];
    readonly DeliveryAttempts _attempts = new(channel, acceptances, scopes, rules, clock, logs.CreateLogger<DeliveryAttempts>());
    long? _didChores;

    /// <summary>Something went wrong between taking deliveries and letting them go.</summary>
    bool _mustTakeBack;

    /// <summary>A delivery came to its end; its place may want to be left alone.</summary>
    sealed record Ended(Place Place, DateTimeOffset? RestsUntil);

    public ChannelKind Kind => channel.Kind;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!channel.IsOffered || !settings.Roles.Contains("jobs"))
        {
            return;
        }
        await lifetime.UntilStarted(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Round(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception fault)
            {
                _log.LogError(fault, "Sending by {Channel} failed; it goes on", channel.Kind.Word());
                _mustTakeBack = true;
                await bell.Wait(channel.Kind, rules.Look, CancellationToken.None);
            }
        }
        await Finish();
    }

    /// <summary>Keeps the lease, fills the places that are free, and waits for something to happen.</summary>
    async Task Round(CancellationToken stop)
    {
        if (!await _lease.Hold(stop))
        {
            await bell.Wait(channel.Kind, rules.Look, stop);
            return;
        }
        Settle();
        if (_mustTakeBack)
        {
            _mustTakeBack = false;
            await _queue.PutBack(_lease.Fence, _attempts.UnderWay, stop);
        }
        await DoChores(stop);
        var free = rules.AtOnceOf(channel.Kind) - _underWay.Count;
        if (free > 0 && await Begin(free, stop))
        {
            return;
        }
        await bell.Wait(channel.Kind, free > 0 ? await UntilNext(stop) : rules.Look, stop);
    }

    /// <summary>Frees the places of what came to its end.</summary>
    void Settle()
    {
        while (_ended.TryDequeue(out var ended))
        {
            _underWay.Remove(ended.Place);
            if (ended.RestsUntil is { } until)
            {
                _resting[ended.Place] = until;
            }
        }
        var now = clock.GetUtcNow();
        foreach (var (place, until) in _resting)
        {
            if (until <= now)
            {
                _resting.Remove(place);
            }
        }
    }

    /// <summary>What comes round by time: digests after quiet hours, and word of the mails that were handed over.</summary>
    async Task DoChores(CancellationToken stop)
    {
        if (_didChores is { } last && clock.GetElapsedTime(last) < rules.Look)
        {
            return;
        }
        _didChores = clock.GetTimestamp();
        await using var scope = scopes.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<Digests>().Gather(channel.Kind, stop);
        if (channel.Kind == ChannelKind.Email)
        {
            await scope.ServiceProvider.GetRequiredService<HandedMails>().Follow(stop);
        }
    }

    /// <summary>Takes as much as there are places for and lets it go; false when nothing is due.</summary>
    async Task<bool> Begin(int free, CancellationToken stop)
    {
        var fence = _lease.Fence;
        var claimed = await _queue.Claim(fence, free, Busy, stop);
        if (claimed.Count == 0)
        {
            return false;
        }
        await acceptances.Open(stop);
        IReadOnlyList<Packed> packed;
        await using (var scope = scopes.CreateAsyncScope())
        {
            packed = await scope.ServiceProvider.GetRequiredService<Packing>().Pack(channel.Kind, fence, claimed, stop);
        }
        stop.ThrowIfCancellationRequested();
        foreach (var one in packed)
        {
            _underWay[one.Delivery.Place] = Carry(one, fence, stop);
        }
        return true;
    }

    async Task Carry(Packed packed, long fence, CancellationToken stop)
    {
        DateTimeOffset? restsUntil = null;
        try
        {
            restsUntil = await _attempts.Make(packed, fence, _queue, () => _lease.IsHeld && _lease.Fence == fence, stop);
        }
        catch (Exception fault)
        {
            _log.LogError(fault, "What became of delivery {Delivery} by {Channel} could not be written; whoever holds the lease next sees to it", packed.Delivery.Id, channel.Kind.Word());
        }
        finally
        {
            _ended.Enqueue(new Ended(packed.Delivery.Place, restsUntil));
            bell.Ring(channel.Kind);
        }
    }

    IReadOnlyCollection<Place> Busy => [.. _underWay.Keys, .. _resting.Keys];

    /// <summary>Until something is due: the next row, or the end of a rest.</summary>
    async Task<TimeSpan> UntilNext(CancellationToken stop)
    {
        var next = await _queue.NextAt(Busy, stop);
        if (_resting.Count > 0 && _resting.Values.Min() is var rested && !(next < rested))
        {
            next = rested;
        }
        var wait = next - clock.GetUtcNow() ?? rules.Look;
        return wait < LeastWait ? LeastWait : wait < rules.Look ? wait : rules.Look;
    }

    /// <summary>Lets what has begun come to its end, puts back what has not, and lets another node begin.</summary>
    async Task Finish()
    {
        await Task.WhenAll(_underWay.Values);
        try
        {
            await _queue.PutBack(_lease.Fence, _attempts.UnderWay, CancellationToken.None);
            await _lease.GiveUp();
        }
        catch (NpgsqlException fault)
        {
            _log.LogWarning("The lease of {Channel} runs out by itself: {Reason}", channel.Kind.Word(), fault.Message);
        }
    }
}
