using Tidemark.Quant.Series;
using static Tidemark.Market.MadeUpCandles;

namespace Tidemark.Market.Candles;

public sealed class Longer_timeframes_follow_the_minutes(CandleRoom room) : IClassFixture<CandleRoom>
{
    static readonly Timeframe[] Targets = [.. Timeframe.Standard.Skip(1)];
    const int ThreeDays = 3 * 1_440;

    [Theory]
    [InlineData("EVEN", 1)]
    [InlineData("ODD", 97)]
    public async Task Step_by_step_equals_all_at_once(string name, int step)
    {
        var symbol = new Symbol(name, "USDT");
        var minutes = MadeUpCandles.Of(ThreeDays + 77).Without(candle => candle.OpenTime / 60_000 % 1_440 is > 800 and < 1_000 or 1_439);
        step = step == 1 ? 700 : step;
        for (var i = 0; i < minutes.Count; i += step)
        {
            await room.Store.Save(new(Source, symbol, Timeframe.M1), minutes.Slice(i, Math.Min(step, minutes.Count - i)), default);
            await room.Aggregation.Extend(Source, symbol, default);
        }

        var ladder = AllAtOnce(minutes);
        foreach (var target in Targets)
        {
            (await Stored(symbol, target)).ShouldBe(ladder.Closed(target).List(), target.ToString());
        }
    }

    [Fact]
    public async Task A_rebuilt_range_holds_what_its_minutes_say_now()
    {
        var symbol = new Symbol("MEND", "USDT");
        var whole = MadeUpCandles.Of(ThreeDays);
        var holed = whole.Without(candle => candle.OpenTime / 60_000 % 1_440 is > 100 and < 300);
        var key = new SeriesKey(Source, symbol, Timeframe.M1);
        await room.Store.Save(key, holed.All(), default);
        await room.Aggregation.Extend(Source, symbol, default);
        await room.Store.Save(key, whole.All(), default);

        await room.Aggregation.Rebuild(Source, symbol, Start.AddDays(1).AddHours(3), Start.AddDays(1).AddHours(4), default);

        var hours = await Stored(symbol, Timeframe.H1);
        var all = AllAtOnce(whole).Closed(Timeframe.H1).List();
        var before = AllAtOnce(holed).Closed(Timeframe.H1).List();
        hours.Where(InSecondDay).ShouldBe(all.Where(InSecondDay));
        hours.Where(candle => !InSecondDay(candle)).ShouldBe(before.Where(candle => !InSecondDay(candle)));

        await room.Aggregation.RebuildAll(Source, symbol, default);

        (await Stored(symbol, Timeframe.H1)).ShouldBe(all);
        (await Stored(symbol, Timeframe.D1)).ShouldBe(AllAtOnce(whole).Closed(Timeframe.D1).List());
    }

    [Fact]
    public async Task Minutes_that_come_late_or_go_are_followed_whoever_was_cut_off_before()
    {
        var symbol = new Symbol("LATE", "USDT");
        var whole = MadeUpCandles.Of(ThreeDays + 500);
        var key = new SeriesKey(Source, symbol, Timeframe.M1);
        var newest = whole.Without(candle => candle.OpenTime < Start.AddDays(1).ToUnixTimeMilliseconds() || candle.OpenTime / 60_000 % 1_440 is > 100 and < 300);
        await room.Store.Save(key, newest.All(), default);
        await room.Aggregation.Align(Source, symbol, default);

        // Older days and late minutes are stored, and who stored them died before the longer candles were made.
        await room.Store.Save(key, whole.Slice(0, 1_440), default);
        await room.Store.Save(key, whole.All(), default);
        await room.Aggregation.Align(Source, symbol, default);
        await Everything_follows(symbol, whole);

        await room.Store.Delete(key, Start.AddHours(30), Start.AddHours(31), default);
        await room.Aggregation.Align(Source, symbol, default);
        await Everything_follows(symbol, whole.Without(candle => candle.OpenTime >= Start.AddHours(30).ToUnixTimeMilliseconds() && candle.OpenTime < Start.AddHours(31).ToUnixTimeMilliseconds()));
        (await room.Scalar<long>($"SELECT count(*) FROM candle_series s JOIN market_symbols y ON y.id = s.symbol WHERE y.name = '{symbol}' AND stale_from IS NOT NULL")).ShouldBe(0);
    }

    async Task Everything_follows(Symbol symbol, CandleSeries minutes)
    {
        var ladder = AllAtOnce(minutes);
        foreach (var target in Targets)
        {
            (await Stored(symbol, target)).ShouldBe(ladder.Closed(target).List(), target.ToString());
        }
    }

    static TimeframeLadder AllAtOnce(CandleSeries minutes)
    {
        var ladder = new TimeframeLadder(Timeframe.M1, Targets, minutes.Count);
        ladder.Next(minutes.All());
        return ladder;
    }

    static bool InSecondDay(Candle candle) => candle.OpenTime >= Start.AddDays(1).ToUnixTimeMilliseconds() && candle.OpenTime < Start.AddDays(2).ToUnixTimeMilliseconds();

    async Task<List<Candle>> Stored(Symbol symbol, Timeframe timeframe) => (await room.Store.Load(new(Source, symbol, timeframe), Start, Start.AddDays(40), default)).List();
}
