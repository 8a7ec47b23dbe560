using Tidemark.Quant.Series;

namespace Tidemark.Quant.Patterns;

public sealed class Pattern_rules
{
    static readonly Candle[] Gap = [Hour(0, 100, 101, 99, 100.5), Hour(1, 100.5, 106, 100.4, 105.8), Hour(2, 105.8, 108, 103, 107)];

    [Fact]
    public void A_gap_is_confirmed_at_the_close_of_its_third_candle()
    {
        var gap = Log(Gap).Patterns.ShouldHaveSingleItem();

        gap.Zone.ShouldBe(new Zone(101, 103));
        gap.Anchor.Index.ShouldBe(1);
        gap.KnownAt.ShouldBe(3 * 3_600_000);
        gap.Evidence.First.Index.ShouldBe(0);
        gap.Rule.ShouldBe(new PatternRule("fair-value-gap/gap", "minimum=0.15%"));
    }

    [Theory]
    [InlineData(103, 104, PatternStatus.Active, 0)]
    [InlineData(102, 104, PatternStatus.Active, 50)]
    [InlineData(101, 104, PatternStatus.Filled, 100)]
    [InlineData(100, 101, PatternStatus.Filled, 100)]
    [InlineData(100, 100.9, PatternStatus.Invalidated, 100)]
    public void A_gap_is_touched_filled_and_invalidated_by_later_candles(double low, double close, PatternStatus status, double fill)
    {
        var life = Log([.. Gap, Hour(3, 107, 107, low, close)]).Lives[0];

        life.Touched!.Value.Index.ShouldBe(3);
        life.Status.ShouldBe(status);
        life.FillPercent.ShouldBe(fill);
    }

    [Fact]
    public void A_gap_of_exactly_the_least_size_counts_whatever_doubles_say()
    {
        foreach (var price in new[] { 0.00000812, 0.1, 7.3, 100.1, 4_261.48, 69_000.01 })
        {
            var bottom = (decimal)price;
            var top = bottom * 1.0015m;

            new Zone((double)bottom, (double)top).SpansAtLeast(0.15).ShouldBeTrue($"{bottom} to {top}");
            new Zone((double)bottom, (double)(top - (bottom * 0.00000001m))).SpansAtLeast(0.15).ShouldBeFalse();
        }
    }

    [Fact]
    public void The_gap_variants_ask_for_the_middle_candle_too()
    {
        Candle[] weak = [Hour(0, 100, 101, 99, 100.5), Hour(1, 100.5, 106, 100.4, 100.9), Hour(2, 105.8, 108, 103, 107)];

        Log(weak).Patterns.Count.ShouldBe(1);
        Log(weak, new PatternOptions { Gaps = GapVariant.GapAndClose }).Patterns.ShouldBeEmpty();
        Log(Gap, new PatternOptions { Gaps = GapVariant.GapAndClose }).Patterns.Count.ShouldBe(1);
        Log(Gap, new PatternOptions { Gaps = GapVariant.GapAndCloseAndThreshold }).Patterns.ShouldBeEmpty();
    }

    [Fact]
    public void A_failed_order_block_becomes_a_breaker_where_its_leg_took_liquidity()
    {
        var log = Log([.. BlockStart(), Hour(22, 108, 108.5, 101, 101.5)]);

        var block = log.Patterns.Single(pattern => pattern is { Kind: PatternKind.OrderBlock, Direction: Direction.Bullish });
        block.Zone.ShouldBe(new Zone(102, 103.5));
        log.Lives[block.Number - 1].Status.ShouldBe(PatternStatus.Invalidated);
        var breaker = log.Patterns.Single(pattern => pattern.Kind == PatternKind.BreakerBlock);
        breaker.Direction.ShouldBe(Direction.Bearish);
        breaker.Zone.ShouldBe(block.Zone);
        breaker.Origin.ShouldBe(BlockOrigin.OrderBlock);
        breaker.OriginConfirmed.ShouldBe(block.Confirmed);
        breaker.Confirmed.Index.ShouldBe(22);
    }

    [Fact]
    public void A_candidate_is_never_shown_and_fails_into_a_mitigation_block()
    {
        Candle[] quiet = [.. BlockStart()[..21], Hour(21, 102.5, 104.4, 102.4, 104.3)];

        Log(quiet).Patterns.ShouldNotContain(pattern => pattern.Kind == PatternKind.OrderBlock);
        var failed = Log([.. quiet, Hour(22, 104.3, 104.4, 101, 101.5)]).Patterns.Single(pattern => pattern.Origin != BlockOrigin.None);
        failed.Kind.ShouldBe(PatternKind.MitigationBlock);
        failed.Origin.ShouldBe(BlockOrigin.Candidate);
    }

    [Fact]
    public void A_sweep_of_a_taken_level_is_no_sweep()
    {
        Candle[] peak =
        [
            Hour(0, 9.5, 10, 9, 9.5), Hour(1, 10, 11, 9.1, 10.5), Hour(2, 11, 12, 9.2, 11.5), Hour(3, 12, 15, 9.3, 13),
            Hour(4, 12, 13, 9.4, 12), Hour(5, 11.5, 12, 9.5, 11), Hour(6, 11, 11.5, 9.6, 11),
        ];

        Sweeps([.. peak, Hour(7, 11, 15.5, 10.9, 14)]).ShouldBe(1);
        Sweeps([.. peak, Hour(7, 11, 15.5, 10.9, 15.2), Hour(8, 15, 15.4, 10.9, 14)]).ShouldBe(0);
        Sweeps([.. peak, Hour(7, 11, 15, 10.9, 14)]).ShouldBe(0);
    }

    [Theory]
    [InlineData(15, 14)]
    [InlineData(1.5e-9, 1.4e-9)]
    [InlineData(1.5e-12, 1.4e-12)]
    [InlineData(1.5e-200, 1.4e-200)]
    public void A_sweep_completes_exactly_at_twice_its_height_at_any_price(double top, double level)
    {
        var unit = double.Parse($"1e{(int)Math.Floor(Math.Log10(top)) - 1}");
        double Price(double tenths) => double.Parse($"{tenths}e{(int)Math.Round(Math.Log10(unit))}");
        Candle At(int index, double open, double high, double low, double close) => Hour(index, Price(open), Price(high), Price(low), Price(close));
        Candle[] peak =
        [
            At(0, 9.5, 10, 9, 9.5), At(1, 10, 11, 9.1, 10.5), At(2, 11, 12, 9.2, 11.5), At(3, 12, 14, 9.3, 13),
            At(4, 12, 13, 9.4, 12), At(5, 11.5, 12.5, 11.1, 11.2), At(6, 11.2, 12.5, 11.1, 11.2), At(7, 11.2, 12.5, 11.1, 11.2),
            At(8, 13, 15, 12.5, 13.5),
        ];

        Life([.. peak, At(9, 13, 13.2, 12.01, 12.5)]).Status.ShouldBe(PatternStatus.Active);
        Life([.. peak, At(9, 13, 13.2, 12, 12.5)]).Status.ShouldBe(PatternStatus.Completed);
        level.ShouldBe(Price(14));

        PatternLife Life(Candle[] candles)
        {
            var log = Log(candles);
            return log.Lives[log.Patterns.Single(pattern => pattern.Kind == PatternKind.LiquiditySweep).Number - 1];
        }
    }

    [Theory]
    [InlineData(1e6, 1.235e-5)]
    [InlineData(1e6, 9e5)]
    [InlineData(1e300, 1e300)]
    public void One_print_far_out_does_not_blur_what_comes_after(double high, double close)
    {
        var quiet = Enumerable.Range(0, 150).Select(i => Hour(i, 1.2e-5, 1.21e-5, 1.19e-5, i % 2 == 0 ? 1.201e-5 : 1.199e-5)).ToArray();
        Candle[] impulse = [Hour(150, 1.2e-5, 1.2e-5, 1.18e-5, 1.199e-5), Hour(151, 1.2e-5, 1.21e-5, 1.199e-5, 1.2015e-5), Hour(152, 1.2e-5, 1.31e-5, 1.199e-5, 1.29e-5)];
        Candle[] calm = [.. quiet, .. impulse];
        Candle[] wild = [.. calm];
        wild[60] = wild[60] with { High = high, Close = close };

        var expected = Blocks(calm);

        expected.Count.ShouldBe(1);
        Blocks(wild).ShouldBe(expected);

        List<(int, Zone)> Blocks(Candle[] candles) => [.. Log(candles).Patterns
            .Where(pattern => pattern.Kind == PatternKind.OrderBlock && pattern.Confirmed.Index > 100).Select(block => (block.Confirmed.Index, block.Zone))];
    }

    [Fact]
    public void Patterns_expire_after_their_hours_and_with_the_option_sooner_in_wild_markets()
    {
        Timeframe.Standard.Select(PatternExpiry.HoursOf).ShouldBe([4, 12, 24, 48, 72, 120, 168, 336]);
        PatternExpiry.HoursOf(Timeframe.Parse("90m")).ShouldBe(72);
        PatternExpiry.EndOf(1_000, Timeframe.M1, 0.5).ShouldBe(1_000 + (2 * 3_600_000));
    }

    [Fact]
    public void Prices_are_dear_above_the_middle_of_the_range_and_cheap_below_it()
    {
        var range = new DealingRange(100, 110);

        range.Rate(106).ShouldBe(PricePosition.Premium);
        range.Rate(104).ShouldBe(PricePosition.Discount);
        range.Rate(105).ShouldBe(PricePosition.Equilibrium);
        new DealingRange(0.1, 0.7).Rate(0.4).ShouldBe(PricePosition.Equilibrium);
        new DealingRange(110, 100).Rate(105).ShouldBe(PricePosition.Undefined);
    }

    [Fact]
    public void An_engine_refuses_candles_out_of_order_and_senseless_options()
    {
        var engine = new PatternEngine(Timeframe.H1);
        engine.Next(Gap[1], new PatternLog());

        Should.Throw<ArgumentException>(() => engine.Next(Gap[0], new PatternLog()));
        Should.Throw<ArgumentOutOfRangeException>(() => new PatternEngine(Timeframe.H1, new PatternOptions { SweepReach = 51 }));
    }

    [Fact]
    public void Overlapping_patterns_of_a_kind_are_shown_once()
    {
        var gap = Log(Gap).Patterns[0];

        OverlapFilter.Shown([gap, gap with { Number = 2, Zone = new Zone(102, 104) }, gap with { Number = 3, Zone = new Zone(102.9, 105) }], Timeframe.H1)
            .Select(pattern => pattern.Number).ShouldBe([1, 2, 3]);
        OverlapFilter.Shown([gap, gap with { Number = 2, Zone = new Zone(101.2, 103.2) }], Timeframe.H1).Select(pattern => pattern.Number).ShouldBe([1]);
    }

    [Fact]
    public void Overlap_exactly_at_the_limit_hides_whatever_doubles_say()
    {
        foreach (var unit in new[] { 1e-12, 0.0001, 0.1, 1_000 })
        {
            Zone Of(int bottom, int top) => new((double)(bottom * (decimal)unit), (double)(top * (decimal)unit));

            OverlapFilter.Overlap(Of(1_000, 1_010), Of(1_003, 1_013), 0.70).ShouldBeTrue($"{unit}");
            OverlapFilter.Overlap(Of(1_000, 1_010), Of(1_003, 1_013), 0.71).ShouldBeFalse();
            OverlapFilter.OverlapOf(Of(1_000, 1_010), Of(1_003, 1_013)).ShouldBe(0.7);
        }
    }

    [Fact]
    public void A_pattern_that_is_hidden_hides_others()
    {
        var gap = Log(Gap).Patterns[0];
        Pattern[] stairs = [gap with { Zone = new Zone(100, 110) }, gap with { Number = 2, Zone = new Zone(102, 112) }, gap with { Number = 3, Zone = new Zone(104, 114) }];

        OverlapFilter.Shown(stairs, Timeframe.H1).Select(pattern => pattern.Number).ShouldBe([1]);
    }

    // Twenty quiet candles, a falling one, and a rise through all of them.
    static Candle[] BlockStart() =>
    [
        .. Enumerable.Range(0, 20).Select(i => Hour(i, i % 2 == 0 ? 103 : 104, 104.5, 102.5, i % 2 == 0 ? 104 : 103)),
        Hour(20, 103, 103.5, 102, 102.5),
        Hour(21, 102.5, 109, 102.4, 108),
    ];

    static int Sweeps(Candle[] candles) => Log(candles).Patterns.Count(pattern => pattern.Kind == PatternKind.LiquiditySweep);

    static PatternLog Log(Candle[] candles, PatternOptions? options = null) => PatternLog.Of(new CandleSeries(candles).All(), Timeframe.H1, options);

    static Candle Hour(int index, double open, double high, double low, double close) => new(index * 3_600_000L, open, high, low, close, 1);
}
