using Tidemark.Quant.Patterns.Confluence;
using Tidemark.Quant.Patterns.Outcomes;
using Tidemark.Quant.Patterns.Trading;
using Tidemark.Quant.Series;

namespace Tidemark.Quant.Patterns.Symbols;

public sealed class All_timeframes_of_a_symbol
{
    static readonly Timeframe[] Timeframes = [Timeframe.M15, Timeframe.H1, Timeframe.H2, Timeframe.H4, Timeframe.D1];

    public static TheoryData<int> Seeds => [1, 2, 3, 4, 5, 6];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Say_what_the_latest_active_pattern_of_each_says(int seed)
    {
        var (candles, symbol, _) = Run(seed);

        foreach (var timeframe in Timeframes)
        {
            var log = PatternLog.Of(Closed(candles, timeframe).All(), timeframe);
            var latest = log.Patterns.Zip(log.Lives).LastOrDefault(entry => entry.Second.Status == PatternStatus.Active).First;
            symbol.Views.Single(view => view.Timeframe == timeframe).Direction.ShouldBe(latest.Direction);
            symbol.Shown(timeframe).ShouldBe(OverlapFilter.Shown(
                log.Patterns.Zip(log.Lives).Where(entry => entry.Second.Status == PatternStatus.Active).Select(entry => entry.First), timeframe));
        }

        symbol.Confluence.ShouldBe(ConfluenceScore.Of(symbol.Views));
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Give_on_a_prefix_the_signals_that_the_whole_gives_by_then(int seed)
    {
        var (candles, _, whole) = Run(seed);
        foreach (var length in new[] { 1, candles.Count / 3, candles.Count / 2, candles.Count - 1 })
        {
            var start = candles.Times[length - 1];
            var end = Timeframe.M15.CloseOf(start);
            var signals = new List<Signal>();
            Feed(candles.Slice(0, length), signals);

            // A bucket whose last candles are missing is closed by the next candle, which the prefix may not have.
            signals.Select(signal => Key(signal)).ShouldBe(whole.Take(signals.Count).Select(signal => Key(signal)));
            whole.Skip(signals.Count).ShouldAllBe(signal => signal.KnownAt >= start);
            signals.ShouldAllBe(signal => signal.KnownAt <= end);
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Signal_only_agreement_that_passes_the_gate(int seed)
    {
        var (_, _, signals) = Run(seed);

        signals.ShouldNotBeEmpty();
        signals.ShouldAllBe(signal => signal.Score.Score >= 3 && signal.Score.HasHigherTimeframe && signal.Pattern.Direction == signal.Score.Direction);
        signals.ShouldAllBe(signal => signal.KnownAt == signal.Pattern.KnownAt && signal.Plan!.Direction == signal.Score.Direction);
        foreach (var direction in signals.GroupBy(signal => signal.Score.Direction))
        {
            direction.Zip(direction.Skip(1)).ShouldAllBe(pair => pair.Second.KnownAt - pair.First.KnownAt >= 4 * 3_600_000);
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Record_each_finished_pattern_as_the_batch_does(int seed)
    {
        var (candles, symbol, _) = Run(seed);
        var book = new OutcomeBook();
        foreach (var timeframe in Timeframes)
        {
            foreach (var outcome in Outcomes(Closed(candles, timeframe), timeframe, candles))
            {
                book.Add(outcome);
            }
        }

        symbol.Record.Groups.Keys.Order(Comparer<OutcomeGroup>.Create((left, right) => string.CompareOrdinal($"{left}", $"{right}")))
            .ShouldBe(book.Groups.Keys.Order(Comparer<OutcomeGroup>.Create((left, right) => string.CompareOrdinal($"{left}", $"{right}"))));
        foreach (var (group, expected) in book.Groups)
        {
            var actual = symbol.Record.Groups[group];
            actual.Cases.ShouldBe(expected.Cases, $"{group}");
            actual.TargetBeforeStop.ShouldBe(expected.TargetBeforeStop, $"{group}");
            actual.FillRate.ShouldBe(expected.FillRate, $"{group}");
            actual.HoursToTouch.ShouldBe(expected.HoursToTouch, $"{group}");
            actual.HoursToFill.ShouldBe(expected.HoursToFill, $"{group}");
            actual.Ambiguous.ShouldBe(expected.Ambiguous, $"{group}");
        }
    }

    // Finished patterns whose trades are not running any more, with plans made from what was known at their confirmation.
    static IEnumerable<PatternOutcome> Outcomes(CandleSeries candles, Timeframe timeframe, CandleSeries finer)
    {
        var engine = new PatternEngine(timeframe);
        var log = new PatternLog();
        var plans = new List<TradePlan?>();
        for (var i = 0; i < candles.Count; i++)
        {
            engine.Next(candles[i], log);
            plans.AddRange(log.Patterns.Skip(plans.Count).Select(pattern => TradePlan.Of(pattern, engine.Range)).ToList());
        }

        log.TakeOpen(engine);
        for (var i = 0; i < plans.Count; i++)
        {
            var outcome = PatternOutcome.Of(log.Patterns[i], log.Lives[i], plans[i], candles.All(), timeframe, 0.001, timeframe == Timeframe.M15 ? null : finer);
            if (log.Lives[i].Ended is not null && outcome.Result != TradeResult.Open)
            {
                yield return outcome;
            }
        }
    }

    static (CandleSeries Candles, SymbolPatterns Symbol, List<Signal> Signals) Run(int seed)
    {
        var walk = Walk.Of(seed, 6_000);
        var count = Enumerable.Range(1, walk.Count).Last(length => Timeframe.M15.CloseOf(walk.Times[length - 1]) % Timeframe.D1.Milliseconds == 0);
        var candles = new CandleSeries();
        for (var i = 0; i < count; i++)
        {
            candles.Append(walk[i]);
        }

        var signals = new List<Signal>();
        return (candles, Feed(candles.All(), signals), signals);
    }

    static SymbolPatterns Feed(CandleSlice candles, List<Signal> signals)
    {
        var symbol = new SymbolPatterns(Timeframe.M15, Timeframes, costPerSide: 0.001);
        for (var i = 0; i < candles.Count; i++)
        {
            symbol.Next(candles[i], signals);
        }

        return symbol;
    }

    static CandleSeries Closed(CandleSeries candles, Timeframe timeframe) =>
        timeframe == Timeframe.M15 ? candles : Aggregation.To(timeframe, candles.All(), Timeframe.M15);

    static string Key(Signal signal) => $"{signal.KnownAt} {signal.Score} {signal.Timeframe} {signal.Pattern.Number} {signal.Plan?.Entry} {signal.Plan?.Stop}";
}
