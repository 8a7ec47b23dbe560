using Tidemark.Quant.Series;

namespace Tidemark.Quant.Indicators;

/// <summary>An indicator of the registry with its arguments, written as in a formula: "RSI(14)".</summary>
sealed record IndicatorCall(IndicatorDescription Description, IndicatorArguments Arguments)
{
    public static IndicatorCall Parse(string text)
    {
        var parts = text.TrimEnd(')').Split('(');
        var arguments = parts[1].Split(',', StringSplitOptions.RemoveEmptyEntries).Select(double.Parse).ToArray();
        var description = IndicatorRegistry.Find(parts[0]) ?? throw new ArgumentException($"{parts[0]} is not in the registry", nameof(text));
        return new IndicatorCall(description, description.With(arguments));
    }

    /// <summary>One column an output.</summary>
    public double[][] Run(CandleSlice candles)
    {
        var outputs = Description.Outputs.Count;
        var rows = new double[candles.Count * outputs];
        Batch.Run(Description.StartOnCandles(Arguments), candles, outputs, rows);
        return [.. Enumerable.Range(0, outputs).Select(output => Enumerable.Range(0, candles.Count).Select(row => rows[(row * outputs) + output]).ToArray())];
    }

    /// <summary>A column moved to the candles a chart draws its values at.</summary>
    public double[] DrawnAtItsCandle(double[][] columns, string output)
    {
        var position = Description.Outputs.ToList().FindIndex(entry => entry.Name == output);
        position.ShouldBeGreaterThanOrEqualTo(0, $"{Description.Name} has no output {output}");
        var back = -Description.Outputs[position].Shift(Arguments);
        return [.. columns[position].Skip(back), .. Enumerable.Repeat(double.NaN, back)];
    }
}
