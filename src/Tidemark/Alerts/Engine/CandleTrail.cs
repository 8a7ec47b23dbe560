using Tidemark.Alerts.Judging;
using Tidemark.Market;
using Tidemark.Market.Candles;
using Tidemark.Market.Quality;
using Tidemark.Quant.Series;

namespace Tidemark.Alerts.Engine;

/// <summary>
/// Leads a judge along the stored candles of its symbol, in order and leaving none out. Ticks are quick and may be lost; the closed minute behind
/// them is complete, and after a pause it is all there is.
/// </summary>
sealed class CandleTrail(SymbolJudge judge, EngineTools tools, TriggerWriter writer) : IDisposable
{
    const int Stretch = 5_000;

    /// <summary>Where more is wanted, candles are read past the memory that pages read from.</summary>
    const int FromMemory = 5_000;

    readonly SemaphoreSlim _walk = new(1);
    readonly Dictionary<Timeframe, DateTimeOffset> _judged = [];
    string? _waits;

    /// <summary>Since when this trail is followed: patience with what is missing is counted from there, as nobody looked before.</summary>
    public DateTimeOffset? BeganAt { get; private set; }

    /// <summary>Has every stored candle judged that was not judged yet.</summary>
    public async Task CatchUp(MarketSource source, DateTimeOffset? receivedAt, CancellationToken stop)
    {
        await _walk.WaitAsync(stop);
        try
        {
            if (judge.Count == 0 || (judge.Source != source && !await Begin(source, stop)))
            {
                return;
            }
            foreach (var timeframe in await judge.Wanted(stop))
            {
                await Follow(new SeriesKey(source, judge.Symbol, timeframe), receivedAt, stop);
            }
        }
        finally
        {
            _walk.Release();
        }
    }

    /// <summary>Goes to where judging stood when it was last committed; false where nobody waits any more.</summary>
    async Task<bool> Begin(MarketSource source, CancellationToken stop)
    {
        _judged.Clear();
        BeganAt ??= tools.Clock.GetUtcNow();
        var minutes = new SeriesKey(source, judge.Symbol, Timeframe.M1);
        var stored = await tools.Progress.Find(minutes, stop);
        if (await judge.OldestOf(static _ => true, stop) is not { } oldest)
        {
            return false;
        }
        var from = _judged[Timeframe.M1] = Later(stored?.Until, Timeframe.M1.Floor(oldest));
        var day = await tools.Store.ReadTable(minutes, Timeframe.D1.Floor(from), from, stop);
        var last = await tools.Store.ReadTable(minutes, from.AddMinutes(-10), from, stop);
        await judge.Begin(source, day, last.Count > 0 ? last.Closes[^1] : null, stop);
        return true;
    }

    static DateTimeOffset Later(DateTimeOffset? left, DateTimeOffset right) => left > right ? left.Value : right;

    async Task Follow(SeriesKey series, DateTimeOffset? receivedAt, CancellationToken stop)
    {
        var id = await tools.Catalog.IdOf(series, stop);
        if (!_judged.TryGetValue(series.Timeframe, out var judged))
        {
            if (await judge.OldestOf(alert => alert.Terms.Formula is not null && alert.Terms.Timeframe == series.Timeframe, stop) is not { } oldest)
            {
                return;
            }
            judged = _judged[series.Timeframe] = Later((await tools.Progress.Find(series, stop))?.Until, series.Timeframe.Floor(oldest));
        }
        while (judge.Source == series.Source)
        {
            var now = tools.Clock.GetUtcNow();
            var length = TimeSpan.FromMinutes(series.Timeframe.Minutes);
            var until = judged + (Stretch * length) < now + length ? judged + (Stretch * length) : now + length;
            var found = await tools.Store.Load(series, judged, until, stop);
            var candles = await WithoutOpenGaps(series, found, judged, now, stop);
            if (candles.Count == 0)
            {
                var isHole = found.Count > 0 || (until < now && await HasLater(series, until, stop));
                if (isHole && found.Count == 0 && !await MayBeFilled(series, new GapRange(judged, until), now, stop))
                {
                    judged = _judged[series.Timeframe] = until;
                    continue;
                }
                await Wait(series, id, judged, isHole, now, stop);
                return;
            }
            var reached = CandleTable.TimeOf(series.Timeframe.CloseOf(candles.Times[^1]));
            var mark = new ProgressMark(series, id, reached, series.Timeframe == Timeframe.M1 ? candles.Closes[^1] : null, null);
            if (await judge.Judge(series, candles, await Before(series, judged, now, stop), mark, receivedAt, stop))
            {
                judged = _judged[series.Timeframe] = reached;
                _waits = null;
            }
        }
    }

    async Task<bool> HasLater(SeriesKey series, DateTimeOffset after, CancellationToken stop) =>
        await tools.Catalog.Find(series, stop) is { LastOpen: { } last } && last >= after;

    /// <summary>What new formulas are to see before the first candle they are judged on.</summary>
    async Task<IReadOnlyDictionary<FormulaGroup, CandleSlice>> Before(SeriesKey series, DateTimeOffset judged, DateTimeOffset now, CancellationToken stop)
    {
        var waiting = await judge.Unsettled(series.Timeframe, now, stop);
        if (waiting.Count == 0)
        {
            return new Dictionary<FormulaGroup, CandleSlice>();
        }
        var wanted = waiting.Max(group => group.CandlesToSettle);
        var from = judged - (wanted * TimeSpan.FromMinutes(series.Timeframe.Minutes));
        var before = wanted <= FromMemory ? await tools.Store.Load(series, from, judged, stop) : await tools.Store.ReadTable(series, from, judged, stop);
        return waiting.ToDictionary(group => group, group => before.Slice(Math.Max(0, before.Count - group.CandlesToSettle), Math.Min(before.Count, group.CandlesToSettle)));
    }

    /// <summary>Says in the table why judging does not go on, where it should.</summary>
    async Task Wait(SeriesKey series, SeriesId id, DateTimeOffset judged, bool hasGap, DateTimeOffset now, CancellationToken stop)
    {
        if (series.Timeframe != Timeframe.M1 || now - judged < TimeSpan.FromMinutes(2))
        {
            return;
        }
        var why = await tools.Quality.IsQuarantined(series, judged, stop) ? $"The candle of {judged:HH:mm} UTC was not credible and is kept apart until the exchange tells it rightly."
            : hasGap ? $"The candle of {judged:HH:mm} UTC is missing and is asked for again."
            : tools.LoadProgress.Of(judge.Symbol)?.Trouble ?? $"No candle has come from {series.Source.Name} since.";
        if (why != _waits)
        {
            _waits = why;
            await writer.Offer(new ProgressMark(series, id, judged, null, why.Length > 500 ? why[..500] : why), stop);
        }
    }

    /// <summary>The candles up to the first hole that may still be filled: what is judged past a hole would not be judged once it is.</summary>
    async Task<CandleSlice> WithoutOpenGaps(SeriesKey series, CandleSlice candles, DateTimeOffset from, DateTimeOffset now, CancellationToken stop)
    {
        var expected = from;
        IReadOnlyList<GapRange>? lasting = null;
        for (var i = 0; i < candles.Count; i++)
        {
            var found = CandleTable.TimeOf(candles.Times[i]);
            if (found != expected && IsRecent(series, found, now))
            {
                lasting ??= await Lasting(series, new GapRange(from, CandleTable.TimeOf(candles.Times[^1])), stop);
                if (new GapRange(expected, found).Without(lasting).Any())
                {
                    return candles.Slice(0, i);
                }
            }
            expected = CandleTable.TimeOf(series.Timeframe.CloseOf(candles.Times[i]));
        }
        return candles;
    }

    async Task<bool> MayBeFilled(SeriesKey series, GapRange hole, DateTimeOffset now, CancellationToken stop) =>
        IsRecent(series, hole.Until, now) && hole.Without(await Lasting(series, hole, stop)).Any();

    bool IsRecent(SeriesKey series, DateTimeOffset until, DateTimeOffset now) =>
        now - Later(BeganAt, until.AddMinutes(series.Timeframe.Minutes)) < tools.Rules.PatienceWithRepair;

    /// <summary>What stays missing in a range: what the exchange does not have either, and whatever lies before the first candle, which nobody asks for.</summary>
    async Task<IReadOnlyList<GapRange>> Lasting(SeriesKey series, GapRange range, CancellationToken stop)
    {
        var minutes = series with { Timeframe = Timeframe.M1 };
        var first = (await tools.Catalog.Find(minutes, stop))?.FirstOpen ?? range.Until;
        var accepted = await tools.Quality.Accepted(minutes, range.From, range.Until, stop);
        return first > range.From ? [new GapRange(range.From, first), .. accepted] : accepted;
    }

    public void Dispose() => _walk.Dispose();
}
