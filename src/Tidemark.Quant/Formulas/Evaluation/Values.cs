using Tidemark.Quant.Indicators;
using Tidemark.Quant.Indicators.PriceTransforms;
using Tidemark.Quant.Indicators.Windows;
using Tidemark.Quant.Series;

namespace Tidemark.Quant.Formulas.Evaluation;

sealed class Constant(double value) : Evaluator
{
    public override double Next(in Candle candle) => value;
}

sealed class PriceValue(PricePart part) : Evaluator
{
    public override double Next(in Candle candle) => part.Of(in candle);
}

sealed class Past(Evaluator operand, int candles) : Evaluator
{
    Delay delay = new(candles);

    public override double Next(in Candle candle) => delay.Push(operand.Next(in candle));
}

/// <summary>Runs a part on candles of a longer timeframe; its value changes only when such a candle has closed.</summary>
sealed class LongerTimeframe(Evaluator operand, Timeframe source, Timeframe target) : Evaluator
{
    readonly Aggregator aggregator = new(source, target);
    readonly CandleSeries closed = new(2);
    double value = double.NaN;

    public override double Next(in Candle candle)
    {
        aggregator.Next(in candle, closed);
        for (var i = 0; i < closed.Count; i++)
        {
            value = operand.Next(closed[i]);
        }

        closed.Clear();
        return value;
    }
}

sealed class OnCandles(Runner<Candle> runner, int outputs, int wanted) : Evaluator
{
    readonly double[] row = new double[outputs];

    public override double Next(in Candle candle)
    {
        runner.Next(in candle, row);
        return row[wanted];
    }
}

sealed class OnValues(Evaluator source, Runner<double> runner, int outputs, int wanted) : Evaluator
{
    readonly double[] row = new double[outputs];

    public override double Next(in Candle candle)
    {
        runner.Next(source.Next(in candle), row);
        return row[wanted];
    }
}

sealed class OnPairs(Evaluator source, Evaluator against, Runner<ValuePair> runner, int outputs, int wanted) : Evaluator
{
    readonly double[] row = new double[outputs];

    public override double Next(in Candle candle)
    {
        runner.Next(new ValuePair(source.Next(in candle), against.Next(in candle)), row);
        return row[wanted];
    }
}
