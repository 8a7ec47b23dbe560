using System.Threading.Channels;
using Tidemark.Market.Candles;
using Tidemark.Market.Exchanges;
using Tidemark.Market.Live;
using Tidemark.Market.Quality;
using Tidemark.Market.Symbols;
using Tidemark.Platform.Messaging;
using Tidemark.Quant.Series;

namespace Tidemark.Market.Ingest;

/// <summary>What the pipelines of all symbols work with.</summary>
public sealed record PipelineTools(
    CandleStore Store, CandleAggregation Aggregation, SymbolLoader Loader, SeriesRepair Repair, SymbolRegister Register, LoadProgress Progress, LiveMarket Market, FetchLog Log, IEventBus Bus, TimeProvider Clock);

/// <summary>
/// The way of one symbol's minutes into the store, in order and without leaving any out: what the stream tells is stored as it closes,
/// and whatever it does not tell is fetched first. The table says where to go on, so any step may be cut off.
/// </summary>
public sealed class SymbolPipeline(IExchange exchange, TrackedSymbol tracked, LiveSymbol live, PipelineTools tools, ILogger log)
{
    static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5), Overdue = TimeSpan.FromSeconds(10), BetweenGapRuns = TimeSpan.FromMinutes(5);
    static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1), LongestPause = TimeSpan.FromSeconds(30), AlignedStretch = TimeSpan.FromDays(45);

    readonly Channel<(Candle Minute, DateTimeOffset ReceivedAt)> _closes = Channel.CreateBounded<(Candle, DateTimeOffset)>(new BoundedChannelOptions(64) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
    readonly TaskCompletionSource _caughtUp = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });
    volatile bool _mustCatchUp = true;
    DateTimeOffset _next, _triedAt, _gapsAt, _extendAt;

    public Symbol Symbol => tracked.Name;
    SeriesKey Minutes => new(exchange.Source, Symbol, Timeframe.M1);

    /// <summary>Ends when everything up to now is stored for the first time.</summary>
    public Task CaughtUp => _caughtUp.Task;

    /// <summary>Takes what the stream tells; never waits.</summary>
    public void Hear(MarketEvent news, DateTimeOffset receivedAt)
    {
        switch (news)
        {
            case CandleMoved { IsClosed: true } closed:
                // One that falls out of the full queue is missed by its successor and fetched.
                _closes.Writer.TryWrite((closed.Candle, receivedAt));
                Wake();
                break;
            case CandleMoved moved:
                live.Moved(moved);
                break;
            case Traded traded:
                live.Traded(traded.Trade, receivedAt);
                tools.Market.TellMoved(live);
                break;
            case BestPricesMoved best:
                live.Best(best);
                break;
            case CandlesMissed or StreamRestarted:
                _mustCatchUp = true;
                Wake();
                break;
        }
    }

    /// <summary>Works until told to stop; trouble with the database or the exchange is waited out.</summary>
    public async Task Run(CancellationToken stop)
    {
        var isAligned = false;
        for (var pause = FirstPause; ;)
        {
            try
            {
                if (!isAligned)
                {
                    await tools.Aggregation.Align(exchange.Source, Symbol, tools.Clock.GetUtcNow() - AlignedStretch, stop);
                    isAligned = true;
                }
                await Step(stop);
                pause = FirstPause;
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception trouble)
            {
                log.LogError(trouble, "{Symbol} is not up to date; it is tried again in {Seconds} s", Symbol, pause.TotalSeconds);
                tools.Progress.Troubled(Symbol, trouble.Message);
                _mustCatchUp = true;
                await Task.Delay(pause, tools.Clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
            }
        }
    }

    /// <summary>Loads the years before what is stored, once; trouble is waited out.</summary>
    public async Task LoadOlder(CancellationToken stop)
    {
        for (var pause = FirstPause; !stop.IsCancellationRequested; pause = pause * 2 < LongestPause ? pause * 2 : LongestPause)
        {
            try
            {
                var began = tools.Clock.GetUtcNow();
                var result = await tools.Loader.Older(
                    exchange, Symbol, tools.Register.WantedFrom(tracked, exchange.Source), aggregates: true,
                    span => tools.Progress.Begin(Symbol, LoadStage.Older, span), minutes => tools.Progress.Fetched(Symbol, minutes), stop);
                await Record("history", began, result, stop);
                tools.Progress.Begin(Symbol, LoadStage.UpToDate, TimeSpan.Zero);
                return;
            }
            catch (OperationCanceledException) when (stop.IsCancellationRequested)
            {
                return;
            }
            catch (Exception trouble)
            {
                log.LogError(trouble, "Older candles of {Symbol} are not loaded; it is tried again in {Seconds} s", Symbol, pause.TotalSeconds);
                tools.Progress.Troubled(Symbol, trouble.Message);
                await Task.Delay(pause, tools.Clock, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }

    async Task Step(CancellationToken stop)
    {
        if (_mustCatchUp || IsOverdue())
        {
            await CatchUp(stop);
        }
        while (_closes.Reader.TryRead(out var close))
        {
            await Take(close.Minute, close.ReceivedAt, stop);
        }
        if (tools.Clock.GetUtcNow() >= _gapsAt)
        {
            await FillGaps(stop);
        }
        if (!_mustCatchUp)
        {
            await UntilWoken(stop);
        }
    }

    bool IsOverdue()
    {
        var now = tools.Clock.GetUtcNow();
        return now >= _next.AddMinutes(1) + Overdue && now >= _triedAt + Overdue;
    }

    /// <summary>Stores everything up to the last closed minute.</summary>
    async Task CatchUp(CancellationToken stop)
    {
        _mustCatchUp = false;
        var now = _triedAt = tools.Clock.GetUtcNow();
        _next = await tools.Loader.Next(exchange, Symbol, tools.Register.WantedFrom(tracked, exchange.Source), now, stop);
        var span = now - _next;
        if (span >= TimeSpan.FromMinutes(1))
        {
            var isLong = span > TimeSpan.FromMinutes(10);
            if (isLong)
            {
                tools.Progress.Begin(Symbol, LoadStage.Newest, span);
            }
            var result = await tools.Loader.Forward(exchange, Symbol, _next, Timeframe.M1.Floor(now), OnFailure.Stop, aggregates: true, minutes => tools.Progress.Fetched(Symbol, minutes), stop);
            await Record("catch-up", now, result, stop);
            if (result.Failure is { } reason)
            {
                throw new ExchangeException($"{exchange.Source.Name} does not give the candles of {Symbol}: {reason}");
            }
            _next = await tools.Loader.Next(exchange, Symbol, _next, now, stop);
        }
        await TellForming(stop);
        if (_caughtUp.TrySetResult() || tools.Progress.Of(Symbol) is { Stage: LoadStage.Newest or LoadStage.Waiting } or { Trouble: not null })
        {
            tools.Progress.Begin(Symbol, LoadStage.UpToDate, TimeSpan.Zero);
        }
    }

    /// <summary>Stores a minute that the stream closed, after fetching whatever belongs before it.</summary>
    async Task Take(Candle minute, DateTimeOffset receivedAt, CancellationToken stop)
    {
        var opened = DateTimeOffset.FromUnixTimeMilliseconds(minute.OpenTime);
        if (opened > _next)
        {
            await CatchUp(stop);
        }
        if (opened < _next)
        {
            return;
        }
        var saved = await tools.Store.Save(Minutes, new CandleSeries([minute]).All(), stop);
        if (saved.Quarantined > 0)
        {
            // The exchange may well tell it rightly when asked.
            _triedAt = tools.Clock.GetUtcNow();
            return;
        }
        _next = opened.AddMinutes(1);
        live.Closed(minute);
        await tools.Bus.Publish(new CandleClosed(Minutes, minute, receivedAt), stop);
        await Extend(receivedAt, stop);
    }

    /// <summary>Stores and tells the longer candles that the stored minutes close.</summary>
    async Task Extend(DateTimeOffset receivedAt, CancellationToken stop)
    {
        if (_next < _extendAt)
        {
            return;
        }
        var made = new List<CandleClosed>();
        await tools.Aggregation.Extend(exchange.Source, Symbol, stop, (key, candles) =>
        {
            for (var i = 0; i < candles.Count; i++)
            {
                made.Add(new CandleClosed(key, candles[i], receivedAt));
            }
        });
        _extendAt = Timeframe.M5.Floor(_next).AddMinutes(Timeframe.M5.Minutes);
        foreach (var candle in made)
        {
            await tools.Bus.Publish(candle, stop);
        }
    }

    async Task FillGaps(CancellationToken stop)
    {
        var began = tools.Clock.GetUtcNow();
        _gapsAt = began + BetweenGapRuns;
        var result = await tools.Repair.FillGaps(exchange, Symbol, TimeSpan.Zero, stop);
        await Record("gaps", began, result, stop);
        if (result.Saved.Stored > 0)
        {
            await TellForming(stop);
        }
    }

    /// <summary>Gives the open candles their closed minutes anew.</summary>
    async Task TellForming(CancellationToken stop) =>
        live.Begin(await tools.Store.Load(Minutes, Timeframe.D1.Floor(tools.Clock.GetUtcNow()), _next, stop));

    /// <summary>Runs that found nothing to do leave no line.</summary>
    async Task Record(string job, DateTimeOffset began, LoadResult result, CancellationToken stop)
    {
        if (result.Saved.Stored + result.Saved.Quarantined + result.FailedBatches > 0)
        {
            await tools.Log.Write(job, exchange.Source, began, 1, result, result.Failure, stop);
        }
    }

    void Wake() => _wake.Writer.TryWrite(true);

    async Task UntilWoken(CancellationToken stop)
    {
        using var patience = new CancellationTokenSource(LongestWait, tools.Clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, patience.Token);
        try
        {
            await _wake.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException) when (!stop.IsCancellationRequested)
        {
            // Nothing came; the caller looks at the clock.
        }
    }
}
