using Tidemark.Quant.Indicators.PriceTransforms;
using Tidemark.Quant.Series;

namespace Tidemark.Quant.Indicators;

/// <summary>
/// All that the API, the formula language and the screen need to know of an indicator; it stands beside the indicator's code.
/// </summary>
public sealed record IndicatorDescription
{
    /// <summary>The name formulas call it by, in capitals.</summary>
    public required string Name { get; init; }

    /// <summary>The name people call it by.</summary>
    public required string Title { get; init; }

    /// <summary>What it tells, in one line.</summary>
    public required string Meaning { get; init; }

    /// <summary>The shelf it stands on.</summary>
    public required IndicatorGroup Group { get; init; }

    /// <summary>Where a chart draws it.</summary>
    public required IndicatorPlacement Placement { get; init; }

    /// <summary>What it is fed with.</summary>
    public IndicatorSource Source { get; private init; }

    /// <summary>The price that feeds it where the caller names none; only for <see cref="IndicatorSource.Values"/>.</summary>
    public PricePart DefaultPrice { get; private init; } = PricePart.Close;

    /// <summary>Its settings, in calling order.</summary>
    public IReadOnlyList<IndicatorParameter> Parameters { get; private init; } = [];

    /// <summary>What it gives each candle; the first is the one meant when none is named.</summary>
    public IReadOnlyList<IndicatorOutput> Outputs { get; private init; } = [];

    Func<IndicatorArguments, Runner<Candle>>? Candles { get; init; }

    Func<IndicatorArguments, Runner<double>>? Values { get; init; }

    Func<IndicatorArguments, Runner<ValuePair>>? Pairs { get; init; }

    int WorkFactor { get; init; } = 1;

    /// <summary>Fills missing parameters with their defaults and refuses what is out of range.</summary>
    public IndicatorArguments With(params ReadOnlySpan<double> given)
    {
        if (given.Length > Parameters.Count)
        {
            throw new ArgumentException($"{Name} takes {Parameters.Count} parameters, not {given.Length}", nameof(given));
        }

        var values = new double[Parameters.Count];
        for (var i = 0; i < values.Length; i++)
        {
            var parameter = Parameters[i];
            values[i] = i < given.Length ? given[i] : parameter.Default;
            if (!parameter.Allows(values[i]))
            {
                throw new ArgumentOutOfRangeException(nameof(given), values[i], $"{Name}: {parameter.Name} must be {parameter.Range}");
            }
        }

        return new IndicatorArguments(values);
    }

    /// <summary>Starts it on candles; one fed with numbers takes its default price.</summary>
    public Runner<Candle> StartOnCandles(IndicatorArguments arguments) => Source switch
    {
        IndicatorSource.Candles => Candles!(arguments),
        IndicatorSource.Values => new PricedRunner(Values!(arguments), DefaultPrice),
        _ => throw new InvalidOperationException($"{Name} compares two series and cannot run on one"),
    };

    /// <summary>Starts it on numbers, where it is fed with numbers.</summary>
    public Runner<double> StartOnValues(IndicatorArguments arguments) =>
        Values?.Invoke(arguments) ?? throw new InvalidOperationException($"{Name} is not fed with single numbers");

    /// <summary>Starts it on pairs, where it compares two series.</summary>
    public Runner<ValuePair> StartOnPairs(IndicatorArguments arguments) =>
        Pairs?.Invoke(arguments) ?? throw new InvalidOperationException($"{Name} does not compare two series");

    /// <summary>An upper bound of its work a candle, in steps of a few arithmetic operations.</summary>
    public long StepsPerCandle(IndicatorArguments arguments)
    {
        var steps = 4L;
        for (var i = 0; i < Parameters.Count; i++)
        {
            steps += Parameters[i].Kind == ParameterKind.Whole ? arguments.Whole(i) : 1;
        }

        return steps * WorkFactor;
    }

    internal static IndicatorDescription Of(
        string name, string title, IndicatorGroup group, IndicatorPlacement placement, string meaning) =>
        new() { Name = name, Title = title, Group = group, Placement = placement, Meaning = meaning };

    internal IndicatorDescription Whole(string name, int standard, int minimum = 1, int maximum = 5_000) =>
        this with { Parameters = [.. Parameters, new(name, ParameterKind.Whole, standard, minimum, maximum)] };

    internal IndicatorDescription Number(string name, double standard, double minimum, double maximum) =>
        this with { Parameters = [.. Parameters, new(name, ParameterKind.Number, standard, minimum, maximum)] };

    internal IndicatorDescription Choice<TEnum>(string name, TEnum standard)
        where TEnum : struct, Enum
    {
        var choices = Enum.GetNames<TEnum>();
        return this with
        {
            Parameters = [.. Parameters, new(name, ParameterKind.Choice, Array.IndexOf(Enum.GetValues<TEnum>(), standard), 0, choices.Length - 1) { Choices = choices }],
        };
    }

    internal IndicatorDescription Output(string name, Func<IndicatorArguments, int> first) =>
        Output(new IndicatorOutput(name, first));

    internal IndicatorDescription Output(IndicatorOutput output) => this with { Outputs = [.. Outputs, output] };

    internal IndicatorDescription Works(int factor) => this with { WorkFactor = factor };

    internal IndicatorDescription OnCandles<TState, TOutput>(Func<IndicatorArguments, TState> start)
        where TState : struct, IIndicator<Candle, TOutput>
        where TOutput : unmanaged =>
        this with
        {
            Source = IndicatorSource.Candles,
            Candles = arguments => new PlainRunner<TState, Candle, TOutput>(start(arguments)),
        };

    internal IndicatorDescription OnValues<TState, TOutput>(
        Func<IndicatorArguments, TState> start, PricePart price = PricePart.Close)
        where TState : struct, IIndicator<double, TOutput>
        where TOutput : unmanaged =>
        this with
        {
            Source = IndicatorSource.Values,
            DefaultPrice = price,
            Values = arguments => new ValueRunner<TState, TOutput>(start(arguments)),
        };

    internal IndicatorDescription OnPairs<TState, TOutput>(Func<IndicatorArguments, TState> start)
        where TState : struct, IIndicator<ValuePair, TOutput>
        where TOutput : unmanaged =>
        this with
        {
            Source = IndicatorSource.Pairs,
            Pairs = arguments => new PairRunner<TState, TOutput>(start(arguments)),
        };
}

/// <summary>Feeds an indicator of numbers with one price of each candle.</summary>
sealed class PricedRunner(Runner<double> inner, PricePart price) : Runner<Candle>
{
    public override void Next(in Candle input, Span<double> outputs) => inner.Next(price.Of(in input), outputs);
}
