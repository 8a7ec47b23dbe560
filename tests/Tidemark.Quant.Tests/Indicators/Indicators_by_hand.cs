using Tidemark.Quant.Indicators.Bands;
using Tidemark.Quant.Indicators.MovingAverages;
using Tidemark.Quant.Indicators.Oscillators;
using Tidemark.Quant.Indicators.Stops;
using Tidemark.Quant.Indicators.Volatility;
using Tidemark.Quant.Indicators.Volume;
using Tidemark.Quant.Series;

namespace Tidemark.Quant.Indicators;

public sealed class Indicators_by_hand
{
    [Fact]
    public void A_simple_mean_starts_when_its_window_is_full() =>
        Values(new Sma(3), 1, 2, 3, 4).ShouldBe([double.NaN, double.NaN, 2, 3]);

    [Fact]
    public void An_exponential_mean_starts_from_the_simple_one() =>
        Values(new Ema(3), 1, 2, 3, 7).ShouldBe([double.NaN, double.NaN, 2, 4.5]);

    [Fact]
    public void Rsi_without_a_loss_is_a_hundred() =>
        Values(new Rsi(2), 1, 2, 3, 4).ShouldBe([double.NaN, double.NaN, 100, 100]);

    [Fact]
    public void Rsi_smooths_as_Wilder_did() =>
        Values(new Rsi(2), 10, 12, 11, 12)[3].ShouldBe(100 - (100 / (1 + (((1 + 1) / 2.0) / (0.5 / 2)))), 1e-12);

    [Fact]
    public void Bollinger_bands_use_the_population_deviation()
    {
        var bands = new Bollinger(2, 2);
        bands.Next(1);

        var value = bands.Next(3);

        (value.Middle, value.Upper, value.Lower).ShouldBe((2, 4, 0));
    }

    [Fact]
    public void A_flat_range_puts_the_stochastic_at_zero()
    {
        var stochastic = new Stochastic(1, 1, 1);

        stochastic.Next(new Candle(0, 5, 5, 5, 5, 1)).K.ShouldBe(0);
    }

    [Fact]
    public void The_average_range_leaves_out_the_first_candle()
    {
        var atr = new Atr(2);
        atr.Next(new Candle(0, 1, 100, 0, 10, 1)).Atr.ShouldBe(double.NaN);
        atr.Next(new Candle(1, 10, 12, 10, 11, 1)).Atr.ShouldBe(double.NaN);

        atr.Next(new Candle(2, 11, 15, 11, 12, 1)).Atr.ShouldBe(3);
    }

    [Fact]
    public void The_day_s_average_price_starts_anew_at_midnight_and_waits_for_volume()
    {
        var vwap = new Vwap(VwapAnchor.Day);
        vwap.Next(new Candle(0, 9, 12, 6, 9, 2)).ShouldBe(9);
        vwap.Next(new Candle(86_340_000, 3, 3, 3, 3, 2)).ShouldBe(6);

        vwap.Next(new Candle(86_400_000, 30, 30, 30, 30, 0)).ShouldBe(double.NaN);
        vwap.Next(new Candle(86_460_000, 30, 30, 30, 30, 1)).ShouldBe(30);
    }

    [Fact]
    public void Supertrend_turns_when_the_close_reaches_the_band()
    {
        var trend = new Supertrend(1, 1);
        trend.Next(new Candle(0, 10, 11, 9, 10, 1)).Direction.ShouldBe(double.NaN);
        trend.Next(new Candle(1, 10, 11, 9, 10, 1)).ShouldBe(new SupertrendValue(8, double.NaN, 8, 1));

        trend.Next(new Candle(2, 10, 10, 8, 8, 1)).Direction.ShouldBe(-1);
    }

    static double[] Values<TState>(TState state, params double[] inputs)
        where TState : struct, IIndicator<double, double>
    {
        var outputs = new double[inputs.Length];
        Batch.Run(state, inputs, outputs.AsSpan());
        return outputs;
    }
}
