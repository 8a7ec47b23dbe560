using System.Runtime.InteropServices;
using Tidemark.Quant.Indicators;
using Tidemark.Quant.Series;

namespace Tidemark.Bench.Indicators;

/// <summary>An indicator of the registry, run as its streaming state in a loop, and the loop over arrays that one would write by hand for the same outputs.</summary>
/// <param name="Label">The indicator's name in the registry, then its settings.</param>
/// <param name="Indicator">Makes room for the outputs and answers how to run it.</param>
/// <param name="Loop">Writes one column an output, in the indicator's order.</param>
sealed record Rival(string Label, Func<Columns, Streamed> Indicator, Action<Columns, Scratch> Loop)
{
    public string Name => Label.Split(' ')[0];

    public static Rival OfValues<TState, TOutput>(
        string label, Func<TState> start, Func<Columns, double[]> values, Action<Columns, Scratch> loop)
        where TState : struct, IIndicator<double, TOutput>
        where TOutput : unmanaged =>
        new(label, columns => OfInputs<TState, double, TOutput>(start, values(columns)), loop);

    public static Rival OfCloses<TState, TOutput>(string label, Func<TState> start, Action<Columns, Scratch> loop)
        where TState : struct, IIndicator<double, TOutput>
        where TOutput : unmanaged =>
        OfValues<TState, TOutput>(label, start, columns => columns.Closes, loop);

    public static Rival OfPairs<TState, TOutput>(string label, Func<TState> start, Action<Columns, Scratch> loop)
        where TState : struct, IIndicator<ValuePair, TOutput>
        where TOutput : unmanaged =>
        new(label, columns => OfInputs<TState, ValuePair, TOutput>(start, columns.Pairs), loop);

    public static Rival OfCandles<TState, TOutput>(string label, Func<TState> start, Action<Columns, Scratch> loop)
        where TState : struct, IIndicator<Candle, TOutput>
        where TOutput : unmanaged =>
        new(
            label,
            columns =>
            {
                var outputs = new TOutput[columns.Count];
                return new Streamed(() => Batch.Run(start(), columns.Candles.All(), outputs.AsSpan()), () => Rows(outputs));
            },
            loop);

    static Streamed OfInputs<TState, TInput, TOutput>(Func<TState> start, TInput[] inputs)
        where TState : struct, IIndicator<TInput, TOutput>
        where TInput : struct
        where TOutput : unmanaged
    {
        var outputs = new TOutput[inputs.Length];
        return new Streamed(() => Batch.Run(start(), inputs, outputs.AsSpan()), () => Rows(outputs));
    }

    static double[] Rows<TOutput>(TOutput[] outputs)
        where TOutput : unmanaged =>
        MemoryMarshal.Cast<TOutput, double>(outputs.AsSpan()).ToArray();
}

/// <summary>An indicator ready to run over the columns, and all its outputs of the last run, a row a candle.</summary>
sealed record Streamed(Action Run, Func<double[]> Rows);
