using System.Globalization;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace Tidemark.Market;

/// <summary>Bars for work over many candles: how far, how fast, how long still. Silent where a program or nobody reads along.</summary>
sealed class CandleProgress
{
    readonly ProgressContext? _bars;

    CandleProgress(ProgressContext? bars) => _bars = bars;

    public static async Task<T> Show<T>(IAnsiConsole console, bool isSilent, Func<CandleProgress, Task<T>> work)
    {
        if (isSilent || !console.Profile.Out.IsTerminal)
        {
            return await work(new CandleProgress(null));
        }
        return await console.Progress()
            .Columns(new TaskDescriptionColumn { Alignment = Justify.Left }, new ProgressBarColumn(), new PercentageColumn(), new RateColumn(), new RemainingTimeColumn())
            .StartAsync(bars => work(new CandleProgress(bars)));
    }

    /// <summary>A bar of its own for a part of the work, filled by the returned action with how much is done.</summary>
    public Action<double> Bar(string what, double total)
    {
        if (_bars is null)
        {
            return static _ => { };
        }
        var bar = _bars.AddTask(Markup.Escape(what), maxValue: Math.Max(total, 1));
        return done => bar.Value = done;
    }

    sealed class RateColumn : ProgressColumn
    {
        public override IRenderable Render(RenderOptions options, ProgressTask task, TimeSpan deltaTime) =>
            new Text(task.Speed is { } speed ? string.Create(CultureInfo.InvariantCulture, $"{speed:N0}/s") : "", new Style(Color.Grey)).RightJustified();
    }
}
