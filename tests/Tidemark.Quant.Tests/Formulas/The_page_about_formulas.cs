using System.Text.RegularExpressions;

namespace Tidemark.Quant.Formulas;

public sealed partial class The_page_about_formulas
{
    static readonly string Page = File.ReadAllText(Repository.Path("docs/formulas.md"));
    static readonly FormulaParameter[] Parameters = [new("period1", 14, 1, 100), new("period2", 28, 1, 100)];

    [Fact]
    public void Shows_nothing_but_formulas_that_work()
    {
        var examples = Example().Matches(Page).Select(match => match.Groups["formula"].Value).ToArray();

        examples.Length.ShouldBeGreaterThan(10);
        foreach (var example in examples)
        {
            Formula.Parse(example, Parameters).Start(Series.Timeframe.H1).ShouldNotBeNull(example);
        }
    }

    [Fact]
    public void Quotes_refusals_as_they_are_given()
    {
        var refusals = Page[Page.IndexOf("| written | answer |", StringComparison.Ordinal)..].Split('\n').Skip(2).Where(line => line.StartsWith('|')).ToArray();

        refusals.Length.ShouldBeGreaterThan(3);
        foreach (var refusal in refusals)
        {
            var cells = refusal.Split('|', StringSplitOptions.TrimEntries);
            Should.Throw<FormulaException>(() => Formula.Parse(cells[1].Trim('`'), Parameters)).Message.ShouldBe(cells[2]);
        }
    }

    [Fact]
    public void Lists_every_function_and_operator()
    {
        foreach (var function in Function.All)
        {
            Page.ShouldContain($"| `{function.Signature}` | {function.Meaning} |");
        }

        foreach (var known in Operator.All)
        {
            Page.ShouldContain($"`{known.Text}`");
        }
    }

    [Fact]
    public void States_the_limits_that_hold() => Page.ShouldContain($"{Formula.LongestText:N0} characters");

    [GeneratedRegex(@"^```formula\n(?<formula>.*?)\n```$", RegexOptions.Multiline | RegexOptions.Singleline | RegexOptions.ExplicitCapture | RegexOptions.NonBacktracking)]
    private static partial Regex Example();
}
