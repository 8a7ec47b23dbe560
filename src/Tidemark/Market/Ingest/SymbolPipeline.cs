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
    static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(5), Overdue = TimeSpan.FromSeconds(10), LongestOverdue = TimeSpan.FromMinutes(5), BetweenGapRuns = TimeSpan.FromMinutes(5);
    static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(1), LongestPause = TimeSpan.FromSeconds(30);

    /// <summary>A candle that says it closed later than that from now is nonsense.</summary>
    static readonly TimeSpan MostAhead = TimeSpan.FromSeconds(30);

    /// <summary>What closed longer ago is history when it comes, and not told as news.</summary>
    static readonly TimeSpan News = TimeSpan.FromDays(1);

    /// <summary>Catch-ups in a row that may fail at the same minute before its batch is passed over.</summary>
    const int MostFailures = 3;

    readonly Channel<(Candle Minute, DateTimeOffset ReceivedAt)> _closes = Channel.CreateBounded<(Candle, DateTimeOffset)>(new BoundedChannelOptions(64) { FullMode = BoundedChannelFullMode.DropOldest, SingleReader = true });
    readonly Channel<bool> _wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite, SingleReader = true });
    readonly TaskCompletionSource _begun = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly TaskCompletionSource _stored = new(TaskCreationOptions.RunContinuationsAsynchronously);
    readonly Dictionary<Timeframe, DateTimeOffset> _told = [];
    volatile bool _mustCatchUp = true;
    bool _mustAlign = true, _isLive;
    int _failures;
    TimeSpan _patience = Overdue;
    DateTimeOffset _next, _triedAt, _gapsAt, _extendAt;

    public Symbol Symbol => tracked.Name;
    SeriesKey Minutes => new(exchange.Source, Symbol, Timeframe.M1);

    /// <summary>Ends when everything up to now is stored for the first time, or could not be had.</summary>
    public Task Begun => _begun.Task;

    /// <summary>Ends when everything up to now is stored for the first time, however long that takes.</summary>
    public Task Stored => _stored.Task;

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
        for (var pause = FirstPause; ;)
        {
            try
            {
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
                (_mustCatchUp, _mustAlign) = (true, true);
                _begun.TrySetResult();
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
                    exchange, Symbol, tools.Register.WantedFrom(tracked, exchange.Source), new LoadRules(OnFailure.Stop),
                    span => tools.Progress.BeginOlder(Symbol, span), minutes => tools.Progress.FetchedOlder(Symbol, minutes), stop);
                await Record("history", began, result, stop);
                if (result.Failure is { } reason)
                {
                    throw new ExchangeException($"{exchange.Source.Name} does not give older candles of {Symbol}: {reason}");
                }
                tools.Progress.Complete(Symbol);
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
        if (_mustAlign)
        {
            await tools.Aggregation.Align(exchange.Source, Symbol, stop);
            _mustAlign = false;
        }
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
        return now >= _next.AddMinutes(1) + Overdue && now >= _triedAt + _patience;
    }

    /// <summary>Stores everything up to the last closed minute.</summary>
    async Task CatchUp(CancellationToken stop)
    {
        _mustCatchUp = false;
        var now = _triedAt = tools.Clock.GetUtcNow();
        var from = _next = await tools.Loader.Next(exchange, Symbol, tools.Register.WantedFrom(tracked, exchange.Source), now, stop);
        if (now - from >= TimeSpan.FromMinutes(1))
        {
            if (now - from > TimeSpan.FromMinutes(10))
            {
                tools.Progress.BeginNewest(Symbol, now - from);
            }
            // A batch that fails again and again is left to the gap runs, so that what follows it does not wait for ever.
            var rules = new LoadRules(_failures < MostFailures ? OnFailure.Stop : OnFailure.Skip);
            var result = await tools.Loader.Forward(exchange, Symbol, from, Timeframe.M1.Floor(now), rules, minutes => tools.Progress.FetchedNewest(Symbol, minutes), stop);
            await Record("catch-up", now, result, stop);
            _next = await tools.Loader.Next(exchange, Symbol, from, now, stop);
            _failures = result.Failure is null || _next > from ? 0 : _failures + 1;
            if (result.Failure is { } reason && rules.OnFailure == OnFailure.Stop)
            {
                throw new ExchangeException($"{exchange.Source.Name} does not give the candles of {Symbol}: {reason}");
            }
            _patience = _next > from ? Overdue : _patience * 2 < LongestOverdue ? _patience * 2 : LongestOverdue;
        }
        await TellForming(stop);
        await Tell(tools.Clock.GetUtcNow(), stop);
        tools.Progress.CaughtUp(Symbol);
        _begun.TrySetResult();
        _stored.TrySetResult();
    }

    /// <summary>Stores a minute that the stream closed, after fetching whatever belongs before it.</summary>
    async Task Take(Candle minute, DateTimeOffset receivedAt, CancellationToken stop)
    {
        var opened = DateTimeOffset.FromUnixTimeMilliseconds(minute.OpenTime);
        if (opened.AddMinutes(1) > receivedAt + MostAhead)
        {
            log.LogError("{Symbol} closed a minute that opens at {Opened:u}, which is yet to come; it is asked for when it is time", Symbol, opened);
            return;
        }
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
            // The exchange may well tell it rightly when asked, a little later.
            (_triedAt, _patience) = (tools.Clock.GetUtcNow(), Overdue);
            return;
        }
        (_next, _patience) = (opened.AddMinutes(1), Overdue);
        live.Closed(minute);
        if (_next >= _extendAt)
        {
            await tools.Aggregation.Extend(exchange.Source, Symbol, stop);
            _extendAt = Timeframe.M5.Floor(_next).AddMinutes(Timeframe.M5.Minutes);
        }
        await Tell(receivedAt, stop);
    }

    /// <summary>
    /// Tells the candles that were stored since the last one told, each once and in order. Where something goes wrong on the way, the next call
    /// goes on there; what was stored before this process was up to date is history.
    /// </summary>
    async Task Tell(DateTimeOffset receivedAt, CancellationToken stop)
    {
        foreach (var timeframe in Timeframe.Standard)
        {
            var key = Minutes with { Timeframe = timeframe };
            var length = TimeSpan.FromMinutes(timeframe.Minutes);
            var from = _told.GetValueOrDefault(timeframe, DateTimeOffset.MaxValue);
            if (!_isLive)
            {
                _told[timeframe] = timeframe.Floor(_next);
                continue;
            }
            if (from + length > _next)
            {
                continue;
            }
            var oldest = receivedAt - News - length;
            var candles = await tools.Store.Load(key, from > oldest ? from : oldest, timeframe.Floor(_next), stop);
            for (var i = 0; i < candles.Count; i++)
            {
                await tools.Bus.Publish(new CandleClosed(key, candles[i], receivedAt), stop);
                _told[timeframe] = CandleTable.TimeOf(timeframe.CloseOf(candles[i].OpenTime));
            }
        }
        _isLive = true;
    }

    async Task FillGaps(CancellationToken stop)
    {
        var began = tools.Clock.GetUtcNow();
        _gapsAt = began + BetweenGapRuns;
        var result = await tools.Repair.FillGaps(exchange, Symbol, TimeSpan.Zero, since: null, stop);
        await Record("gaps", began, result, stop);
        await tools.Aggregation.Align(exchange.Source, Symbol, stop);
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
