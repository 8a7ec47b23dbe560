using FsCheck;
using FsCheck.Fluent;
using Tidemark.Market.Quality;
using Tidemark.Quant.Series;

namespace Tidemark.Market.Ingest;

public sealed class Minutes_fall_into_place
{
    static readonly DateTimeOffset From = MadeUpCandles.Start;

    [Fact]
    public void Whatever_is_lost_doubled_or_garbled_each_right_minute_is_kept_once_and_the_rest_is_asked_for_again() =>
        Prop.ForAll(Gen.Choose(1, int.MaxValue).ToArbitrary(), Gen.Choose(1, 300).ToArbitrary(), (seed, count) =>
        {
            var truth = MadeUpCandles.Of(count, From, seed);
            var sheet = new MinuteSheet(new GapRange(From, From.AddMinutes(count)));
            var random = new Random(seed);
            for (var answer = 0; answer < 200 && !sheet.IsFull; answer++)
            {
                sheet.Add(Told(truth, random).All());
                var holes = sheet.Holes();
                var isCovered = Enumerable.Range(0, count).All(i => sheet.Told().Good.Times.Contains(truth.Times[i]) || holes.Any(hole => hole.From <= From.AddMinutes(i) && From.AddMinutes(i) < hole.Until));
                if (!isCovered)
                {
                    return false;
                }
            }
            return sheet.Told().Good.List().SequenceEqual(truth.List()) && sheet.Holes().Count == 0;
        }).QuickCheckThrowOnFailure();

    /// <summary>An answer with some rows missing and some that cannot be.</summary>
    static CandleSeries Told(CandleSeries truth, Random random)
    {
        var told = new CandleSeries(truth.Count);
        foreach (var candle in truth.List().Where(_ => random.NextDouble() < 0.7))
        {
            told.Append(random.NextDouble() < 0.3 ? candle with { Low = candle.High + 1 } : candle);
        }
        return told;
    }

    [Fact]
    public void What_was_wrong_once_is_told_with_its_reason_even_when_it_came_right_later()
    {
        var truth = MadeUpCandles.Of(3);
        var sheet = new MinuteSheet(new GapRange(From, From.AddMinutes(3)));

        sheet.Add(truth.With(1, candle => candle with { Volume = -1 }).All());
        sheet.Add(truth.All());

        sheet.Told().Good.List().ShouldBe(truth.List());
        sheet.Told().Bad.ShouldHaveSingleItem().Reason.ShouldBe(SeriesFault.VolumeNegative);
        sheet.Told().Missing.ShouldBe(0);
    }

    [Fact]
    public void Minutes_of_another_time_have_no_place()
    {
        var sheet = new MinuteSheet(new GapRange(From.AddMinutes(10), From.AddMinutes(12)));

        sheet.Add(MadeUpCandles.Of(30).All());

        sheet.Told().Good.Times.ToArray().ShouldBe([From.AddMinutes(10).ToUnixTimeMilliseconds(), From.AddMinutes(11).ToUnixTimeMilliseconds()]);
    }

    [Fact]
    public void Symbols_near_each_other_begin_together_and_stragglers_on_their_own()
    {
        var now = new DateTimeOffset(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
        var (first, second, straggler) = (new Symbol("A", "USDT"), new Symbol("B", "USDT"), new Symbol("C", "USDT"));

        var starts = FetchService.Align(new Dictionary<Symbol, DateTimeOffset> { [first] = now, [second] = now.AddMinutes(-90), [straggler] = now.AddDays(-20) });

        starts[first].ShouldBe(now.AddMinutes(-90));
        starts[second].ShouldBe(now.AddMinutes(-90));
        starts[straggler].ShouldBe(now.AddDays(-20));
        FetchService.Align(new Dictionary<Symbol, DateTimeOffset>()).ShouldBeEmpty();
    }
}
