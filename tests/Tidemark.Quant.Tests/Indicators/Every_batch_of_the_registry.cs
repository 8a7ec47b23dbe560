using System.Reflection;
using System.Runtime.InteropServices;
using Tidemark.Quant.Indicators.PriceTransforms;
using Tidemark.Quant.Series;

namespace Tidemark.Quant.Indicators;

public sealed class Every_batch_of_the_registry
{
    static readonly Candle[] Market = RandomMarket.Of(9, 600);

    public static TheoryData<string> Names => [.. IndicatorRegistry.All.Select(entry => entry.Name)];

    public static TheoryData<PricePart> Parts => [.. Enum.GetValues<PricePart>()];

    [Theory]
    [MemberData(nameof(Names))]
    public void Gives_what_its_stream_gives(string name)
    {
        var description = IndicatorRegistry.Find(name)!;
        var arguments = description.With();
        switch (description.Source)
        {
            case IndicatorSource.Values:
                Compare(() => description.StartOnValues(arguments), [.. Market.Select(candle => description.DefaultPrice.Of(in candle))]);
                break;
            case IndicatorSource.Pairs:
                Compare(() => description.StartOnPairs(arguments), [.. Market.Select(candle => new ValuePair(candle.Close, candle.Open))]);
                break;
            default:
                Compare(() => description.StartOnCandles(arguments), Market);
                break;
        }
    }

    [Theory]
    [MemberData(nameof(Parts))]
    public void Of_a_price_gives_what_its_stream_gives(PricePart part)
    {
        var prices = new double[500];

        Batch.Run(new CandlePrice(part), new CandleSeries(Market).Slice(100, 500), prices.AsSpan());

        prices.ShouldBe(Market[100..].Select(candle => part.Of(in candle)));
    }

    // A runner hides the type of its state, which the batch form wants to know.
    static void Compare<TInput>(Func<Runner<TInput>> start, TInput[] inputs)
        where TInput : struct
    {
        var fresh = start();
        var field = fresh.GetType().GetField("state", BindingFlags.Instance | BindingFlags.NonPublic)!;
        typeof(Every_batch_of_the_registry)
            .GetMethod(nameof(CompareTyped), BindingFlags.Static | BindingFlags.NonPublic)!
            .MakeGenericMethod(field.FieldType, typeof(TInput), fresh.GetType().GetGenericArguments()[^1])
            .Invoke(null, BindingFlags.DoNotWrapExceptions, binder: null, [field.GetValue(fresh), start(), inputs], culture: null);
    }

    static void CompareTyped<TState, TInput, TOutput>(TState state, Runner<TInput> runner, TInput[] inputs)
        where TState : struct, IIndicator<TInput, TOutput>
        where TInput : struct
        where TOutput : unmanaged
    {
        var batch = new TOutput[inputs.Length];
        Batch.Run(state, inputs, batch.AsSpan());

        var whole = MemoryMarshal.Cast<TOutput, double>(batch.AsSpan());
        var row = new double[whole.Length / inputs.Length];
        for (var i = 0; i < inputs.Length; i++)
        {
            runner.Next(in inputs[i], row);
            row.ShouldBe(whole.Slice(i * row.Length, row.Length).ToArray(), $"candle {i}");
        }
    }
}
