namespace Tidemark.Quant.Formulas;

public sealed class Any_text
{
    static readonly FormulaParameter Period1 = new("period1", 14, 1, 100);

    // TIDEMARK_FORMULA_INPUTS asks for more than the everyday number.
    static readonly int Inputs = int.TryParse(Environment.GetEnvironmentVariable("TIDEMARK_FORMULA_INPUTS"), out var asked) ? asked : 50_000;

    [Fact]
    public void Is_read_or_refused_with_a_place_and_never_breaks_the_parser()
    {
        var formulas = new RandomFormula(20_261_121);
        var read = 0;
        for (var i = 0; i < Inputs; i++)
        {
            var text = (i % 4) switch
            {
                0 => formulas.Mutated(),
                1 => formulas.Scrambled(),
                2 => formulas.Noise(),
                _ => formulas.Mutated() + formulas.Scrambled(),
            };
            read += IsRead(text) ? 1 : 0;
        }

        read.ShouldBeGreaterThan(Inputs / 200);
    }

    [Fact]
    public void That_is_a_formula_prints_as_one_with_the_same_tree()
    {
        var formulas = new RandomFormula(4);
        for (var i = 0; i < 5_000; i++)
        {
            var text = formulas.Valid();
            if (TryParse(text) is not { } formula)
            {
                continue;
            }

            var printed = formula.ToString();

            FormulaTree.Of(Formula.Parse(printed, Period1).Root).ShouldBe(FormulaTree.Of(formula.Root), text);
            Formula.Parse(printed, Period1).ToString().ShouldBe(printed);
        }
    }

    static bool IsRead(string text)
    {
        try
        {
            var formula = Formula.Parse(text, Period1);
            FormulaTree.Of(Formula.Parse(formula.ToString(), Period1).Root).ShouldBe(FormulaTree.Of(formula.Root), text);
            return true;
        }
        catch (FormulaException refusal)
        {
            refusal.Position.Line.ShouldBeGreaterThan(0);
            refusal.Message.ShouldNotBeNullOrWhiteSpace();
            return false;
        }
    }

    // A formula made at random may well be too costly or nest timeframes; nothing else may be wrong with it.
    static Formula? TryParse(string text)
    {
        try
        {
            return Formula.Parse(text, Period1);
        }
        catch (FormulaException refusal) when (refusal.Message.Contains("steps a candle") || refusal.Message.Contains("characters") || refusal.Message.Contains("cannot be made of"))
        {
            return null;
        }
    }
}
