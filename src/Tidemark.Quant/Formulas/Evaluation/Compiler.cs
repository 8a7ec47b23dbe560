using Tidemark.Quant.Formulas.Syntax;
using Tidemark.Quant.Indicators.MovingAverages;
using Tidemark.Quant.Series;

namespace Tidemark.Quant.Formulas.Evaluation;

/// <summary>Turns the tree of a formula into the parts that run it.</summary>
static class Compiler
{
    public static Evaluator Compile(Expression expression, Timeframe timeframe, Settings settings) => expression switch
    {
        Expression.Number number => new Constant(number.Value),
        Expression.Parameter parameter => new Constant(settings.Value(parameter)),
        Expression.Price price => new PriceValue(price.Part),
        Expression.Negation negation => new Negative(Compile(negation.Operand, timeframe, settings)),
        Expression.Not not => new Opposite(Compile(not.Operand, timeframe, settings)),
        Expression.Binary binary => CompileBinary(binary, timeframe, settings),
        Expression.History history => new Past(Compile(history.Operand, timeframe, settings), settings.Count(history.Candles)),
        Expression.OnTimeframe other => CompileOther(other, timeframe, settings),
        Expression.Call call => CompileCall(call, timeframe, settings),
        Expression.Indicator indicator => CompileIndicator(indicator, timeframe, settings),
        _ => throw new ArgumentException($"{expression.GetType().Name} cannot run by itself", nameof(expression)),
    };

    static Evaluator CompileBinary(Expression.Binary binary, Timeframe timeframe, Settings settings)
    {
        var joins = new Stack<Expression.Binary>([binary]);
        while (joins.Peek() is { IsChained: true, Left: Expression.Binary before })
        {
            joins.Push(before);
        }

        var first = Compile(joins.Peek().Left, timeframe, settings);
        var links = joins.Select(join => (join.Operator, Compile(join.Right, timeframe, settings))).ToArray();
        return Joining.Of(first, links);
    }

    static Evaluator CompileOther(Expression.OnTimeframe other, Timeframe timeframe, Settings settings)
    {
        if (other.Timeframe == timeframe)
        {
            return Compile(other.Operand, timeframe, settings);
        }

        return other.Timeframe > timeframe && other.Timeframe.IsMultipleOf(timeframe)
            ? new LongerTimeframe(Compile(other.Operand, other.Timeframe, settings), timeframe, other.Timeframe)
            : throw new FormulaException(other.At, $"@ {other.Timeframe} at {other.At} cannot be made of {timeframe} candles; use a multiple of {timeframe}");
    }

    static Evaluator CompileCall(Expression.Call call, Timeframe timeframe, Settings settings)
    {
        var first = Compile(call.Arguments[0], timeframe, settings);
        var count = call.Arguments.Count == 2 && SettingRules.IsConstant(call.Arguments[1]) ? call.Arguments[1] : null;
        return call.Function.Name switch
        {
            "if" => new Branch(first, Compile(call.Arguments[1], timeframe, settings), Compile(call.Arguments[2], timeframe, settings)),
            "abs" => new Size(first),
            "min" => Fold<Smaller>(first),
            "max" => Fold<Larger>(first),
            "highest" => new Window<HighestOf>(first, new HighestOf(settings.Count(count!))),
            "lowest" => new Window<LowestOf>(first, new LowestOf(settings.Count(count!))),
            "sum" => new Window<SumOf>(first, new SumOf(settings.Count(count!))),
            "avg" => new Window<Sma>(first, new Sma(settings.Count(count!))),
            "stdev" => new Window<DeviationOf>(first, new DeviationOf(settings.Count(count!))),
            "change" => new Difference(first, count is null ? 1 : settings.Count(count)),
            var name => throw new ArgumentException($"{name} has no evaluation", nameof(call)),
        };

        Evaluator Fold<TJoin>(Evaluator start)
            where TJoin : struct, IJoin =>
            call.Arguments.Skip(1).Aggregate(start, (folded, argument) => new Joined<TJoin>(folded, Compile(argument, timeframe, settings)));
    }

    static Evaluator CompileIndicator(Expression.Indicator indicator, Timeframe timeframe, Settings settings)
    {
        var description = indicator.Description;
        var values = new double[indicator.Settings.Count];
        for (var place = 0; place < values.Length; place++)
        {
            values[place] = indicator.Settings[place] is { } setting ? settings.Value(setting) : description.Parameters[place].Default;
        }

        var arguments = description.With(values);
        var outputs = description.Outputs.Count;
        var sources = indicator.Sources.Select(source => Compile(source, timeframe, settings)).ToArray();
        return sources.Length switch
        {
            0 => new OnCandles(description.StartOnCandles(arguments), outputs, indicator.Output),
            1 => new OnValues(sources[0], description.StartOnValues(arguments), outputs, indicator.Output),
            _ => new OnPairs(sources[0], sources[1], description.StartOnPairs(arguments), outputs, indicator.Output),
        };
    }
}
