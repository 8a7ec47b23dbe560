using Tidemark.Alerts.Judging;
using Tidemark.Alerts.Kinds;
using Tidemark.Market;
using Tidemark.Market.Candles;
using Tidemark.Market.Live;
using Tidemark.Quant.Patterns;
using Tidemark.Quant.Series;

namespace Tidemark.Alerts.Engine;

/// <summary>
/// Judges all alerts of one symbol: prices at every tick, and everything at every stored candle that its trail leads it to. What is found goes to
/// the writer ahead of the mark that says how far was judged, so that whatever is cut off is found again. Its turn is taken for judging alone:
/// nobody reads a table while ticks wait for it.
/// </summary>
sealed class SymbolJudge(Symbol symbol, EngineTools tools, TriggerWriter writer, ILogger log) : IDisposable
{
    static readonly TimeSpan BetweenSettlings = TimeSpan.FromMinutes(5);

    readonly SemaphoreSlim _turn = new(1);
    readonly TickBox _ticks = new(tools.Rules.TicksWaiting, tools.Rules.Stale);
    readonly PriceBook _prices = new();
    readonly FormulaBook _formulas = new();
    readonly Dictionary<long, WatchedAlert> _alerts = [];

    /// <summary>Formulas that want to see more candles than they saw, and when they look again: older ones may still be loaded.</summary>
    readonly Dictionary<FormulaGroup, DateTimeOffset> _unsettled = [];
    readonly List<Due> _due = [];
    PriceTicked? _doubted;
    volatile int _onPatterns, _onSignals, _count;

    public Symbol Symbol => symbol;
    public int Count => _count;

    /// <summary>Whose candles are judged; null before the first, and where judging has to begin anew at the table.</summary>
    public MarketSource? Source { get; private set; }

    /// <summary>Puts an alert in the place of what was known under its id; null takes it away.</summary>
    public async Task Put(long id, WatchedAlert? alert, CancellationToken stop)
    {
        await _turn.WaitAsync(stop);
        try
        {
            Drop(id);
            if (alert is not null)
            {
                Take(alert);
            }
            if (_alerts.Count == 0)
            {
                // Whoever comes next begins where he begins, not where the last one ended.
                Source = null;
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    void Take(WatchedAlert alert)
    {
        _alerts[alert.Id] = alert;
        Tally(alert, 1);
        if (alert.Terms.JudgedOn == JudgedOn.Price)
        {
            _prices.Add(alert);
        }
        else if (alert.Terms.Formula is not null && _formulas.Add(alert) is (var group, true))
        {
            _unsettled[group] = DateTimeOffset.MinValue;
        }
    }

    void Drop(long id)
    {
        if (_alerts.Remove(id, out var known))
        {
            Tally(known, -1);
            _prices.Remove(known);
            if (known.Terms.Formula is not null && _formulas.Remove(known) is { } gone)
            {
                _unsettled.Remove(gone);
            }
        }
    }

    void Tally(WatchedAlert alert, int change)
    {
        AlertMeter.Watched.Add(change);
        _count += change;
        _onPatterns += alert.Terms.JudgedOn == JudgedOn.Patterns ? change : 0;
        _onSignals += alert.Terms.JudgedOn == JudgedOn.Signals ? change : 0;
    }

    public bool WaitsFor(JudgedOn of) => of switch { JudgedOn.Patterns => _onPatterns > 0, JudgedOn.Signals => _onSignals > 0, _ => false };

    /// <summary>Says of alerts whether they may tell by their owners' plans; those that were changed meanwhile are asked about anew.</summary>
    public async Task Allow(IReadOnlyList<WatchedAlert> asked, IReadOnlySet<long> refused, CancellationToken stop)
    {
        await _turn.WaitAsync(stop);
        try
        {
            foreach (var alert in asked.Where(alert => alert.IsAllowed == refused.Contains(alert.Id) && _alerts.GetValueOrDefault(alert.Id) == alert))
            {
                alert.IsAllowed = !alert.IsAllowed;
                if (alert.Terms.JudgedOn == JudgedOn.Price)
                {
                    _prices.Remove(alert);
                    _prices.Add(alert);
                }
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Takes a tick to be judged; never waits.</summary>
    public void Put(PriceTicked tick)
    {
        if (_count > 0)
        {
            _ticks.Put(tick);
        }
    }

    /// <summary>Judges ticks as they come, until told to stop.</summary>
    public async Task JudgeTicks(CancellationToken stop)
    {
        while (true)
        {
            var tick = await _ticks.Take(stop);
            try
            {
                await Judge(tick, stop);
            }
            catch (Exception trouble) when (!stop.IsCancellationRequested)
            {
                log.LogError(trouble, "A tick of {Symbol} could not be judged; its minute will be", symbol);
            }
        }
    }

    /// <summary>Judges prices by a tick. One that is old or not to be believed triggers nothing; its minute will tell.</summary>
    async ValueTask Judge(PriceTicked tick, CancellationToken stop)
    {
        await _turn.WaitAsync(stop);
        try
        {
            if (tick.Source != Source || _prices.Count == 0)
            {
                return;
            }
            var now = tools.Clock.GetUtcNow();
            var age = now + tools.ExchangeAhead - tick.At;
            var outcome = age > tools.Rules.Stale || age < -tools.Rules.Stale ? "stale" : IsDoubtful(tick) ? "doubted" : "judged";
            AlertMeter.Ticks.Add(1, new KeyValuePair<string, object?>("outcome", outcome));
            if (outcome == "judged")
            {
                _prices.Tick(tick.Price, tick.Low, tick.High, tick.At.ToUnixTimeMilliseconds(), _due);
                await Hand(tick.ReceivedAt, isLate: false, stop);
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>A price far from the one before is believed when the next tick is there as well.</summary>
    bool IsDoubtful(PriceTicked tick)
    {
        var far = 1 + tools.Rules.Credible;
        if (!(tick.Low > 0) || !double.IsFinite(tick.High))
        {
            return true;
        }
        if (double.IsNaN(_prices.Last) || (tick.Low * far >= _prices.Last && tick.High <= _prices.Last * far))
        {
            _doubted = null;
            return false;
        }
        var isConfirmed = _doubted is { } before && tick.Low * far >= before.Price && tick.High <= before.Price * far;
        _doubted = isConfirmed ? null : tick;
        return !isConfirmed;
    }

    /// <summary>The timeframes whose candles are judged, shortest first.</summary>
    public Task<IReadOnlyList<Timeframe>> Wanted(CancellationToken stop) =>
        InTurn<IReadOnlyList<Timeframe>>(() => [.. _formulas.Groups.Select(group => group.Timeframe).Append(Timeframe.M1).Distinct().Order()], stop);

    /// <summary>From when on the oldest of some alerts counts; null where there is none.</summary>
    public Task<DateTimeOffset?> OldestOf(Func<WatchedAlert, bool> which, CancellationToken stop) =>
        InTurn(() => _alerts.Values.Where(which).Select(static alert => (long?)alert.ArmedAt).Min() is { } oldest ? CandleTable.TimeOf(oldest) : (DateTimeOffset?)null, stop);

    /// <summary>The formulas that are to see the candles before the first they are judged on.</summary>
    public Task<IReadOnlyList<FormulaGroup>> Unsettled(Timeframe timeframe, DateTimeOffset now, CancellationToken stop) => InTurn(() => FindUnsettled(timeframe, now), stop);

    IReadOnlyList<FormulaGroup> FindUnsettled(Timeframe timeframe, DateTimeOffset now) => [.. _unsettled.Where(one => one.Key.Timeframe == timeframe && one.Value <= now).Select(one => one.Key)];

    async Task<T> InTurn<T>(Func<T> ask, CancellationToken stop)
    {
        await _turn.WaitAsync(stop);
        try
        {
            return ask();
        }
        finally
        {
            _turn.Release();
        }
    }

    /// <summary>Stands where judging stood: with the minutes of the open day before it, and the close that crossings count from.</summary>
    public Task Begin(MarketSource source, CandleSlice day, double? close, CancellationToken stop) => InTurn(
        () =>
        {
            _unsettled.Clear();
            foreach (var group in _formulas.Groups)
            {
                _unsettled[group] = DateTimeOffset.MinValue;
            }
            _formulas.Begin(day);
            if (close is { } last)
            {
                _prices.Begin(last);
            }
            Source = _count > 0 ? source : null;
            return true;
        },
        stop);

    /// <summary>
    /// Judges the next candles of a series, after formulas that were not settled yet have seen those before. False where that cannot be: another
    /// formula came meanwhile that is to be settled first, or nobody waits any more.
    /// </summary>
    public async Task<bool> Judge(SeriesKey series, CandleSlice candles, IReadOnlyDictionary<FormulaGroup, CandleSlice> before, ProgressMark mark, DateTimeOffset? receivedAt, CancellationToken stop)
    {
        await _turn.WaitAsync(stop);
        try
        {
            var now = tools.Clock.GetUtcNow();
            if (Source != series.Source || FindUnsettled(series.Timeframe, now).Any(group => !before.ContainsKey(group)))
            {
                return false;
            }
            Settle(before, now);
            await Judge(series.Timeframe, candles, receivedAt, stop);
            await writer.Offer(mark, stop);
            return true;
        }
        catch (Exception) when (!stop.IsCancellationRequested)
        {
            // What is in memory may be ahead of what was handed on; the next call begins anew at the table.
            Source = null;
            _due.Clear();
            throw;
        }
        finally
        {
            _turn.Release();
        }
    }

    void Settle(IReadOnlyDictionary<FormulaGroup, CandleSlice> before, DateTimeOffset now)
    {
        foreach (var (group, candles) in before.Where(one => _unsettled.ContainsKey(one.Key)))
        {
            group.Settle(candles);
            if (candles.Count >= group.CandlesToSettle)
            {
                _unsettled.Remove(group);
            }
            else
            {
                _unsettled[group] = now + BetweenSettlings;
            }
        }
    }

    async Task Judge(Timeframe timeframe, CandleSlice candles, DateTimeOffset? receivedAt, CancellationToken stop)
    {
        for (var i = 0; i < candles.Count; i++)
        {
            var candle = candles[i];
            if (timeframe == Timeframe.M1)
            {
                _prices.Minute(candle, _due);
                _formulas.Minute(candle, _due);
            }
            _formulas.Close(timeframe, candle, _due);
            if (_due.Count > 0)
            {
                var now = tools.Clock.GetUtcNow();
                var isLate = now - CandleTable.TimeOf(timeframe.CloseOf(candle.OpenTime)) > tools.Rules.Late;
                await Hand(isLate ? now : receivedAt ?? now, isLate, stop);
            }
        }
    }

    /// <summary>Judges news of patterns or signals: for all who wait for them, or for one alert alone.</summary>
    public async Task Hear(JudgedOn of, IReadOnlyList<MarketNews> news, WatchedAlert? only, CancellationToken stop)
    {
        await _turn.WaitAsync(stop);
        try
        {
            foreach (var one in news)
            {
                var at = one.KnownAt.ToUnixTimeMilliseconds();
                foreach (var alert in _alerts.Values.Where(alert => alert.Terms.JudgedOn == of && (only is null || only == alert) && at >= alert.ArmedAt && alert.MayTell(at) && NewsRules.Fits(alert.Terms, one)).ToList())
                {
                    alert.Tell(at, one.Series.Timeframe.BucketOf(at - 1));
                    await Hand(alert, one, stop);
                }
            }
        }
        finally
        {
            _turn.Release();
        }
    }

    async Task Hand(WatchedAlert alert, MarketNews news, CancellationToken stop)
    {
        var now = tools.Clock.GetUtcNow();
        await writer.Offer(
            new PendingTrigger(alert, news.Occasion, news.Series.Source, news.Text)
            {
                Price = news.Price,
                Timeframe = news.Series.Timeframe,
                Bar = CandleTable.TimeOf(news.Series.Timeframe.BucketOf(news.KnownAt.ToUnixTimeMilliseconds() - 1)),
                IsLate = now - news.KnownAt > tools.Rules.Late,
                ExchangeAt = news.KnownAt,
                ReceivedAt = news.RecordedAt,
                EvaluatedAt = now,
                Direction = news.Direction == AlertDirection.Bullish ? Direction.Bullish : Direction.Bearish,
                Confluence = news.Confluence,
            },
            stop);
        DropIfDone(alert);
    }

    /// <summary>One that told once is done; were the trigger not written because the alert was changed meanwhile, it comes back as it is then.</summary>
    void DropIfDone(WatchedAlert alert)
    {
        if (alert.RestsUntil == FiringRule.Never)
        {
            Drop(alert.Id);
        }
    }

    /// <summary>Hands what was found to the writer; waits while it is behind.</summary>
    async Task Hand(DateTimeOffset receivedAt, bool isLate, CancellationToken stop)
    {
        if (_due.Count == 0)
        {
            return;
        }
        var now = tools.Clock.GetUtcNow();
        foreach (var due in _due)
        {
            await writer.Offer(
                new PendingTrigger(due.Alert, OccasionOf(due), Source!, due.Alert.Terms.Description)
                {
                    Price = due.Price,
                    Value = due.Value,
                    Timeframe = due.Alert.Terms.Timeframe,
                    Bar = CandleTable.TimeOf(due.Bar),
                    IsLate = isLate,
                    ExchangeAt = CandleTable.TimeOf(due.At),
                    ReceivedAt = receivedAt,
                    EvaluatedAt = now,
                },
                stop);
            DropIfDone(due.Alert);
        }
        _due.Clear();
    }

    /// <summary>
    /// The bar it counts by, under the version the alert was armed with: however it is found, again after a crash or by a tick and its minute, it is the
    /// same occasion; one that was armed anew within the bar has another.
    /// </summary>
    static string OccasionOf(Due due) => FormattableString.Invariant(
        $"bar:{due.Alert.Version}:{(due.Alert.Terms.Rule.Repeat == Repeat.OncePerBar ? due.Alert.Terms.Rule.Bar.BucketOf(due.Bar) : due.Alert.Terms.IsIntrabar ? due.At : due.Bar)}");

    public void Dispose()
    {
        AlertMeter.Watched.Add(-_alerts.Count);
        _turn.Dispose();
    }
}
