namespace Tidemark.Bench.Indicators;

/// <summary>Holds every output of an indicator on every candle against the column its bare loop wrote: one that computes something else is no rival.</summary>
static class Agreement
{
    const double Tolerance = 1e-9;

    public static void Require(string label, double[] rows, int count, Scratch columns)
    {
        var outputs = rows.Length / count;
        for (var output = 0; output < outputs; output++)
        {
            Require($"{label}, output {output}", rows, output, outputs, columns[output]);
        }
    }

    static void Require(string label, double[] rows, int output, int outputs, double[] column)
    {
        var usual = Usual(rows, output, outputs);
        for (var i = 0; i < column.Length; i++)
        {
            var value = rows[(i * outputs) + output];
            if (!AreSame(value, column[i], usual))
            {
                throw new InvalidOperationException($"{label}, candle {i}: {value:R}, its bare loop {column[i]:R}");
            }
        }
    }

    // Near zero a difference of large numbers keeps their rounding, so the column's usual size counts there.
    static bool AreSame(double value, double expected, double usual) => double.IsNaN(value)
        ? double.IsNaN(expected)
        : Math.Abs(value - expected) <= Tolerance * Math.Max(Math.Abs(expected), usual);

    static double Usual(double[] rows, int output, int outputs)
    {
        var (sum, defined) = (0.0, 0);
        for (var i = output; i < rows.Length; i += outputs)
        {
            sum += double.IsNaN(rows[i]) ? 0 : Math.Abs(rows[i]);
            defined += double.IsNaN(rows[i]) ? 0 : 1;
        }

        return defined == 0 ? 0 : sum / defined;
    }
}
