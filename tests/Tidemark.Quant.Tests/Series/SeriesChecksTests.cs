namespace Tidemark.Quant.Series;

public sealed class Series_checks
{
    [Fact]
    public void Find_nothing_in_a_sound_series() => Check(new(0, 10, 11, 9, 10, 1), new(60_000, 10.05, 11, 9, 10, 0)).ShouldBeEmpty();

    [Fact]
    public void Report_a_gap_where_it_starts_with_its_length() =>
        Check(new(0, 10, 11, 9, 10, 1), new(240_000, 10, 11, 9, 10, 1)).ShouldBe([new SeriesFinding(SeriesFault.Gap, 60_000, 3)]);

    [Fact]
    public void Report_a_time_off_the_boundary() =>
        Check(new Candle(61_000, 10, 11, 9, 10, 1)).ShouldBe([new SeriesFinding(SeriesFault.Misaligned, 61_000, 1_000)]);

    [Fact]
    public void Report_prices_and_volumes_that_cannot_be()
    {
        Faults(new Candle(0, 10, 9, 11, 10, 1)).ShouldBe([SeriesFault.HighBelowLow]);
        Faults(new Candle(0, 12, 11, 9, 10, 1)).ShouldBe([SeriesFault.PriceOutsideRange]);
        Faults(new Candle(0, 10, 11, 9, 8, 1)).ShouldBe([SeriesFault.PriceOutsideRange]);
        Faults(new Candle(0, 10, 11, 0, 10, 1)).ShouldBe([SeriesFault.PriceNotPositive]);
        Faults(new Candle(0, 10, double.PositiveInfinity, 9, 10, 1)).ShouldBe([SeriesFault.PriceNotPositive]);
        Faults(new Candle(0, 10, 11, 9, 10, -1)).ShouldBe([SeriesFault.VolumeNegative]);
        Faults(new Candle(0, 10, 11, 9, 10, double.NaN)).ShouldBe([SeriesFault.VolumeNegative]);
    }

    [Fact]
    public void Report_an_open_far_from_the_previous_close_but_not_across_a_gap()
    {
        Check(new(0, 10, 11, 9, 10, 1), new(60_000, 12, 13, 9, 10, 1)).Single().Fault.ShouldBe(SeriesFault.Discontinuous);
        Check(new(0, 10, 11, 9, 10, 1), new(120_000, 12, 13, 9, 10, 1)).Single().Fault.ShouldBe(SeriesFault.Gap);
    }

    static IReadOnlyList<SeriesFinding> Check(params Candle[] candles) => SeriesChecks.Of(new CandleSeries(candles).All(), Timeframe.M1);

    static IEnumerable<SeriesFault> Faults(Candle candle) => Check(candle).Select(finding => finding.Fault);
}
