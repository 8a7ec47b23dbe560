using Tidemark.Quant.Series;

namespace Tidemark.Market.Candles;

/// <summary>Makes the longer timeframes of a symbol from its stored minutes and stores them. A bucket is stored once its end has come.</summary>
public sealed class CandleAggregation(CandleStore store, SeriesCatalog catalog)
{
    /// <summary>Days that are aggregated at a time, so that years of minutes need no years of memory.</summary>
    const int DaysAStep = 30;

    static readonly Timeframe[] Targets = [.. Timeframe.Standard.Skip(1)];

    /// <summary>Stores what newer minutes complete and answers how many candles that is. Reads no further back than the longest open bucket.</summary>
    public async Task<int> Extend(MarketSource source, Symbol symbol, CancellationToken stop)
    {
        var stored = (await catalog.Stored(stop)).Where(series => series.Key.Source == source && series.Key.Symbol == symbol).ToDictionary(series => series.Key.Timeframe);
        if (!stored.TryGetValue(Timeframe.M1, out var minutes) || minutes is not { FirstOpen: { } first, LastOpen: { } last })
        {
            return 0;
        }
        var next = Targets.ToDictionary(target => target, target => stored.GetValueOrDefault(target)?.LastOpen is { } newest && newest >= first ? newest.AddMinutes(target.Minutes) : DateTimeOffset.MinValue);
        var from = next.Values.Min();
        var count = 0;
        for (var day = DayOf(from > first ? from : first); day <= last; day = day.AddDays(DaysAStep))
        {
            var made = await Aggregate(source, symbol, day, day.AddDays(DaysAStep), stop);
            foreach (var target in Targets)
            {
                count += await SaveFrom(new SeriesKey(source, symbol, target), made.Closed(target), next[target], stop);
            }
        }
        return count;
    }

    async Task<int> SaveFrom(SeriesKey key, CandleSeries candles, DateTimeOffset from, CancellationToken stop)
    {
        var start = from == DateTimeOffset.MinValue ? 0 : candles.IndexAtOrAfter(from.ToUnixTimeMilliseconds());
        return start == candles.Count ? 0 : (await store.Save(key, candles.Slice(start, candles.Count - start), stop)).Stored;
    }

    /// <summary>Makes every longer candle of the days that a range touches anew from the minutes stored now, and answers how many there are.</summary>
    public async Task<int> Rebuild(MarketSource source, Symbol symbol, DateTimeOffset from, DateTimeOffset until, CancellationToken stop, Action<DateTimeOffset>? progress = null)
    {
        var count = 0;
        var end = DayOf(until.AddTicks(-1)).AddDays(1);
        for (var day = DayOf(from); day < end; day = day.AddDays(DaysAStep))
        {
            var stepEnd = day.AddDays(DaysAStep) < end ? day.AddDays(DaysAStep) : end;
            var made = await Aggregate(source, symbol, day, stepEnd, stop);
            foreach (var target in Targets)
            {
                await store.Replace(new SeriesKey(source, symbol, target), day, stepEnd, made.Closed(target).All(), stop);
                count += made.Closed(target).Count;
            }
            progress?.Invoke(stepEnd);
        }
        return count;
    }

    /// <summary>Rebuilds all that the stored minutes of a symbol span.</summary>
    public async Task<int> RebuildAll(MarketSource source, Symbol symbol, CancellationToken stop, Action<DateTimeOffset>? progress = null) =>
        await catalog.Find(new SeriesKey(source, symbol, Timeframe.M1), stop) is { FirstOpen: { } first, LastOpen: { } last }
            ? await Rebuild(source, symbol, first, last.AddMinutes(1), stop, progress)
            : 0;

    /// <summary>The closed buckets of whole days. A minute after the range closes what its last minutes left open.</summary>
    async Task<TimeframeLadder> Aggregate(MarketSource source, Symbol symbol, DateTimeOffset from, DateTimeOffset until, CancellationToken stop)
    {
        var key = new SeriesKey(source, symbol, Timeframe.M1);
        var minutes = await store.ReadTable(key, from, until, stop);
        var ladder = new TimeframeLadder(Timeframe.M1, Targets, minutes.Count);
        ladder.Next(minutes);
        var isCut = minutes.Count > 0 && Timeframe.M1.CloseOf(minutes.Times[^1]) < until.ToUnixTimeMilliseconds();
        if (isCut && await catalog.Find(key, stop) is { LastOpen: { } last } && last >= until)
        {
            ladder.Next(Closing(until, minutes[^1].Close));
        }
        return ladder;
    }

    /// <summary>A minute that opens where the range ends: it ends every bucket of the range, and no longer bucket of its own comes of it.</summary>
    static Candle Closing(DateTimeOffset at, double price) => new(at.ToUnixTimeMilliseconds(), price, price, price, price, 0);

    static DateTimeOffset DayOf(DateTimeOffset time) => new(time.UtcDateTime.Date, TimeSpan.Zero);
}
