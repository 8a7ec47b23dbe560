using FsCheck;
using FsCheck.Fluent;
using Tidemark.Quant.Series;

namespace Tidemark.Quant.Patterns;

/// <summary>The rules written the slow and obvious way, over the whole series with decimals, against the engine.</summary>
public sealed class Reference_rules
{
    [Fact]
    public void Of_swings_agree() =>
        Prop.ForAll(Walk.Any, candles => Log(candles).Swings
            .Select(swing => (swing.Reach, swing.IsHigh, swing.Pivot.Index)).Order()
            .SequenceEqual(new[] { 3, 5 }.SelectMany(reach => Swings(candles, reach)).Order())).Check(Config.QuickThrowOnFailure);

    [Fact]
    public void Of_gaps_and_their_ends_agree() =>
        Prop.ForAll(Walk.Any, candles => Ends(Log(candles), PatternKind.FairValueGap).SequenceEqual(Gaps(candles))).Check(Config.QuickThrowOnFailure);

    [Fact]
    public void Of_sweeps_agree() =>
        Prop.ForAll(Walk.Any, candles => Log(candles).Patterns.Where(pattern => pattern.Kind == PatternKind.LiquiditySweep)
            .Select(sweep => (sweep.Confirmed.Index, sweep.Direction, sweep.Anchor.Index, sweep.LevelsSwept))
            .SequenceEqual(Sweeps(candles))).Check(Config.QuickThrowOnFailure);

    static PatternLog Log(CandleSeries candles) => PatternLog.Of(candles.All(), Timeframe.M15);

    static IEnumerable<(int Index, Direction Direction, PatternStatus Status, int End)> Ends(PatternLog log, PatternKind kind) =>
        log.Patterns.Zip(log.Lives).Where(entry => entry.First.Kind == kind)
            .Select(entry => (entry.First.Confirmed.Index, entry.First.Direction, entry.Second.Status, entry.Second.Ended?.Index ?? -1));

    static IEnumerable<(int Reach, bool IsHigh, int Pivot)> Swings(CandleSeries candles, int reach)
    {
        for (var pivot = reach; pivot + reach < candles.Count; pivot++)
        {
            var before = Enumerable.Range(pivot - reach, reach).ToList();
            var after = Enumerable.Range(pivot + 1, reach).ToList();
            if (before.All(i => candles[pivot].High > candles[i].High) && after.All(i => candles[pivot].High >= candles[i].High))
            {
                yield return (reach, true, pivot);
            }

            if (before.All(i => candles[pivot].Low < candles[i].Low) && after.All(i => candles[pivot].Low <= candles[i].Low))
            {
                yield return (reach, false, pivot);
            }
        }
    }

    static IEnumerable<(int Index, Direction Direction, PatternStatus Status, int End)> Gaps(CandleSeries candles)
    {
        for (var i = 2; i < candles.Count; i++)
        {
            var (first, last) = (candles[i - 2], candles[i]);
            var rising = first.High < last.Low;
            var (bottom, top) = rising ? ((decimal)first.High, (decimal)last.Low) : ((decimal)last.High, (decimal)first.Low);
            if (last.OpenTime - first.OpenTime != 2 * Timeframe.M15.Milliseconds || bottom >= top || (top - bottom) / bottom * 100 < 0.15m)
            {
                continue;
            }

            var (status, end) = (PatternStatus.Active, -1);
            for (var j = i + 1; j < candles.Count && status == PatternStatus.Active; j++)
            {
                var candle = candles[j];
                var late = candle.OpenTime - last.OpenTime > 24 * 3_600_000;
                status = rising
                    ? Status((decimal)candle.Close < bottom, (decimal)candle.Low <= bottom, late)
                    : Status((decimal)candle.Close > top, (decimal)candle.High >= top, late);
                end = status == PatternStatus.Active ? -1 : j;
            }

            yield return (i, rising ? Direction.Bullish : Direction.Bearish, status, end);
        }
    }

    static PatternStatus Status(bool lost, bool filled, bool late) =>
        lost ? PatternStatus.Invalidated : filled ? PatternStatus.Filled : late ? PatternStatus.Expired : PatternStatus.Active;

    static IEnumerable<(int Index, Direction Direction, int Anchor, int Levels)> Sweeps(CandleSeries candles)
    {
        var swings = Swings(candles, 3).ToList();
        for (var i = 0; i < candles.Count; i++)
        {
            foreach (var high in new[] { true, false })
            {
                decimal Level(int index) => high ? (decimal)candles[index].High : -(decimal)candles[index].Low;
                var close = high ? (decimal)candles[i].Close : -(decimal)candles[i].Close;
                var swept = swings.Where(swing => swing.IsHigh == high)
                    .Select(swing => swing.Pivot)
                    .Where(pivot => pivot + 3 < i && i - pivot <= 50 && Enumerable.Range(pivot + 1, i - pivot - 1).All(between => Level(between) <= Level(pivot)))
                    .Where(pivot => Level(i) > Level(pivot) && close < Level(pivot))
                    .OrderByDescending(Level).ThenByDescending(pivot => pivot)
                    .ToList();
                if (swept.Count > 0 && Math.Abs(Level(i) - Level(swept[0])) / Math.Min(Math.Abs(Level(i)), Math.Abs(Level(swept[0]))) * 100 >= 0.15m)
                {
                    yield return (i, high ? Direction.Bearish : Direction.Bullish, swept[0], swept.Count);
                }
            }
        }
    }
}
