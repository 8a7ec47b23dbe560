using Tidemark.Quant.Series;

namespace Tidemark.Quant.Formulas.Evaluation;

sealed class Opposite(Evaluator operand) : Evaluator
{
    public override double Next(in Candle candle) => 1 - operand.Next(in candle);
}

/// <summary>Holds on the candle at which the first has passed the second from at or below; undefined until both were defined on two candles running.</summary>
sealed class Crossing(Evaluator rising, Evaluator falling) : Evaluator
{
    double before = double.NaN;

    public override double Next(in Candle candle)
    {
        var distance = rising.Next(in candle) - falling.Next(in candle);
        var last = before;
        before = distance;
        return Truth.Of(last <= 0 && distance > 0, last, distance);
    }
}

sealed class Branch(Evaluator condition, Evaluator then, Evaluator otherwise) : Evaluator
{
    public override double Next(in Candle candle)
    {
        var holds = condition.Next(in candle);
        var first = then.Next(in candle);
        var second = otherwise.Next(in candle);
        if (double.IsNaN(holds))
        {
            return double.NaN;
        }

        return holds == 1 ? first : second;
    }
}
