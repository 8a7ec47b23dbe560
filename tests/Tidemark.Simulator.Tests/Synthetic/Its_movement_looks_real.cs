using Tidemark.Simulator.Markets;

namespace Tidemark.Simulator.Synthetic;

/// <summary>What traders know of crypto prices and volumes, measured on several months of several seeds.</summary>
public sealed class Its_movement_looks_real
{
    const int Months = 60 * Stretches.Day;

    public static TheoryData<ulong> Seeds => [7, 21, 99];

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Yearly_volatility_is_that_of_a_crypto_currency(ulong seed)
    {
        var daily = Stretches.Tape("BTCUSDT", seed).Returns(Stretches.Monday - (900 * Stretches.Day), 900 * Stretches.Day, Stretches.Day);

        (Math.Sqrt(daily.Average(r => r * r)) * Math.Sqrt(365)).ShouldBeInRange(0.30, 0.90);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Extreme_minutes_are_far_more_frequent_than_a_normal_distribution_allows(ulong seed)
    {
        var tape = Stretches.Tape("BTCUSDT", seed);

        Stretches.Kurtosis(tape.Returns(Stretches.Monday, Months)).ShouldBeGreaterThan(6);
        Stretches.Kurtosis(tape.Returns(Stretches.Monday, Months, 60)).ShouldBeGreaterThan(4);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Wild_times_cluster_while_directions_do_not(ulong seed)
    {
        var returns = Stretches.Tape("ETHUSDT", seed).Returns(Stretches.Monday, Months, 15);
        var sizes = returns.Select(Math.Abs).ToArray();

        Stretches.Correlation(sizes[..^1], sizes[1..]).ShouldBeGreaterThan(0.1);
        Stretches.Correlation(sizes[..^8], sizes[8..]).ShouldBeGreaterThan(0.05);
        Math.Abs(Stretches.Correlation(returns[..^1], returns[1..])).ShouldBeLessThan(0.1);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Symbols_move_together(ulong seed)
    {
        var bitcoin = Stretches.Tape("BTCUSDT", seed).Returns(Stretches.Monday, Months, 60);

        foreach (var symbol in (string[])["ETHUSDT", "SOLUSDT", "XRPUSDT", "AVAXUSDT"])
        {
            Stretches.Correlation(bitcoin, Stretches.Tape(symbol, seed).Returns(Stretches.Monday, Months, 60)).ShouldBeInRange(0.45, 0.97);
        }
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Weeks_differ_in_how_much_they_move(ulong seed)
    {
        var tape = Stretches.Tape("BTCUSDT", seed);
        var weeks = Enumerable.Range(0, 26).Select(week => tape.Returns(Stretches.Monday + (week * 7 * Stretches.Day), 7 * Stretches.Day, 30))
            .Select(returns => Math.Sqrt(returns.Average(r => r * r)))
            .ToList();

        (weeks.Max() / weeks.Min()).ShouldBeGreaterThan(1.8);
    }

    [Theory]
    [MemberData(nameof(Seeds))]
    public void Volume_goes_with_movement_and_with_the_hour(ulong seed)
    {
        var bars = Stretches.Tape("SOLUSDT", seed).Bars(Stretches.Monday, Months);
        var ranges = bars.Select(bar => Math.Log((bar.High - bar.Low + 1.0) / bar.Close)).ToList();
        var volumes = bars.Select(bar => Math.Log(bar.Volume)).ToList();

        Stretches.Correlation(ranges, volumes).ShouldBeGreaterThan(0.3);
        VolumeAt(bars, hour: 14).ShouldBeGreaterThan(1.5 * VolumeAt(bars, hour: 3));
    }

    [Fact]
    public void A_day_trades_about_what_the_symbol_usually_does()
    {
        foreach (var instrument in Listing.All)
        {
            var tape = new SyntheticTape(7, instrument);
            var turnover = tape.Bars(Stretches.Monday, 30 * Stretches.Day).Sum(bar => (double)bar.Turnover) / 30 * instrument.TickSize * instrument.StepSize;

            turnover.ShouldBeInRange(instrument.DailyTurnover / 6, instrument.DailyTurnover * 6);
        }
    }

    [Fact]
    public void Wicks_and_bodies_have_the_usual_proportions()
    {
        var bars = Stretches.Tape("BTCUSDT").Bars(Stretches.Monday, Months).Where(bar => bar.High > bar.Low).ToList();
        var bodies = bars.Average(bar => Math.Abs(bar.Close - bar.Open) / (double)(bar.High - bar.Low));

        bodies.ShouldBeInRange(0.3, 0.7);
        (bars.Count(bar => bar.Close > bar.Open) / (double)bars.Count).ShouldBeInRange(0.45, 0.55);
    }

    static double VolumeAt(Bar[] bars, int hour) =>
        bars.Where(bar => bar.OpenTime / 3_600_000 % 24 == hour).Average(bar => (double)bar.Volume);
}
