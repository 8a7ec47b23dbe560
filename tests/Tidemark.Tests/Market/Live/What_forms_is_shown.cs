using FsCheck;
using FsCheck.Fluent;
using Tidemark.Market.Exchanges;
using Tidemark.Quant.Series;

namespace Tidemark.Market.Live;

public sealed class What_forms_is_shown
{
    static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    [Fact]
    public void An_open_candle_is_what_its_closed_minutes_and_the_forming_one_make() =>
        Prop.ForAll(Gen.Choose(1, 3_000).ToArbitrary(), count =>
        {
            var minutes = MadeUpCandles.Of(count + 1, seed: count);
            var forming = new FormingCandles();
            for (var i = 0; i < count; i++)
            {
                forming.Close(minutes[i]);
            }
            forming.Move(minutes[count]);
            return Timeframe.Standard.All(timeframe => Same(forming.Of(timeframe)!.Value, Whole(minutes, timeframe)));
        }).QuickCheckThrowOnFailure();

    /// <summary>The bucket of the last minute, made of all minutes in it.</summary>
    static Candle Whole(CandleSeries minutes, Timeframe timeframe)
    {
        var bucket = timeframe.BucketOf(minutes.Times[^1]);
        var inside = minutes.List().Where(minute => minute.OpenTime >= bucket).ToList();
        return new Candle(bucket, inside[0].Open, inside.Max(minute => minute.High), inside.Min(minute => minute.Low), inside[^1].Close, inside.Sum(minute => minute.Volume), inside.Count);
    }

    static bool Same(Candle left, Candle right) => left with { Volume = 0 } == right with { Volume = 0 } && Math.Abs(left.Volume - right.Volume) <= 1e-9 * right.Volume;

    [Fact]
    public void Nothing_forms_where_nothing_was_heard_and_older_news_changes_nothing()
    {
        var forming = new FormingCandles();
        forming.Of(Timeframe.M5).ShouldBeNull();
        var minutes = MadeUpCandles.Of(2);

        forming.Move(minutes[1]).ShouldBeTrue();
        forming.Move(minutes[0]).ShouldBeFalse();

        forming.Of(Timeframe.M1).ShouldBe(minutes[1]);
    }

    [Fact]
    public async Task Ticks_that_nobody_took_become_one_that_crossed_everything_they_crossed()
    {
        var market = new LiveMarket();
        var bitcoin = MadeUpCandles.Bitcoin;
        market.Watch(MadeUpCandles.Source, [bitcoin]);
        var symbol = market.Find(bitcoin)!;
        foreach (var (price, i) in new[] { 100m, 90m, 120m, 110m }.Select((price, i) => (price, i)))
        {
            symbol.Traded(new Trade(i, price, 1, Noon.AddSeconds(i), false), Noon.AddSeconds(i + 0.1));
            market.TellMoved(symbol);
        }

        using var enough = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var ticks = market.Ticks(enough.Token).GetAsyncEnumerator(enough.Token);
        (await ticks.MoveNextAsync()).ShouldBeTrue();

        ticks.Current.ShouldBe(new PriceTicked(MadeUpCandles.Source, bitcoin, 110, 90, 120, Noon.AddSeconds(3), Noon.AddSeconds(3.1)));
        symbol.TakeTick().ShouldBeNull();
        market.IsWatched(bitcoin).ShouldBeTrue();
        market.IsWatched(new Symbol("ETH", "USDT")).ShouldBeFalse();
    }
}
