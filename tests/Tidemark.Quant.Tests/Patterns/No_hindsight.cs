using FsCheck;
using FsCheck.Fluent;
using Tidemark.Quant.Patterns.Hindsight;
using Tidemark.Quant.Series;

namespace Tidemark.Quant.Patterns;

public sealed class No_hindsight
{
    static readonly PatternOptions EveryOption = new() { Gaps = GapVariant.GapAndCloseAndThreshold, SwingInvalidation = true, AverageRangeExpiry = true };

    [Fact]
    public void A_run_over_the_first_candles_equals_the_full_run_up_to_there() =>
        Prop.ForAll(Walk.Any, candles => Rewritten(candles, null) == 0 && Rewritten(candles, EveryOption) == 0).Check(Config.QuickThrowOnFailure.WithMaxTest(60));

    [Fact]
    public void Facts_come_in_the_order_in_which_they_become_known() =>
        Prop.ForAll(Walk.Any, candles =>
        {
            var facts = FactRecorder.FactsOf(candles.All(), Timeframe.M15);
            return facts.Zip(facts.Skip(1)).All(pair => pair.First.KnownIndex <= pair.Second.KnownIndex)
                && facts.All(fact => fact.KnownIndex >= 0 && fact.KnownIndex < candles.Count);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(60));

    [Fact]
    public void Open_patterns_of_a_stream_are_those_of_a_batch() =>
        Prop.ForAll(Walk.Any, candles =>
        {
            var engine = new PatternEngine(Timeframe.M15);
            var stream = new PatternLog();
            for (var i = 0; i < candles.Count; i++)
            {
                engine.Next(candles[i], stream);
                stream.TakeOpen(engine);
            }

            var batch = PatternLog.Of(candles.All(), Timeframe.M15);
            return stream.Patterns.SequenceEqual(batch.Patterns) && stream.Lives.SequenceEqual(batch.Lives);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(40));

    [Fact]
    public void Real_candles_show_none_either()
    {
        using var text = new StreamReader(SharedCases.Path("data/lean_bybit_btcusdt_1m.csv"));
        var candles = CandleCsv.Read(text);

        var count = RewriteCheck.OfPatterns(candles.All(), Timeframe.M1, cuts: 40);

        count.Rewritten.ShouldBe(0);
        count.Facts.ShouldBeGreaterThan(500);
    }

    [Fact]
    public void A_detector_that_looks_at_later_candles_is_caught()
    {
        var candles = Walk.Of(1, 300);

        var count = RewriteCheck.Count(candles.All(), CentredSwings, Enumerable.Range(1, 299));

        count.Rewritten.ShouldBeGreaterThan(count.Facts / 2);
    }

    [Fact]
    public void The_count_reads_as_a_sentence() => new RewriteCount(1_204, 0).ToString().ShouldBe("0 of 1,204 rewritten");

    static int Rewritten(CandleSeries candles, PatternOptions? options) => RewriteCheck.OfPatterns(candles.All(), Timeframe.M15, options, cuts: 5).Rewritten;

    // Claims to know a swing high at its own close, which only the next candles can tell.
    static List<KnownFact> CentredSwings(CandleSlice candles)
    {
        var facts = new List<KnownFact>();
        for (var i = 0; i < candles.Count; i++)
        {
            var next = Math.Min(i + 1, candles.Count - 1);
            if (candles.Highs[i] >= candles.Highs[next] && (i == 0 || candles.Highs[i] > candles.Highs[i - 1]))
            {
                facts.Add(new KnownFact(i, candles.Highs[i]));
            }
            else
            {
                facts.Add(new KnownFact(i, -candles.Highs[next]));
            }
        }

        return facts;
    }
}
