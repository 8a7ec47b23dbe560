using Tidemark.Quant.Formulas;
using Tidemark.Quant.Indicators;
using Tidemark.Quant.Series;

namespace Tidemark.Bench.Indicators;

/// <summary>What running indicators and a running formula allocate once they are warm.</summary>
static class Allocation
{
    const string Text = "close > EMA(close, 200) and RSI(14) @ 4h crosses above 30";

    public static Measurement OfIndicators(CandleSeries candles)
    {
        const int Half = 5_000;
        var rows = new double[16];
        var bytes = 0L;
        var indicators = IndicatorRegistry.All.Where(entry => entry.Source != IndicatorSource.Pairs).ToArray();
        foreach (var indicator in indicators)
        {
            var runner = indicator.StartOnCandles(indicator.With());
            Feed(runner, candles.Slice(0, Half), rows);
            bytes += Clock.Allocated(() => Feed(runner, candles.Slice(Half, Half), rows));
        }

        return new Measurement($"allocated by {indicators.Length} indicators on {Half:N0} candles", bytes, "bytes", 0, "limit");
    }

    public static Measurement OfFormula(CandleSeries candles)
    {
        var half = candles.Count / 2;
        var run = Formula.Parse(Text).Start(Timeframe.M1);
        Feed(run, candles.Slice(0, half));
        var bytes = Clock.Allocated(() => Feed(run, candles.Slice(half, half)));
        return new Measurement($"allocated by {Text} on {half:N0} candles", bytes, "bytes", 0, "limit");
    }

    static void Feed(Runner<Candle> runner, CandleSlice candles, double[] rows)
    {
        for (var i = 0; i < candles.Count; i++)
        {
            runner.Next(candles[i], rows);
        }
    }

    static void Feed(FormulaRun run, CandleSlice candles)
    {
        for (var i = 0; i < candles.Count; i++)
        {
            run.Next(candles[i]);
        }
    }
}
