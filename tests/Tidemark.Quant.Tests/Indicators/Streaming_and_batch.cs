using Tidemark.Quant.Indicators.Bands;
using Tidemark.Quant.Indicators.Momentum;
using Tidemark.Quant.Indicators.Oscillators;
using Tidemark.Quant.Indicators.Trend;
using Tidemark.Quant.Series;

namespace Tidemark.Quant.Indicators;

public sealed class Streaming_and_batch
{
    [Fact]
    public void Of_numbers_give_the_same()
    {
        Compare<Rsi, double>(new Rsi(14), new Rsi(14));
        Compare<Macd, MacdValue>(new Macd(12, 26, 9), new Macd(12, 26, 9));
        Compare<Bollinger, BollingerValue>(new Bollinger(20, 2), new Bollinger(20, 2));

        static void Compare<TState, TOutput>(TState streamed, TState whole)
            where TState : struct, IIndicator<double, TOutput>
            where TOutput : unmanaged
        {
            var closes = RandomMarket.Of(5, 300).Select(candle => candle.Close).ToArray();
            var batch = new TOutput[closes.Length];
            Batch.Run(whole, closes, batch.AsSpan());
            for (var i = 0; i < closes.Length; i++)
            {
                streamed.Next(in closes[i]).ShouldBe(batch[i]);
            }
        }
    }

    [Fact]
    public void Of_candles_give_the_same_from_a_series_and_from_an_array()
    {
        var market = RandomMarket.Of(6, 300);
        var fromSeries = new AdxValue[market.Length];
        var fromArray = new AdxValue[market.Length];

        Batch.Run(new Adx(14), new CandleSeries(market).All(), fromSeries.AsSpan());
        Batch.Run(new Adx(14), market, fromArray.AsSpan());

        fromSeries.ShouldBe(fromArray);
    }

    [Fact]
    public void By_name_give_the_same_as_by_type()
    {
        var market = RandomMarket.Of(8, 300);
        var typed = new MacdValue[market.Length];
        Batch.Run(new Macd(12, 26, 9), market.Select(candle => candle.Close).ToArray(), typed.AsSpan());

        var columns = IndicatorCall.Parse("MACD(12, 26, 9)").Run(new CandleSeries(market).All());

        columns[1].ShouldBe(typed.Select(value => value.Signal));
        columns[2].ShouldBe(typed.Select(value => value.Histogram));
    }

    [Fact]
    public void Refuse_a_buffer_that_is_too_short() =>
        Should.Throw<ArgumentException>(() => Batch.Run(new Rsi(14), new double[10], new double[9].AsSpan()));

    [Fact]
    public void Refuse_parameters_out_of_range()
    {
        var rsi = IndicatorRegistry.Find("rsi")!;

        Should.Throw<ArgumentOutOfRangeException>(() => rsi.With(0)).Message.ShouldContain("RSI: period must be a whole number from 1 to 5000");
        Should.Throw<ArgumentOutOfRangeException>(() => rsi.With(2.5));
        Should.Throw<ArgumentException>(() => rsi.With(14, 3));
    }
}
