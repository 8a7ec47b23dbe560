namespace Tidemark.Quant.Indicators;

/// <summary>
/// An indicator written once, as the state it needs: each call takes the next input and answers the value known at that moment.
/// NaN stands for "not defined yet" or "not defined here". Implementations are structs, so that a loop over them is inlined.
/// </summary>
/// <typeparam name="TInput">What comes in: a candle, a number or a pair of numbers.</typeparam>
/// <typeparam name="TOutput">A double, or a record struct that holds nothing but doubles.</typeparam>
public interface IIndicator<TInput, TOutput>
    where TInput : struct
    where TOutput : unmanaged
{
    /// <summary>Takes the next input in time order and answers the value after it, in the indicator's unit.</summary>
    TOutput Next(in TInput input);
}
