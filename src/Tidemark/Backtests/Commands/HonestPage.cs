using System.Globalization;
using Spectre.Console;
using Tidemark.Backtests.Results;
using Tidemark.Platform.Cli;
using Tidemark.Quant.Backtesting.Proof;
using Tidemark.Quant.Statistics;

namespace Tidemark.Backtests.Commands;

/// <summary>A judged run on the screen: the record out of sample first, then what speaks for and against it, then the run with the given settings.</summary>
static class HonestPage
{
    public static void Show(CommandContext context, HonestyRequest asked, HonestReport report, TrialKeeper trials)
    {
        var screen = context.Out;
        screen.WriteLine(MarketOptions.Span(asked.Input));
        screen.WriteLine($"{asked.Strategy.Title} {asked.Strategy.With(asked.Parameters)}".TrimEnd());
        screen.WriteLine(OutOfSample(report));
        if (report.OutOfSample is { } walked)
        {
            screen.WriteLine(Sparkline.Of(walked.Equity, ResultPage.CurveWidth));
        }
        screen.WriteLine(Wording.Summary(report.Verdict, report.OutOfSample is not null, asked.Search is null));
        screen.Write(Judged(report));
        foreach (var line in Remarks(report))
        {
            screen.WriteLine(line);
        }
        screen.WriteLine($"Deflated by {ResultPage.Count(report.InSampleJudged.Significance.Trials.Trials)} tries, counted in {trials.Place}.");
        screen.WriteLine();
        screen.WriteLine("In sample: the given settings over the whole record, which may have been chosen with this very record in view.");
        ResultPage.Show(context, report.InSample);
    }

    static string OutOfSample(HonestReport report)
    {
        if (report.OutOfSample is not { } walked)
        {
            return "Out of sample: nothing, for the record is too short to try settings on days that did not choose them.";
        }
        var all = walked.Statistics;
        return string.Create(
            CultureInfo.InvariantCulture,
            $"Out of sample: return {ResultPage.Percent(all.TotalReturn)}, Sharpe {ResultPage.Number(all.Returns.Sharpe)} a year, drawdown {ResultPage.Percent(all.MaxDrawdown)}, {walked.Trades.Count:N0} trades; settings chosen {walked.Windows.Count:N0} times among {walked.Combinations:N0}.");
    }

    static Table Judged(HonestReport report)
    {
        var table = new Table().Border(TableBorder.Simple).AddColumn("").AddColumn(new TableColumn("Out of sample").RightAligned()).AddColumn(new TableColumn("In sample").RightAligned());
        Row("Sharpe, a year (95 %)", record => Range(record.Significance.Intervals.Sharpe, ResultPage.Number));
        Row("Return (95 %)", record => Range(record.Significance.Intervals.TotalReturn, ResultPage.Percent));
        Row("Drawdown of days' ends (95 %)", record => Range(record.Significance.Intervals.Drawdown, ResultPage.Percent));
        Row("Probabilistic Sharpe", record => ResultPage.Number(record.Significance.Probabilistic));
        Row("Deflated Sharpe", record => ResultPage.Number(record.Significance.Deflated));
        Row("Sharpe of the luckiest", record => ResultPage.Number(record.Significance.SharpeOfLuck));
        Row("Days, of those needed", record => $"{ResultPage.Count(record.Significance.Days)} of {(record.Significance.ShortestRecord is { } days ? Math.Ceiling(days).ToString("N0", CultureInfo.InvariantCulture) : "–")}");
        foreach (var factor in CostSensitivity.Factors)
        {
            Row(string.Create(CultureInfo.InvariantCulture, $"Return at {factor:0}× costs"), record => ResultPage.Percent(record.Costs.First(level => level.Factor == factor).TotalReturn));
        }
        return table;

        void Row(string title, Func<JudgedRecord, string> figure) => table.AddRow(title, report.OutOfSampleJudged is { } outside ? figure(outside) : "–", figure(report.InSampleJudged));
    }

    static IEnumerable<string> Remarks(HonestReport report)
    {
        yield return report.Overfitting is { } overfitting
            ? $"Probability of overfitting: {ResultPage.Percent(overfitting.Probability)}."
            : "Probability of overfitting: too few days or combinations to say.";
        foreach (var flag in (report.OutOfSampleJudged ?? report.InSampleJudged).Flags)
        {
            yield return $"Beware: {Wording.Of(flag).Text}";
        }
        if (report.OutOfSample is { AmbiguousFills: > 0 and var unclear })
        {
            yield return $"Beware: {ResultPage.Count(unclear)} exits out of sample had stop and target in one candle; the stop was assumed.";
        }
        yield return $"Look-ahead: {Wording.Of(report.LookAhead).Text}";
        yield return $"Warm-up: {Wording.Of(report.WarmUp).Text}";
    }

    static string Range(Interval? interval, Func<double?, string> write) =>
        interval is { } known ? $"{write(known.Estimate)} ({write(known.Low)} to {write(known.High)})" : "–";
}
