using Tidemark.Quant.Series;

namespace Tidemark.Quant.Formulas.Evaluation;

/// <summary>Joins parts by operators from left to right.</summary>
static class Joining
{
    public static Evaluator Of(Evaluator first, (Operator Operator, Evaluator Right)[] links) => links switch
    {
        [({ Text: "crosses above" }, var right)] => new Crossing(first, right),
        [({ Text: "crosses below" }, var right)] => new Crossing(right, first),
        [var only] => LinkOf(only.Operator, only.Right).After(first),
        _ => new Chain(first, [.. links.Select(link => LinkOf(link.Operator, link.Right))]),
    };

    static Link LinkOf(Operator joining, Evaluator right) => joining.Text switch
    {
        "+" => new Link<Addition>(right),
        "-" => new Link<Subtraction>(right),
        "*" => new Link<Multiplication>(right),
        "/" => new Link<Division>(right),
        "<" => new Link<LessThan>(right),
        "<=" => new Link<AtMost>(right),
        ">" => new Link<MoreThan>(right),
        ">=" => new Link<AtLeast>(right),
        "==" => new Link<EqualTo>(right),
        "!=" => new Link<Unlike>(right),
        "and" => new Link<Both>(right),
        "or" => new Link<Either>(right),
        var text => throw new ArgumentException($"{text} has no evaluation", nameof(joining)),
    };
}

/// <summary>A right side and how it is joined to what stands before it.</summary>
abstract class Link
{
    public abstract double Join(double left, in Candle candle);

    public abstract Evaluator After(Evaluator left);
}

sealed class Link<TJoin>(Evaluator right) : Link
    where TJoin : struct, IJoin
{
    public override double Join(double left, in Candle candle) => TJoin.Of(left, right.Next(in candle));

    public override Evaluator After(Evaluator left) => new Joined<TJoin>(left, right);
}

/// <summary>Many parts joined from left to right in a loop, so that a long chain needs no deep stack.</summary>
sealed class Chain(Evaluator first, Link[] links) : Evaluator
{
    public override double Next(in Candle candle)
    {
        var value = first.Next(in candle);
        foreach (var link in links)
        {
            value = link.Join(value, in candle);
        }

        return value;
    }
}
