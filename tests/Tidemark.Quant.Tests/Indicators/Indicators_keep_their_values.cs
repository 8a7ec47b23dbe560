using System.Globalization;
using System.Text;

namespace Tidemark.Quant.Indicators;

/// <summary>Values on a made-up market, taken down when all of them agreed with the shared references, for checkouts without those.</summary>
public sealed class Indicators_keep_their_values
{
    const int Count = 500;

    [Fact]
    public void On_a_market_of_our_own()
    {
        var path = Repository.Path("tests/Tidemark.Quant.Tests/Indicators/kept-values.csv");

        // TIDEMARK_WRITE_DOCS=1 takes the values down anew.
        if (Environment.GetEnvironmentVariable("TIDEMARK_WRITE_DOCS") == "1")
        {
            File.WriteAllText(path, Write());
        }

        var actual = Write().Split('\n');
        var kept = File.ReadAllText(path).Split('\n');
        actual.Length.ShouldBe(kept.Length);
        foreach (var (line, wanted) in actual.Zip(kept))
        {
            Agree(line.Split(','), wanted.Split(',')).ShouldBeTrue($"{line} is not {wanted}");
        }
    }

    static string Write()
    {
        var market = RandomMarket.Of(42, Count);
        var text = new StringBuilder("output,candle,value\n");
        foreach (var entry in IndicatorRegistry.All.Where(entry => entry.Source != IndicatorSource.Pairs))
        {
            var runner = entry.StartOnCandles(entry.With());
            var row = new double[entry.Outputs.Count];
            for (var i = 0; i < Count; i++)
            {
                runner.Next(in market[i], row);
                if (i % 100 == 99)
                {
                    WriteRow(entry, i, row, text);
                }
            }
        }

        return text.ToString();
    }

    static void WriteRow(IndicatorDescription entry, int candle, double[] row, StringBuilder text)
    {
        for (var output = 0; output < row.Length; output++)
        {
            var value = double.IsNaN(row[output]) ? "" : row[output].ToString("R", CultureInfo.InvariantCulture);
            text.Append($"{entry.Name}.{entry.Outputs[output].Name},{candle},{value}\n");
        }
    }

    static bool Agree(string[] fields, string[] kept)
    {
        if (!double.TryParse(fields[^1], out var value) || !double.TryParse(kept[^1], out var wanted))
        {
            return fields.SequenceEqual(kept);
        }

        return fields[0] == kept[0] && fields[1] == kept[1] && Math.Abs(value - wanted) <= 1e-9 * Math.Max(Math.Abs(wanted), 1e-3);
    }
}
