using Tidemark.Simulator.Markets;

namespace Tidemark.Simulator.Synthetic;

public sealed class A_made_up_market
{
    [Fact]
    public void Is_the_same_for_the_same_seed_and_another_for_another()
    {
        var first = Stretches.Tape("BTCUSDT").Bars(Stretches.Monday, 3_000);

        first.ShouldBe(Stretches.Tape("BTCUSDT").Bars(Stretches.Monday, 3_000));
        first.Select(bar => bar.Close).ShouldNotBe(Stretches.Tape("BTCUSDT", seed: 8).Bars(Stretches.Monday, 3_000).Select(bar => bar.Close));
        first.Select(bar => bar.Volume).ShouldNotBe(Stretches.Tape("ETHUSDT").Bars(Stretches.Monday, 3_000).Select(bar => bar.Volume));
    }

    [Fact]
    public void Shows_the_same_stretch_whatever_was_asked_before()
    {
        var wanderer = Stretches.Tape("SOLUSDT");
        var random = new Random(11);
        for (var i = 0; i < 60; i++)
        {
            wanderer.Minute(Stretches.Monday - random.Next(2_000_000));
        }

        for (var i = 0; i < 20; i++)
        {
            var minute = Stretches.Monday + random.Next(40_000);
            wanderer.Minute(minute).ShouldBe(Stretches.Tape("SOLUSDT").Minute(minute));
        }
    }

    [Fact]
    public void Does_not_depend_on_which_other_symbols_are_listed()
    {
        var alone = Exchange.Synthetic(5, Listing.Of(["ADAUSDT"])).Find("ADAUSDT")!.Market;
        var amongAll = Exchange.Synthetic(5, Listing.All).Find("ADAUSDT")!.Market;

        amongAll.Tape.Minute(Stretches.Monday).ShouldBe(alone.Tape.Minute(Stretches.Monday));
    }

    [Theory]
    [InlineData("BTCUSDT")]
    [InlineData("XRPUSDT")]
    [InlineData("SHIBUSDT")]
    [InlineData("ATOMUSDT")]
    public void Has_sane_bars(string symbol)
    {
        foreach (var bar in Stretches.Tape(symbol).Bars(Stretches.Monday, 7 * Stretches.Day))
        {
            bar.Low.ShouldBePositive();
            bar.High.ShouldBeGreaterThanOrEqualTo(Math.Max(bar.Open, bar.Close));
            bar.Low.ShouldBeLessThanOrEqualTo(Math.Min(bar.Open, bar.Close));
            bar.Volume.ShouldBePositive();
            bar.TakerVolume.ShouldBeInRange(0, bar.Volume);
            (bar.Turnover >= (Int128)bar.Low * bar.Volume && bar.Turnover <= (Int128)bar.High * bar.Volume).ShouldBeTrue();
            bar.Trades.ShouldBeGreaterThanOrEqualTo(4);
        }
    }

    [Theory]
    [InlineData("BTCUSDT")]
    [InlineData("DOGEUSDT")]
    public void Goes_on_from_minute_to_minute_without_a_break_in_price_or_ids(string symbol)
    {
        var tape = Stretches.Tape(symbol);
        var bars = tape.Bars(Stretches.Monday - 5_000, 12_000);
        for (var i = 1; i < bars.Length; i++)
        {
            var gap = Math.Abs(bars[i].Open - bars[i - 1].Close);
            var step = Math.Max(2.0, bars[i].Close * 0.003);
            ((double)gap).ShouldBeLessThan(step);
            bars[i].FirstTrade.ShouldBe(bars[i - 1].LastTrade + 1);
            bars[i].OpenTime.ShouldBe(bars[i - 1].OpenTime + 60_000);
        }
    }

    [Fact]
    public void Goes_on_over_the_borders_of_its_largest_stretches()
    {
        var tape = Stretches.Tape("BTCUSDT");
        var border = ((SyntheticTape.UsualFirstMinute >> Factor.TopLevel) + 1) << Factor.TopLevel;

        var before = tape.Minute(border - 1);
        var after = tape.Minute(border);

        Math.Abs((after.Open / (double)before.Close) - 1).ShouldBeLessThan(0.003);
        after.FirstTrade.ShouldBe(before.LastTrade + 1);
    }

    [Fact]
    public void Stays_near_its_price_level_over_the_years()
    {
        foreach (var instrument in Listing.All)
        {
            var tape = new SyntheticTape(7, instrument);
            for (var month = 0; month < 84; month++)
            {
                var price = tape.Minute(tape.FirstMinute + (month * 43_200)).Close * instrument.TickSize;
                price.ShouldBeInRange(instrument.TypicalPrice / 12, instrument.TypicalPrice * 12);
            }
        }
    }

    [Fact]
    public void Finds_the_minute_of_any_trade()
    {
        var tape = Stretches.Tape("LINKUSDT");
        foreach (var minute in (long[])[tape.FirstMinute, tape.FirstMinute + 777_777, Stretches.Monday])
        {
            var trades = tape.Trades(minute);
            tape.MinuteOf(trades[0].Id).ShouldBe(minute);
            tape.MinuteOf(trades[^1].Id).ShouldBe(minute);
        }
    }
}
