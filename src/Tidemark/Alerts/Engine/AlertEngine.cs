using System.Collections.Concurrent;
using System.Globalization;
using System.Threading.Channels;
using Npgsql;
using Tidemark.Market.Live;
using Tidemark.Market.Symbols;
using Tidemark.Platform;
using Tidemark.Platform.Messaging;
using Tidemark.Platform.Settings;
using Tidemark.Quant.Series;

namespace Tidemark.Alerts.Engine;

/// <summary>
/// Judges all alerts on one node at a time, from the moment it holds the right to. News of ticks, candles and changes say when to look;
/// the tables say what there is, and are looked at now and then besides, so that no lost piece of news costs more than time.
/// </summary>
public sealed class AlertEngine(AlertRoll roll, EngineTools tools, TriggerHerald herald, ReceiptCollector receipts, IEnumerable<IAlertFeed> feeds, SourceInUse inUse, IEventBus bus, NpgsqlDataSource source, IServiceScopeFactory scopes, Platform.Api.IdSource ids, TidemarkSettings settings, IHostApplicationLifetime lifetime, ILogger<AlertEngine> log) : BackgroundService
{
    static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);
    static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(20), BetweenReviews = TimeSpan.FromSeconds(30), BetweenNews = TimeSpan.FromSeconds(2);

    readonly ConcurrentDictionary<long, bool> _changed = new();
    readonly Channel<bool> _rung = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    volatile Func<long, bool>? _knows;

    /// <summary>Whether this node judges now.</summary>
    public bool IsJudging => _knows is not null;

    /// <summary>Whether an alert that came while this node judges is judged by now.</summary>
    public bool Knows(long alert) => _knows?.Invoke(alert) == true;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!settings.Roles.Contains("market"))
        {
            return;
        }
        await lifetime.UntilStarted(stoppingToken);
        var lease = new EngineLease($"{Environment.MachineName}:{ids.Next()[..8]}", source, tools.Rules.Lease, tools.Clock);
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                if (await lease.Hold(stoppingToken))
                {
                    await Judge(lease, stoppingToken);
                }
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                break;
            }
            catch (Exception trouble)
            {
                log.LogError(trouble, "Alerts are not judged here; it is tried again in {Seconds} s", Pause.TotalSeconds);
            }
            await Task.Delay(Pause, tools.Clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        await LetGo(lease);
    }

    async Task LetGo(EngineLease lease)
    {
        try
        {
            await lease.GiveUp();
        }
        catch (NpgsqlException away)
        {
            log.LogDebug("The right to judge could not be given back and runs out by itself: {Reason}", away.Message);
        }
    }

    /// <summary>Judges until the right is lost or the program stops.</summary>
    async Task Judge(EngineLease lease, CancellationToken stop)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var writer = new TriggerWriter(lease.Fence, tools.Rules, scopes, herald, tools.Clock, log);
        List<Task> work = [Keep(lease, ending.Token), writer.Run(ending.Token), Listen(ending.Token)];
        await using var alerts = new JudgedAlerts(roll, tools, writer, inUse, log);
        try
        {
            await alerts.Fill(stop);
            log.LogInformation("Alerts are judged here: {Count} of {Symbols} symbols", alerts.Count, alerts.Symbols);
            var ticks = bus.Subscribe<PriceTicked>((tick, _) =>
            {
                alerts.Tick(tick);
                return ValueTask.CompletedTask;
            });
            var closes = bus.Subscribe<CandleClosed>((news, _) => news.Series.Timeframe == Timeframe.M1 ? new ValueTask(alerts.CatchUp(news.Series.Symbol, news.ReceivedAt, ending.Token)) : ValueTask.CompletedTask);
            try
            {
                var ears = feeds.Select(feed => new NewsEar(feed, tools, alerts)).ToList();
                work.AddRange([Follow(alerts, ears, ending.Token), LookAfter(alerts, ending.Token), .. ears.Select(ear => Hear(ear, ending.Token))]);
                _knows = alerts.Knows;
                // One of them ends where another node took over, by a fault that is not to be waited out, or with the program.
                await await Task.WhenAny(work);
            }
            finally
            {
                // A subscriber may wait for the writer, who takes nothing any more.
                _knows = null;
                await ending.CancelAsync();
                await ticks.DisposeAsync();
                await closes.DisposeAsync();
            }
        }
        finally
        {
            await ending.CancelAsync();
            foreach (var one in work)
            {
                await one.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
            _changed.Clear();
        }
    }

    /// <summary>Keeps the right to judge, whatever the work is busy with; ends once another node has it.</summary>
    async Task Keep(EngineLease lease, CancellationToken stop)
    {
        while (await lease.Hold(stop))
        {
            await Task.Delay(tools.Rules.Beat, tools.Clock, stop);
        }
        log.LogWarning("Another node judges alerts now");
    }

    /// <summary>Takes changes of alerts as they are rung for, and looks for those that were not heard.</summary>
    async Task Follow(JudgedAlerts alerts, IReadOnlyList<NewsEar> ears, CancellationToken stop)
    {
        var seen = tools.Clock.GetUtcNow();
        while (true)
        {
            await Unless(async () => seen = await TakeChanges(alerts, ears, seen, stop), stop);
            using var patience = new CancellationTokenSource(tools.Rules.Beat, tools.Clock);
            using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, patience.Token);
            await Task.WhenAny(_rung.Reader.WaitToReadAsync(either.Token).AsTask());
            _rung.Reader.TryRead(out _);
            stop.ThrowIfCancellationRequested();
        }
    }

    async Task<DateTimeOffset> TakeChanges(JudgedAlerts alerts, IReadOnlyList<NewsEar> ears, DateTimeOffset seen, CancellationToken stop)
    {
        var now = tools.Clock.GetUtcNow();
        var those = _changed.Keys.ToHashSet();
        if (now - seen >= BetweenNews)
        {
            those.UnionWith(await roll.ChangedSince(seen - TimeSpan.FromSeconds(10), stop));
            seen = now;
        }
        if (those.Count == 0)
        {
            return seen;
        }
        foreach (var id in those)
        {
            _changed.TryRemove(id, out _);
        }
        try
        {
            var begun = await alerts.Renew(those, stop);
            foreach (var alert in begun)
            {
                foreach (var ear in ears)
                {
                    await ear.CatchUp(alert, stop);
                }
            }
            alerts.Announce(begun);
            return seen;
        }
        catch
        {
            foreach (var id in those)
            {
                _changed[id] = true;
            }
            throw;
        }
    }

    /// <summary>What is not told by itself, looked at now and then.</summary>
    async Task LookAfter(JudgedAlerts alerts, CancellationToken stop)
    {
        var since = tools.Clock.GetUtcNow();
        var (looked, reviewed) = (DateTimeOffset.MinValue, since);
        var expiry = new Expiry(scopes, tools.Rules);
        while (true)
        {
            await Unless(
                async () =>
                {
                    var now = tools.Clock.GetUtcNow();
                    await expiry.Sweep(alerts.Source, since, alerts.Beginnings, now, stop);
                    await herald.TellWaiting(stop);
                    await receipts.Collect(stop);
                    if (now - reviewed >= BetweenReviews)
                    {
                        reviewed = now;
                        await alerts.Review(stop);
                    }
                    if (now - looked >= BetweenLooks)
                    {
                        looked = now;
                        await alerts.CatchUpAll(stop);
                    }
                },
                stop);
            await Task.Delay(tools.Rules.Beat, tools.Clock, stop);
        }
    }

    async Task Hear(NewsEar ear, CancellationToken stop)
    {
        while (true)
        {
            await Unless(() => ear.Listen(stop), stop);
            await Task.Delay(BetweenNews, tools.Clock, stop);
        }
    }

    /// <summary>Does it, unless the database is away: then the next time will.</summary>
    async Task Unless(Func<Task> work, CancellationToken stop)
    {
        try
        {
            await work();
        }
        catch (Exception passing) when (!stop.IsCancellationRequested && passing is NpgsqlException or IOException or TimeoutException or InvalidOperationException { InnerException: NpgsqlException })
        {
            log.LogWarning("The database does not answer; ticks are judged meanwhile: {Reason}", passing.Message);
        }
    }

    async Task Listen(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested)
        {
            try
            {
                await using var connection = await source.OpenConnectionAsync(stop);
                connection.Notification += (_, news) => Ring(news.Payload);
                await using (var listen = new NpgsqlCommand($"LISTEN {AlertRoll.Bell}", connection))
                {
                    await listen.ExecuteNonQueryAsync(stop);
                }
                while (true)
                {
                    await connection.WaitAsync(stop);
                }
            }
            catch (Exception fault) when (!stop.IsCancellationRequested && fault is NpgsqlException or IOException or ObjectDisposedException)
            {
                log.LogDebug("Changes of alerts are looked for while the database does not ring: {Reason}", fault.Message);
                await Task.Delay(Pause, tools.Clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    void Ring(string alert)
    {
        _changed[long.Parse(alert, CultureInfo.InvariantCulture)] = true;
        _rung.Writer.TryWrite(true);
    }
}
