using System.Text;

namespace Tidemark.Quant.Indicators;

public sealed class The_page_about_indicators
{
    [Fact]
    public void Says_what_the_registry_says()
    {
        var path = Repository.Path("docs/indicators.md");
        var page = Write();

        // TIDEMARK_WRITE_DOCS=1 brings the page up to date.
        if (Environment.GetEnvironmentVariable("TIDEMARK_WRITE_DOCS") == "1")
        {
            File.WriteAllText(path, page);
        }

        File.ReadAllText(path).ShouldBe(page);
    }

    static string Write()
    {
        var page = new StringBuilder();
        page.Append(
            """
            # Indicators

            Every indicator there is, for charts, alerts, strategies and [formulas](formulas.md). A setting shows its default and its range; an output shows the candle, counted from 0, from which it is defined with the default settings, with "at the earliest" where the data decide. One that belongs to an earlier candle than the one that makes it known is drawn that many candles back, and a formula sees it only once it is known.

            """);
        foreach (var shelf in IndicatorRegistry.All.GroupBy(entry => entry.Group))
        {
            page.Append($"\n## {Words(shelf.Key.ToString())}\n");
            foreach (var entry in shelf)
            {
                Write(entry, page);
            }
        }

        return page.ToString();
    }

    static void Write(IndicatorDescription entry, StringBuilder page)
    {
        var arguments = entry.With();
        page.Append($"\n### {entry.Name}: {entry.Title}\n\n{entry.Meaning} ");
        page.Append(entry.Placement == IndicatorPlacement.Overlay ? "Drawn over the candles. " : "Drawn in a pane of its own. ");
        page.Append(entry.Source switch
        {
            IndicatorSource.Values => $"Takes a series, by default {entry.DefaultPrice.ToString().ToLowerInvariant()}.\n\n",
            IndicatorSource.Pairs => "Takes two series.\n\n",
            _ => "Takes whole candles.\n\n",
        });
        foreach (var parameter in entry.Parameters)
        {
            var standard = parameter.Choices.Count > 0 ? parameter.Choices[(int)parameter.Default] : $"{parameter.Default}";
            var range = parameter.Choices.Count > 0 ? $"one of {string.Join(", ", parameter.Choices)}" : parameter.Range;
            page.Append($"- setting `{parameter.Name}`: {standard}; {range}\n");
        }

        foreach (var output in entry.Outputs)
        {
            var shift = -output.Shift(arguments);
            page.Append($"- output `{output.Name}`: from candle {output.First(arguments)}");
            page.Append(output.IsOccasional ? " at the earliest" : "");
            page.Append(shift > 0 ? $", drawn {shift} back" : "");
            page.Append(output.IsDisplayOnly ? ", for the eye only" : "");
            page.Append('\n');
        }
    }

    static string Words(string name) =>
        string.Concat(name.Select((letter, place) => place > 0 && char.IsUpper(letter) ? $" {char.ToLowerInvariant(letter)}" : $"{letter}"));
}
