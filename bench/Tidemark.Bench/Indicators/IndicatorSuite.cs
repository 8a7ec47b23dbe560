using Tidemark.Quant.Formulas;
using Tidemark.Quant.Indicators;
using Tidemark.Quant.Indicators.Bands;
using Tidemark.Quant.Indicators.Levels;
using Tidemark.Quant.Indicators.Momentum;
using Tidemark.Quant.Indicators.MovingAverages;
using Tidemark.Quant.Indicators.Oscillators;
using Tidemark.Quant.Indicators.PriceTransforms;
using Tidemark.Quant.Indicators.Statistics;
using Tidemark.Quant.Indicators.Stops;
using Tidemark.Quant.Indicators.Trend;
using Tidemark.Quant.Indicators.Volatility;
using Tidemark.Quant.Indicators.Volume;
using Tidemark.Quant.Series;

namespace Tidemark.Bench.Indicators;

/// <summary>Indicators over a year of minutes against the loop one would write by hand for the same result, and what they allocate.</summary>
static class IndicatorSuite
{
    const double SlowestRatio = 3;

    static readonly CandleSeries Candles = Market.Minutes();
    static readonly Columns Plain = new(Candles);
    static readonly double[] Closes = Plain.Closes;
    static readonly double[] Typical = [.. Enumerable.Range(0, Candles.Count).Select(i => PricePart.Hlc3.Of(Candles[i]))];
    static readonly Scratch Bare = new(Candles.Count);

    public static IReadOnlyList<Measurement> Measure() =>
    [
        OfNumbers<Sma, double>("SMA 20", () => new Sma(20), Closes, value => value, () => BareAverages.Sma(Closes, 20, Bare[9]), 9),
        OfNumbers<Ema, double>("EMA 20", () => new Ema(20), Closes, value => value, () => BareAverages.Ema(Closes, 20, Bare[9]), 9),
        OfNumbers<Smma, double>("SMMA 20", () => new Smma(20), Closes, value => value, () => BareAverages.Smma(Closes, 20, Bare[9]), 9),
        OfNumbers<Wma, double>("WMA 14", () => new Wma(14), Closes, value => value, () => BareAverages.Wma(Closes, 14, Bare[9]), 9),
        OfNumbers<Kama, KamaValue>("KAMA 10, 2, 30", () => new Kama(10, 2, 30), Closes, value => value.Kama, () => BareAverages.Kama(Closes, 10, 2, 30, Bare[9], Bare[0]), 9),
        OfNumbers<Dema, double>("DEMA 14", () => new Dema(14), Closes, value => value, () => BareAverages.Dema(Closes, 14, Bare[0], Bare[9]), 9),
        OfNumbers<T3, double>("T3 5, 0.7", () => new T3(5, 0.7), Closes, value => value, () => BareAverages.T3(Closes, Bare[9]), 9),
        OfNumbers<Alma, double>("ALMA 9, 0.85, 6", () => new Alma(9, 0.85, 6), Closes, value => value, () => BareAverages.Alma(Closes, 9, Bare[9]), 9),
        OfNumbers<UlcerIndex, double>("ULCER 14", () => new UlcerIndex(14), Closes, value => value, () => BareAverages.Ulcer(Closes, 14, Bare[9]), 9),
        OfNumbers<Rsi, double>("RSI 14", () => new Rsi(14), Closes, value => value, () => BareFlows.Rsi(Closes, 14, Bare), 4),
        OfNumbers<Macd, MacdValue>("MACD 12, 26, 9", () => new Macd(12, 26, 9), Closes, value => value.Histogram, () => BareFlows.Macd(Closes, Bare), 4),
        OfNumbers<Bollinger, BollingerValue>("BB 20, 2", () => new Bollinger(20, 2), Closes, value => value.Middle, () => BareAverages.Deviation(Closes, 20, Bare[9], Bare[0]), 9),
        OfNumbers<StandardDeviation, StandardDeviationValue>("STDDEV 14", () => new StandardDeviation(14), Closes, value => value.Deviation, () => BareAverages.Deviation(Closes, 14, Bare[0], Bare[9]), 9),
        OfNumbers<Slope, SlopeValue>("SLOPE 14", () => new Slope(14), Closes, value => value.End, () => BareAverages.Slope(Closes, 14, Bare[0], Bare[9]), 9),
        OfNumbers<CommodityChannel, double>("CCI 20", () => new CommodityChannel(20), Typical, value => value, () => BareFlows.Cci(Typical, 20, Bare[9]), 9),
        OfNumbers<RateOfChange, RateOfChangeValue>("ROC 14", () => new RateOfChange(14), Closes, value => value.Roc, () => BareFlows.Roc(Closes, 14, Bare[9], Bare[0]), 9),
        OfCandles<TrueRange, double>("TR", () => new TrueRange(), value => value, () => BareRanges.TrueRange(Plain, Bare[9]), 9),
        OfCandles<Atr, AtrValue>("ATR 14", () => new Atr(14), value => value.Atr, () => BareRanges.Atr(Plain, 14, Bare[0], Bare[9], Bare[1]), 9),
        OfCandles<Adx, AdxValue>("ADX 14", () => new Adx(14), value => value.Adxr, () => BareRanges.Adx(Plain, 14, Bare), 8),
        OfCandles<Supertrend, SupertrendValue>("SUPERTREND 10, 3", () => new Supertrend(10, 3), value => value.Line, () => BareRanges.Supertrend(Plain, 10, 3, Bare), 3),
        OfCandles<Stochastic, StochasticValue>("STOCH 14, 3, 3", () => new Stochastic(14, 3, 3), value => value.J, () => BareRanges.Stochastic(Plain, 14, Bare), 5),
        OfCandles<Ichimoku, IchimokuValue>("ICHIMOKU 9, 26, 52", () => new Ichimoku(9, 26, 52, 26), value => value.SenkouB, () => BareRanges.Ichimoku(Plain, Bare), 7),
        OfCandles<ParabolicSar, ParabolicSarValue>("PSAR 0.02, 0.2", () => new ParabolicSar(0.02, 0.2), value => value.Sar, () => BareRanges.ParabolicSar(Plain, 0.02, 0.2, Bare[9]), 9),
        OfCandles<OnBalanceVolume, double>("OBV", () => new OnBalanceVolume(), value => value, () => BareFlows.Obv(Plain, Bare[9]), 9),
        OfCandles<MoneyFlowIndex, double>("MFI 14", () => new MoneyFlowIndex(14), value => value, () => BareFlows.Mfi(Plain, 14, Bare), 2),
        OfCandles<Vwap, double>("VWAP by day", () => new Vwap(VwapAnchor.Day), value => value, () => BareFlows.Vwap(Plain, Bare[9]), 9),
        OfCandles<AccumulationDistribution, AccumulationDistributionValue>("ADL", () => default, value => value.Adl, () => BareFlows.Adl(Plain, Bare), 2),
        OfCandles<HeikinAshi, HeikinAshiValue>("HEIKINASHI", () => new HeikinAshi(), value => value.Open, () => BareFlows.HeikinAshi(Plain, Bare), 0),
        OfCandles<Donchian, DonchianValue>("DONCHIAN 20", () => new Donchian(20), value => value.Width, () => BareChannels.Donchian(Plain, 20, Bare), 5),
        OfCandles<WilliamsR, double>("WILLR 14", () => new WilliamsR(14), value => value, () => BareChannels.WilliamsR(Plain, 14, Bare), 2),
        OfCandles<Aroon, AroonValue>("AROON 25", () => new Aroon(25), value => value.Up, () => BareChannels.Aroon(Plain, 25, Bare), 0),
        OfCandles<Keltner, KeltnerValue>("KELTNER 20, 2, 10", () => new Keltner(20, 2, 10), value => value.Width, () => BareChannels.Keltner(Plain, Bare), 6),
        OfCandles<FractalBands, FractalBandsValue>("FCB 2", () => new FractalBands(2), value => value.Upper, () => BareChannels.Bands(Plain, 2, Bare), 0),
        OfCandles<Vortex, VortexValue>("VORTEX 14", () => new Vortex(14), value => value.Plus, () => BareChannels.Vortex(Plain, 14, Bare), 3),
        Allocated(),
        FormulaAllocated(),
    ];

    static Measurement OfNumbers<TState, TOutput>(
        string name, Func<TState> start, double[] inputs, Func<TOutput, double> part, Action bare, int column)
        where TState : struct, IIndicator<double, TOutput>
        where TOutput : unmanaged
    {
        var outputs = new TOutput[inputs.Length];
        return Compare(name, () => Batch.Run(start(), inputs, outputs.AsSpan()), () => part(outputs[^1]), bare, column);
    }

    static Measurement OfCandles<TState, TOutput>(string name, Func<TState> start, Func<TOutput, double> part, Action bare, int column)
        where TState : struct, IIndicator<Candle, TOutput>
        where TOutput : unmanaged
    {
        var outputs = new TOutput[Candles.Count];
        return Compare(name, () => Batch.Run(start(), Candles.All(), outputs.AsSpan()), () => part(outputs[^1]), bare, column);
    }

    // A loop that computed something else would be no rival.
    static Measurement Compare(string name, Action ours, Func<double> last, Action bare, int column)
    {
        var (own, rival) = Rivals.Time(ours, bare);
        var (result, expected) = (last(), Bare[column][^1]);
        return Math.Abs(result - expected) <= 1e-9 * Math.Abs(expected)
            ? new Measurement($"{name}: {own:0.0} ms, bare loop {rival:0.0} ms", own / rival, "times", SlowestRatio, "limit")
            : throw new InvalidOperationException($"{name} gives {result:R}, its bare loop {expected:R}");
    }

    static Measurement Allocated()
    {
        const int Half = 5_000;
        var rows = new double[16];
        var bytes = 0L;
        var indicators = IndicatorRegistry.All.Where(entry => entry.Source != IndicatorSource.Pairs).ToArray();
        foreach (var indicator in indicators)
        {
            var runner = indicator.StartOnCandles(indicator.With());
            Feed(runner, 0, Half, rows);
            bytes += Clock.Allocated(() => Feed(runner, Half, Half, rows));
        }

        return new Measurement($"allocated by {indicators.Length} indicators on {Half:N0} candles", bytes, "bytes", 0, "limit");
    }

    static void Feed(Runner<Candle> runner, int start, int count, double[] rows)
    {
        for (var i = start; i < start + count; i++)
        {
            runner.Next(Candles[i], rows);
        }
    }

    static Measurement FormulaAllocated()
    {
        const string Text = "close > EMA(close, 200) and RSI(14) @ 4h crosses above 30";
        var run = Formula.Parse(Text).Start(Timeframe.M1);
        Feed(run, 0, Candles.Count / 2);
        var bytes = Clock.Allocated(() => Feed(run, Candles.Count / 2, Candles.Count / 2));
        return new Measurement($"allocated by {Text} on {Candles.Count / 2:N0} candles", bytes, "bytes", 0, "limit");
    }

    static void Feed(FormulaRun run, int start, int count)
    {
        for (var i = start; i < start + count; i++)
        {
            run.Next(Candles[i]);
        }
    }
}
