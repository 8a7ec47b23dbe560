using Tidemark.Quant.Series;

namespace Tidemark.Quant.Backtesting.Proof;

/// <summary>Markets without anything to find in them.</summary>
static class RandomWalk
{
    const long Start = 1_640_995_200_000;

    public static BacktestInput Hours(int seed, int days, double volatility = 0.006) => Of(seed, days * 24, Timeframe.H1, volatility);

    public static BacktestInput Of(int seed, int bars, Timeframe timeframe, double volatility) => new(CandlesOf(seed, bars, timeframe, volatility).All(), timeframe);

    /// <summary>Candles whose closes swing round a level in so many bars, with noise: a market in which reversion works.</summary>
    public static BacktestInput Waves(int seed, int days, int bars = 48)
    {
        var random = new Random(seed);
        return new BacktestInput(Make(days * 24, Timeframe.H1, i => 100 * (1 + (0.05 * Math.Sin(2 * Math.PI * i / bars)) + (0.004 * Noise.Normal(random)))).All(), Timeframe.H1);
    }

    public static CandleSeries CandlesOf(int seed, int bars, Timeframe timeframe, double volatility)
    {
        var random = new Random(seed);
        var price = 100.0;
        return Make(bars, timeframe, _ => price *= Math.Exp(volatility * (Noise.Normal(random) - (volatility / 2))));
    }

    static CandleSeries Make(int bars, Timeframe timeframe, Func<int, double> closeOf)
    {
        var series = new CandleSeries(bars);
        var open = 100.0;
        for (var i = 0; i < bars; i++)
        {
            var close = closeOf(i);
            series.Append(new Candle(Start + (i * timeframe.Milliseconds), open, Math.Max(open, close) * 1.0005, Math.Min(open, close) * 0.9995, close, 100));
            open = close;
        }

        return series;
    }
}
