using Tidemark.Quant.Indicators;
using Tidemark.Quant.Indicators.Statistics;
using Tidemark.Quant.Indicators.Windows;
using Tidemark.Quant.Series;

namespace Tidemark.Quant.Formulas.Evaluation;

sealed class Negative(Evaluator operand) : Evaluator
{
    public override double Next(in Candle candle) => -operand.Next(in candle);
}

sealed class Size(Evaluator operand) : Evaluator
{
    public override double Next(in Candle candle) => Math.Abs(operand.Next(in candle));
}

sealed class Difference(Evaluator operand, int candles) : Evaluator
{
    Delay delay = new(candles);

    public override double Next(in Candle candle)
    {
        var now = operand.Next(in candle);
        return now - delay.Push(now);
    }
}

/// <summary>A function of the last values; an undefined one is passed over.</summary>
sealed class Window<TState>(Evaluator operand, TState state) : Evaluator
    where TState : struct, IIndicator<double, double>
{
    TState state = state;

    public override double Next(in Candle candle)
    {
        var value = operand.Next(in candle);
        return double.IsNaN(value) ? double.NaN : state.Next(in value);
    }
}

struct HighestOf(int period) : IIndicator<double, double>
{
    SlidingExtreme<Highest> values = new(period);

    public double Next(in double input)
    {
        var highest = values.Add(input);
        return values.IsFull ? highest : double.NaN;
    }
}

struct LowestOf(int period) : IIndicator<double, double>
{
    SlidingExtreme<Lowest> values = new(period);

    public double Next(in double input)
    {
        var lowest = values.Add(input);
        return values.IsFull ? lowest : double.NaN;
    }
}

struct SumOf(int period) : IIndicator<double, double>
{
    SlidingSum values = new(period);

    public double Next(in double input)
    {
        var sum = values.Add(input);
        return values.IsFull ? sum : double.NaN;
    }
}

struct DeviationOf(int period) : IIndicator<double, double>
{
    StandardDeviation spread = new(period);

    public double Next(in double input) => spread.Next(in input).Deviation;
}
