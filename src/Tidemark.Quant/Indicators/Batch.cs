using Tidemark.Quant.Indicators.PriceTransforms;
using Tidemark.Quant.Series;

namespace Tidemark.Quant.Indicators;

/// <summary>The batch form of every indicator: its streaming state in a loop, into the caller's buffer.</summary>
public static class Batch
{
    /// <summary>Fills one output per input, each in the indicator's unit; the state is taken as it is and thrown away afterwards.</summary>
    public static void Run<TState, TInput, TOutput>(TState state, ReadOnlySpan<TInput> inputs, Span<TOutput> outputs)
        where TState : struct, IIndicator<TInput, TOutput>
        where TInput : struct
        where TOutput : unmanaged
    {
        RequireRoom(inputs.Length, outputs.Length);
        outputs = outputs[..inputs.Length];
        for (var i = 0; i < inputs.Length; i++)
        {
            // Copies, so that the loop reads and writes memory once each and works in registers between.
            var input = inputs[i];
            var output = state.Next(in input);
            outputs[i] = output;
        }
    }

    /// <summary>Fills one output per candle, each in the indicator's unit; the state is taken as it is and thrown away afterwards.</summary>
    public static void Run<TState, TOutput>(TState state, CandleSlice candles, Span<TOutput> outputs)
        where TState : struct, IIndicator<Candle, TOutput>
        where TOutput : unmanaged
    {
        RequireRoom(candles.Count, outputs.Length);
        var count = candles.Count;
        var times = candles.Times[..count];
        var opens = candles.Opens[..count];
        var highs = candles.Highs[..count];
        var lows = candles.Lows[..count];
        var closes = candles.Closes[..count];
        var volumes = candles.Volumes[..count];
        var minutes = candles.Minutes[..count];
        outputs = outputs[..count];
        for (var i = 0; i < count; i++)
        {
            outputs[i] = state.Next(new Candle(times[i], opens[i], highs[i], lows[i], closes[i], volumes[i], minutes[i]));
        }
    }

    /// <summary>Fills one price per candle, in its unit; unlike other batches it reads only the columns that this price is made of.</summary>
    public static void Run(CandlePrice price, CandleSlice candles, Span<double> outputs)
    {
        RequireRoom(candles.Count, outputs.Length);
        price.Part.Fill(candles, outputs[..candles.Count]);
    }

    /// <summary>Fills the outputs of an indicator chosen by name, one row of all its outputs a candle, each in its own unit.</summary>
    public static void Run(Runner<Candle> runner, CandleSlice candles, int outputsPerCandle, Span<double> rows)
    {
        RequireRoom(candles.Count * outputsPerCandle, rows.Length);
        for (var i = 0; i < candles.Count; i++)
        {
            runner.Next(candles[i], rows.Slice(i * outputsPerCandle, outputsPerCandle));
        }
    }

    static void RequireRoom(int needed, int room)
    {
        if (room < needed)
        {
            throw new ArgumentException($"A buffer of {room} cannot hold {needed} values", nameof(room));
        }
    }
}
