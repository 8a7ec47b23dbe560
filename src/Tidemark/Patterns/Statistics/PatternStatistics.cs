using System.ComponentModel;
using Tidemark.Market.Candles;
using Tidemark.Patterns.Eyes;

namespace Tidemark.Patterns.Statistics;

/// <summary>How far counting has come.</summary>
public sealed record StatisticsProgress(
    [property: Description("Whether history is being counted at the moment.")] bool IsRunning,
    [property: Description("Candles counted in this round.")] long Done,
    [property: Description("Candles to count in this round.")] long Total,
    [property: Description("The symbol being counted; null between rounds.")] string? Symbol,
    [property: Description("When a symbol was counted last, UTC; null before the first.")] DateTimeOffset? ComputedAt);

/// <summary>Counts the whole stored history of each symbol, where that is new or a day older than when it was last counted.</summary>
public sealed class PatternStatistics(StatisticsTable table, SeriesCatalog catalog, CandleStore store, EyeRules rules, ReliabilityBook book, TimeProvider clock, ILogger<PatternStatistics> log) : IDisposable
{
    const int Stretch = 100_000;
    static readonly TimeSpan Age = TimeSpan.FromDays(1), BetweenCounts = TimeSpan.FromMinutes(30);
    readonly SemaphoreSlim _turn = new(1);
    volatile StatisticsProgress _progress = new(false, 0, 0, null, null);

    public StatisticsProgress Progress => _progress;

    /// <summary>Counts what is due and answers how many symbols that were; all of them where it is forced.</summary>
    public async Task<int> Refresh(bool all, CancellationToken stop)
    {
        await _turn.WaitAsync(stop);
        try
        {
            var due = await Due(all, stop);
            var total = due.Sum(static series => series.Candles);
            long done = 0;
            foreach (var series in due)
            {
                _progress = new(true, done, total, series.Key.Symbol.ToString(), _progress.ComputedAt);
                await Count(series, counted => _progress = _progress with { Done = done + counted }, stop);
                done += series.Candles;
                _progress = _progress with { Done = done, ComputedAt = clock.GetUtcNow() };
            }
            foreach (var of in due.GroupBy(static series => series.Id.Source))
            {
                await table.Pool(of.Key, of.Max(static series => series.LastOpen!.Value), clock.GetUtcNow(), stop);
            }
            if (due.Count > 0)
            {
                await book.Load(stop);
                log.LogInformation("Counted what became of the patterns of {Symbols} symbols in {Candles} candles", due.Count, total);
            }
            return due.Count;
        }
        finally
        {
            _progress = _progress with { IsRunning = false, Symbol = null };
            _turn.Release();
        }
    }

    async Task<IReadOnlyList<StoredSeries>> Due(bool all, CancellationToken stop)
    {
        var runs = (await table.Runs(stop)).ToDictionary(static run => (run.Source, run.Symbol));
        var now = clock.GetUtcNow();
        return [.. (await catalog.Stored(stop)).Where(static series => series.Candles > 0)
            .GroupBy(static series => (series.Id.Source, series.Id.Symbol))
            .Select(static group => group.MinBy(static series => series.Key.Timeframe.Minutes)!)
            .Where(series => all || !runs.TryGetValue((series.Id.Source, series.Id.Symbol), out var run) || IsOld(run, series, now))];
    }

    bool IsOld(StatisticsRun run, StoredSeries series, DateTimeOffset now) =>
        run.Rules != rules.Fingerprint || series.LastOpen - run.Until > Age || (run.FirstOpen != series.FirstOpen && now - run.ComputedAt > BetweenCounts);

    async Task Count(StoredSeries series, Action<long> counted, CancellationToken stop)
    {
        var count = new HistoryCount(series.Key.Timeframe, rules);
        var end = series.LastOpen!.Value.AddMinutes(series.Key.Timeframe.Minutes);
        for (var from = series.FirstOpen!.Value; from < end;)
        {
            var until = from.AddMinutes((double)Stretch * series.Key.Timeframe.Minutes);
            count.Take(await store.ReadTable(series.Key, from, until < end ? until : end, stop));
            counted(count.Candles);
            from = until;
        }
        await table.Store(
            new StatisticsRun(series.Id.Source, series.Id.Symbol, series.FirstOpen.Value, end, count.Candles, clock.GetUtcNow(), rules.Fingerprint, count.Correlations()),
            count.Groups, stop);
    }

    public void Dispose() => _turn.Dispose();
}
