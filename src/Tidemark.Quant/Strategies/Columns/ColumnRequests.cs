using System.Globalization;
using Tidemark.Quant.Indicators;
using Tidemark.Quant.Indicators.Bands;
using Tidemark.Quant.Indicators.Momentum;
using Tidemark.Quant.Indicators.MovingAverages;
using Tidemark.Quant.Indicators.Oscillators;
using Tidemark.Quant.Indicators.Volatility;
using Tidemark.Quant.Series;

namespace Tidemark.Quant.Strategies.Columns;

/// <summary>The computations that built-in strategies ask for.</summary>
static class ColumnRequests
{
    public static ColumnRequest Rsi(int period) =>
        OfCloses<Rsi>(string.Create(CultureInfo.InvariantCulture, $"RSI({period})"), () => new Rsi(period));

    public static ColumnRequest Sma(int period) =>
        OfCloses<WindowMean>(string.Create(CultureInfo.InvariantCulture, $"SMA({period})"), () => new WindowMean(period)) with
        {
            Work = 10 + (period / 4),
            Fill = (candles, columns) => WindowMean.Fill(period, candles.Closes, columns[0].AsSpan()),
        };

    public static ColumnRequest Ema(int period) =>
        OfCloses<Ema>(string.Create(CultureInfo.InvariantCulture, $"EMA({period})"), () => new Ema(period));

    /// <summary>The MACD line and its signal line.</summary>
    public static ColumnRequest Macd(int fast, int slow, int signal) =>
        OfCloses<Macd, MacdValue>(
            string.Create(CultureInfo.InvariantCulture, $"MACD({fast},{slow},{signal})"),
            2,
            () => new Macd(fast, slow, signal),
            static (in MacdValue value, Span<double> row) => (row[0], row[1]) = (value.Macd, value.Signal));

    /// <summary>The middle, upper and lower band.</summary>
    public static ColumnRequest Bollinger(int period, double multiplier) =>
        OfCloses<Bollinger, BollingerValue>(
            string.Create(CultureInfo.InvariantCulture, $"BB({period},{multiplier:R})"),
            3,
            () => new Bollinger(period, multiplier),
            static (in BollingerValue value, Span<double> row) => (row[0], row[1], row[2]) = (value.Middle, value.Upper, value.Lower));

    /// <summary>The average true range, in the quote currency.</summary>
    public static ColumnRequest AverageRange(int bars)
    {
        var description = Atr.Description;
        return new(string.Create(CultureInfo.InvariantCulture, $"ATR({bars})"), description.Outputs.Count, _ => description.StartOnCandles(description.With(bars)));
    }

    static ColumnRequest OfCloses<TState>(string key, Func<TState> start)
        where TState : struct, IIndicator<double, double> =>
        new(key, 1, _ => new CloseRunner<TState, double>(start(), static (in double value, Span<double> row) => row[0] = value))
        {
            Fill = (candles, columns) => Batch.Run(start(), candles.Closes, columns[0].AsSpan()),
        };

    static ColumnRequest OfCloses<TState, TOutput>(string key, int outputs, Func<TState> start, Spread<TOutput> spread)
        where TState : struct, IIndicator<double, TOutput>
        where TOutput : unmanaged =>
        new(key, outputs, _ => new CloseRunner<TState, TOutput>(start(), spread));
}

/// <summary>Writes the parts of an indicator's output that a request asks for.</summary>
delegate void Spread<TOutput>(in TOutput value, Span<double> row);

/// <summary>Runs an indicator of numbers on closes.</summary>
sealed class CloseRunner<TState, TOutput>(TState state, Spread<TOutput> spread) : Runner<Candle>
    where TState : struct, IIndicator<double, TOutput>
    where TOutput : unmanaged
{
    TState state = state;

    public override void Next(in Candle input, Span<double> outputs)
    {
        var value = state.Next(input.Close);
        spread(in value, outputs);
    }
}
