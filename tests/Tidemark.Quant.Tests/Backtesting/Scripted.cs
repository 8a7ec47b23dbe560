using Tidemark.Quant.Strategies;

namespace Tidemark.Quant.Backtesting;

/// <summary>A strategy that does what a test says at each bar.</summary>
readonly struct Scripted(Dictionary<int, Scripted.Line> script) : IStrategy
{
    public delegate void Line(in Moment bar, ref OrderPad orders);

    public static StrategyDescription Of(params (int Bar, Line Line)[] lines) => new StrategyDescription
    {
        Name = "scripted",
        Title = "Scripted",
        Meaning = "Does what a test says.",
        Definition = "Does what a test says.",
        Source = string.Join(' ', lines.Select(line => line.Bar)),
    }.RunBy(_ => new Scripted(lines.ToDictionary(line => line.Bar, line => line.Line)));

    public void OnBar(in Moment bar, ref OrderPad orders)
    {
        if (script.TryGetValue(bar.Index, out var line))
        {
            line(bar, ref orders);
        }
    }

    public int NextActive(int from, int end, Side side)
    {
        for (var i = from; i < end; i++)
        {
            if (script.ContainsKey(i))
            {
                return i;
            }
        }

        return end;
    }
}
