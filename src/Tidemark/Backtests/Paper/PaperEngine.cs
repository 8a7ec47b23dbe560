using System.Collections.Concurrent;
using System.Threading.Channels;
using Npgsql;
using Tidemark.Accounts;
using Tidemark.Backtests.Running;
using Tidemark.Market;
using Tidemark.Market.Candles;
using Tidemark.Market.Live;
using Tidemark.Platform.Messaging;
using Tidemark.Platform.Realtime;
using Tidemark.Platform.Settings;
using Tidemark.Quant.Series;

namespace Tidemark.Backtests.Paper;

/// <summary>What happened on a session, for its owner.</summary>
public sealed record PaperNews(long Session, string Kind, DateTimeOffset At, double Equity, double Price, string Text, Results.RunTrade? Trade);

/// <summary>
/// Feeds paper sessions with closed candles as they are stored. News says when to look; the table says where a session stands. Each candle is taken in a
/// transaction with what came of it, so that whatever is cut off is done by the next look, and nothing twice.
/// </summary>
public sealed class PaperEngine(PaperTable table, CandleStore store, IEventBus bus, Hub hub, IServiceScopeFactory scopes, TidemarkSettings settings, TimeProvider clock, ILogger<PaperEngine> log) : BackgroundService
{
    public const string Channel = "paper";
    const int MostAtOnce = 500;

    /// <summary>How long a session waits for a candle when later ones are there: what was missed is mostly fetched within a minute.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(5);

    static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(15);

    readonly ConcurrentDictionary<long, LivePaper> _live = new();
    readonly ConcurrentDictionary<long, (DateTimeOffset Missing, DateTimeOffset Since)> _gaps = new();
    readonly ConcurrentDictionary<SeriesKey, DateTimeOffset> _heard = new();
    readonly Channel<bool> _bell = System.Threading.Channels.Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!settings.Roles.Contains("market"))
        {
            return;
        }
        // The market never waits for a session: what was heard is written down, and looked at in its own time.
        await using var closes = bus.Subscribe<CandleClosed>((news, _) =>
        {
            _heard[news.Series] = news.ReceivedAt;
            _bell.Writer.TryWrite(true);
            return ValueTask.CompletedTask;
        });
        while (!stoppingToken.IsCancellationRequested)
        {
            try
            {
                await FeedAll(stoppingToken);
                await UntilRung(stoppingToken);
            }
            catch (OperationCanceledException) when (stoppingToken.IsCancellationRequested)
            {
                return;
            }
            catch (Exception trouble)
            {
                if (trouble is NpgsqlException or IOException or TimeoutException)
                {
                    log.LogWarning("Paper sessions wait for the database: {Reason}", trouble.Message);
                }
                else
                {
                    log.LogError(trouble, "Paper sessions are not fed; it is tried again in {Seconds} s", BetweenLooks.TotalSeconds);
                }
                await Task.Delay(BetweenLooks, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    async Task UntilRung(CancellationToken stop)
    {
        using var patience = new CancellationTokenSource(BetweenLooks, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, patience.Token);
        try
        {
            await _bell.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            // Nothing rang: a look now and then finds what no news told of.
        }
    }

    /// <summary>Brings every running session up to the last stored candle.</summary>
    public async Task FeedAll(CancellationToken stop)
    {
        var running = await table.Running(stop);
        foreach (var gone in _live.Keys.Union(_gaps.Keys).Except(running.Select(static session => session.Id)).ToList())
        {
            _live.TryRemove(gone, out _);
            _gaps.TryRemove(gone, out _);
        }
        foreach (var session in await Allowed(running, stop))
        {
            try
            {
                while (await Feed(session.Id, stop))
                {
                }
            }
            catch (Exception trouble) when (!stop.IsCancellationRequested && trouble is not NpgsqlException)
            {
                _live.TryRemove(session.Id, out _);
                log.LogError(trouble, "Paper session {Session} could not take its candles; it is tried again", session.Id);
            }
        }
    }

    /// <summary>Sessions whose owners' plans still include them; the others end, and their ledgers say why.</summary>
    async Task<IReadOnlyList<StoredPaper>> Allowed(IReadOnlyList<StoredPaper> running, CancellationToken stop)
    {
        if (running.Count == 0)
        {
            return running;
        }
        await using var scope = scopes.CreateAsyncScope();
        var owners = await scope.ServiceProvider.GetRequiredService<Recipients>().Find(running.Select(static session => session.UserId).ToHashSet(), stop);
        var allowed = new List<StoredPaper>(running.Count);
        foreach (var session in running)
        {
            // An owner who was deleted just now takes the session along; how many backtests he ran today does not matter here.
            if (!owners.TryGetValue(session.UserId, out var owner) || OrderDesk.Standing(owner.Plan, owner.Role, session.Order.Strategy) is not { Allowed: false } lapsed)
            {
                allowed.Add(session);
            }
            else if (await table.Stop(session, $"The session was ended: paper trading comes with backtests. {lapsed.WhatToDo}", stop))
            {
                log.LogInformation("Paper session {Session} has ended: the plan of user {User} no longer includes it", session.Id, session.UserId);
                await hub.Publish($"{Channel}:{session.UserId}", new PaperNews(session.Id, "stop", clock.GetUtcNow(), session.State.Equity, session.State.Position?.Price ?? 0, "The session was ended: your plan no longer includes it.", null), stop);
            }
        }
        return allowed;
    }

    /// <summary>Takes some candles; true where more are there.</summary>
    async Task<bool> Feed(long id, CancellationToken stop)
    {
        if (await table.Find(id, stop) is not { Status: PaperStatus.Running } row)
        {
            return false;
        }
        var until = row.Series.Timeframe.Floor(clock.GetUtcNow());
        if (row.FedUntil >= until)
        {
            return false;
        }
        var candles = await store.Load(row.Series, row.FedUntil, until, stop);
        if (WholePart(row, candles) is not (> 0 and var whole))
        {
            return false;
        }
        var live = await Stand(row, stop);
        var receivedAt = _heard.TryGetValue(row.Series, out var heard) ? heard : clock.GetUtcNow();
        var (taken, lines) = (new List<PaperCandle>(), new List<LedgerLine>());
        foreach (var i in Enumerable.Range(0, Math.Min(whole, MostAtOnce)))
        {
            var (_, candle, more) = live.Take(new PaperCandle(candles[i], await Inside(row, candles[i], stop), null, receivedAt, null), clock.GetUtcNow());
            taken.Add(candle);
            lines.AddRange(more);
        }
        if (!await table.Feed(row, live.Stored, taken, lines, stop))
        {
            // Another node took them, or it was stopped; what is in memory ran ahead and is made anew.
            _live.TryRemove(id, out _);
            return true;
        }
        await Tell(live.Stored, taken[^1], lines, stop);
        return whole > taken.Count;
    }

    /// <summary>
    /// How many of the candles may be taken now: those before the first hole. A hole is waited for a while, and then passed over: for every node by what
    /// it saw itself, so that one that begins anew waits anew.
    /// </summary>
    int WholePart(StoredPaper row, CandleSlice candles)
    {
        var next = row.FedUntil;
        for (var i = 0; i < candles.Count; i++)
        {
            if (CandleTable.TimeOf(candles.Times[i]) > next)
            {
                if (i > 0)
                {
                    return i;
                }
                var now = clock.GetUtcNow();
                var gap = _gaps.AddOrUpdate(row.Id, (next, now), (_, known) => known.Missing == next ? known : (next, now));
                if (now - gap.Since < Patience)
                {
                    return 0;
                }
            }
            next = CandleTable.TimeOf(row.Series.Timeframe.CloseOf(candles.Times[i]));
        }
        return candles.Count;
    }

    /// <summary>The engine where the row stands: the one in memory, or a new one fed with what the session took.</summary>
    async Task<LivePaper> Stand(StoredPaper row, CancellationToken stop)
    {
        if (_live.TryGetValue(row.Id, out var known) && known.Stored.FedUntil == row.FedUntil && known.Stored.Entries == row.Entries)
        {
            return known;
        }
        // Another node may have taken more since the row was read; the row says where this one stands.
        var taken = (await table.Candles(row.Id, stop)).TakeWhile(one => one.Candle.OpenTime < row.FedUntil.ToUnixTimeMilliseconds());
        var restored = LivePaper.Restore(row, [.. taken]);
        _live[row.Id] = restored;
        return restored;
    }

    async Task<CandleSlice> Inside(StoredPaper row, Candle candle, CancellationToken stop)
    {
        var timeframe = row.Series.Timeframe;
        return row.Order.WantsMinutes(timeframe) && candle.OpenTime >= row.TradeFrom.ToUnixTimeMilliseconds()
            ? await store.Load(row.Series with { Timeframe = Timeframe.M1 }, CandleTable.TimeOf(candle.OpenTime), CandleTable.TimeOf(timeframe.CloseOf(candle.OpenTime)), stop)
            : default;
    }

    async Task Tell(StoredPaper session, PaperCandle last, List<LedgerLine> lines, CancellationToken stop)
    {
        var channel = $"{Channel}:{session.UserId}";
        foreach (var line in lines)
        {
            await hub.Publish(channel, new PaperNews(session.Id, line.Kind, line.At, session.State.Equity, last.Candle.Close, line.Text, line.Trade), stop);
        }
        await hub.Publish(channel, new PaperNews(session.Id, "candle", session.FedUntil, session.State.Equity, last.Candle.Close, "", null), stop);
    }
}
