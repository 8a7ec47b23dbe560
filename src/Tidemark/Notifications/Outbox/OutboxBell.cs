using System.Collections.Concurrent;
using System.Threading.Channels;
using Npgsql;
using Tidemark.Notifications.Channels;

namespace Tidemark.Notifications.Outbox;

/// <summary>
/// Wakes the senders the moment something is committed, on this node or another. A missed ring costs time only: senders look by
/// themselves as well.
/// </summary>
sealed class OutboxBell(NpgsqlDataSource source, TimeProvider clock, ILogger<OutboxBell> log) : BackgroundService
{
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(5);
    readonly ConcurrentDictionary<ChannelKind, Channel<bool>> _rings = new();

    /// <summary>Waits for a ring, at most so long.</summary>
    public async Task Wait(ChannelKind channel, TimeSpan most, CancellationToken stop)
    {
        using var patience = new CancellationTokenSource(most, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, patience.Token);
        try
        {
            await RingOf(channel).Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            // It is time to look anyway.
        }
    }

    public void Ring()
    {
        foreach (var channel in ChannelWords.All)
        {
            Ring(channel);
        }
    }

    public void Ring(ChannelKind channel) => RingOf(channel).Writer.TryWrite(true);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await Listen(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception fault) when (fault is NpgsqlException or IOException or InvalidOperationException)
            {
                log.LogWarning("Senders look by themselves while the database does not ring: {Reason}", fault.Message);
            }
            await Task.Delay(Pause, clock, stoppingToken).ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    async Task Listen(CancellationToken stop)
    {
        await using var connection = await source.OpenConnectionAsync(stop);
        connection.Notification += (_, _) => Ring();
        await using (var listen = new NpgsqlCommand($"LISTEN {NotificationOutbox.Bell}", connection))
        {
            await listen.ExecuteNonQueryAsync(stop);
        }
        Ring();
        while (true)
        {
            await connection.WaitAsync(stop);
        }
    }

    // One ring waits at most: two mean nothing more than one.
    Channel<bool> RingOf(ChannelKind channel) => _rings.GetOrAdd(channel, static _ => Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite }));
}
