using System.Collections.Concurrent;
using System.Threading.Channels;
using Tidemark.Market.Live;
using Tidemark.Market.Symbols;
using Tidemark.Platform.Messaging;
using Tidemark.Platform.Settings;
using Tidemark.Quant.Series;

namespace Tidemark.Patterns.Eyes;

/// <summary>Somebody wishes that a symbol's candles are looked at now.</summary>
public sealed record LookWished(EyeKey Eye);

/// <summary>
/// Wakes an eye when a candle of its symbol has closed, and looks after all of them now and then: news of candles are hints and may be lost.
/// A symbol waits at most once, and a few workers see to those that wait. Of several processes that watch, one has the turn.
/// </summary>
public sealed class EyeWatch(EyeRoom room, EyeTurn turn, SourceInUse inUse, IEventBus bus, TidemarkSettings settings, TimeProvider clock, ILogger<EyeWatch> log) : BackgroundService
{
    const int Workers = 6;
    static readonly TimeSpan BetweenLooks = TimeSpan.FromSeconds(20);

    /// <summary>A symbol waits at most once, so this many symbols can wait; for one more, the next look comes soon.</summary>
    readonly Channel<EyeKey> _queue = Channel.CreateBounded<EyeKey>(10_000);
    readonly ConcurrentDictionary<EyeKey, DateTimeOffset?> _waiting = new();
    volatile bool _hasTurn;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (!settings.Roles.Contains("market"))
        {
            return;
        }
        await using var closes = bus.Subscribe<CandleClosed>((news, _) =>
        {
            if (news.Series.Timeframe == Timeframe.M1)
            {
                Wake(new EyeKey(news.Series.Source, news.Series.Symbol), news.ReceivedAt);
            }
            return ValueTask.CompletedTask;
        });
        await using var wishes = bus.Subscribe<LookWished>((news, _) =>
        {
            Wake(news.Eye, null);
            return ValueTask.CompletedTask;
        });
        var work = Enumerable.Range(0, Workers).Select(_ => Task.Run(() => Work(stoppingToken), CancellationToken.None)).ToList();
        while (!stoppingToken.IsCancellationRequested)
        {
            await LookAfterAll(stoppingToken);
            await Task.Delay(BetweenLooks, clock, stoppingToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
        _queue.Writer.TryComplete();
        await Task.WhenAll(work);
        if (_hasTurn)
        {
            await turn.End();
        }
    }

    async Task LookAfterAll(CancellationToken stop)
    {
        try
        {
            if (_hasTurn && !await turn.IsKept(stop))
            {
                _hasTurn = false;
                await turn.End();
            }
            _hasTurn = _hasTurn || await turn.Begin(stop);
            if (_hasTurn && inUse.Current is { } source)
            {
                foreach (var key in await room.Keys(source, stop))
                {
                    Wake(key, null);
                }
            }
        }
        catch (Exception trouble) when (!stop.IsCancellationRequested)
        {
            log.LogWarning("Eyes could not be looked after: {Trouble}", trouble.Message);
        }
        catch (OperationCanceledException)
        {
            // The program stops.
        }
    }

    void Wake(EyeKey key, DateTimeOffset? receivedAt)
    {
        if (_hasTurn && _waiting.TryAdd(key, receivedAt) && !_queue.Writer.TryWrite(key))
        {
            _waiting.TryRemove(key, out _);
        }
    }

    async Task Work(CancellationToken stop)
    {
        try
        {
            await foreach (var key in _queue.Reader.ReadAllAsync(stop))
            {
                _waiting.TryRemove(key, out var receivedAt);
                await LookAt(key, receivedAt, stop);
            }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            return;
        }
    }

    async Task LookAt(EyeKey key, DateTimeOffset? receivedAt, CancellationToken stop)
    {
        try
        {
            await room.Of(key).CatchUp(stop, receivedAt);
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception trouble)
        {
            // The next candle or the next look wakes it anew.
            log.LogError(trouble, "{Eye} could not be looked at", key);
        }
    }
}
