using System.Runtime.InteropServices;

namespace Tidemark.Quant.Indicators;

/// <summary>One running indicator behind a common face, for callers that choose it by name; its outputs are in the order of the description.</summary>
public abstract class Runner<TInput>
    where TInput : struct
{
    /// <summary>Takes the next input and writes each output, in its own unit, NaN where undefined.</summary>
    public abstract void Next(in TInput input, Span<double> outputs);
}

/// <summary>Runs a state on inputs that are always defined.</summary>
sealed class PlainRunner<TState, TInput, TOutput>(TState state) : Runner<TInput>
    where TState : struct, IIndicator<TInput, TOutput>
    where TInput : struct
    where TOutput : unmanaged
{
    TState state = state;

    public override void Next(in TInput input, Span<double> outputs)
    {
        var output = state.Next(in input);
        MemoryMarshal.Cast<TOutput, double>(new Span<TOutput>(ref output)).CopyTo(outputs);
    }
}

/// <summary>Runs a state on numbers: an undefined one gives undefined outputs and leaves the state as it was.</summary>
sealed class ValueRunner<TState, TOutput>(TState state) : Runner<double>
    where TState : struct, IIndicator<double, TOutput>
    where TOutput : unmanaged
{
    TState state = state;

    public override void Next(in double input, Span<double> outputs)
    {
        if (!double.IsFinite(input))
        {
            outputs.Fill(double.NaN);
            return;
        }

        var output = state.Next(in input);
        MemoryMarshal.Cast<TOutput, double>(new Span<TOutput>(ref output)).CopyTo(outputs);
    }
}

/// <summary>Runs a state on pairs, skipping those where either side is undefined.</summary>
sealed class PairRunner<TState, TOutput>(TState state) : Runner<ValuePair>
    where TState : struct, IIndicator<ValuePair, TOutput>
    where TOutput : unmanaged
{
    TState state = state;

    public override void Next(in ValuePair input, Span<double> outputs)
    {
        if (!double.IsFinite(input.Value) || !double.IsFinite(input.Against))
        {
            outputs.Fill(double.NaN);
            return;
        }

        var output = state.Next(in input);
        MemoryMarshal.Cast<TOutput, double>(new Span<TOutput>(ref output)).CopyTo(outputs);
    }
}
