using System.Globalization;
using Spectre.Console;
using Tidemark.Platform.Cli;
using Tidemark.Quant.Backtesting;

namespace Tidemark.Backtests.Commands;

/// <summary>One run on the screen: its curve, its figures, what a reader should know.</summary>
static class ResultPage
{
    public const int CurveWidth = 72;

    public static void Show(CommandContext context, BacktestResult result)
    {
        var (all, trades, returns) = (result.Statistics, result.Statistics.Trades, result.Statistics.Returns);
        context.Out.WriteLine(Sparkline.Of(result.Equity, CurveWidth));
        var table = new Table().Border(TableBorder.Simple).HideHeaders().AddColumn("").AddColumn(new TableColumn("").RightAligned()).AddColumn("").AddColumn(new TableColumn("").RightAligned());
        Row("Total return", Percent(all.TotalReturn), "Trades", Count(trades.Trades));
        Row("Buying and holding", Percent(all.MarketReturn), "Win rate", trades.WinRate is { } rate ? string.Create(CultureInfo.InvariantCulture, $"{rate.Estimate:0 %} ({100 * rate.Low:0} to {100 * rate.High:0})") : "–");
        Row("Max. drawdown", Percent(all.MaxDrawdown), "Profit factor", Number(trades.ProfitFactor));
        Row("Sharpe, a year", Number(returns.Sharpe), "Mean result", Money(trades.Expectancy));
        Row("Sortino, a year", Number(returns.Sortino), "Mean win / loss", $"{Money(trades.AverageWin)} / {Money(trades.AverageLoss)}");
        Row("Volatility, a year", Percent(returns.Volatility), "Fees", Money(result.Ledger.Fees));
        Row("Final equity", Money(all.FinalEquity), "Time in the market", Percent(all.TimeInMarket));
        context.Out.Write(table);
        foreach (var warning in result.Warnings)
        {
            context.Out.WriteLine(Sentence(warning, result));
        }

        void Row(string left, string leftValue, string right, string rightValue) => table.AddRow(left, leftValue, right, rightValue);
    }

    static string Sentence(BacktestWarning warning, BacktestResult result) => warning switch
    {
        BacktestWarning.FewerBarsThanWarmUp => "There are fewer bars than the strategy needs before its decisions count.",
        BacktestWarning.GapsInBars => "Bars are missing between others; they were skipped, not filled.",
        BacktestWarning.NoTrades => "No trade was closed.",
        BacktestWarning.AmbiguousFills => string.Create(CultureInfo.InvariantCulture, $"{result.AmbiguousFills:N0} exits had stop and target in one candle; the stop was assumed."),
        _ => "The account was closed by force: its money no longer covered the position.",
    };

    public static string Percent(double? value) => value is { } number ? number.ToString("0.0 %", CultureInfo.InvariantCulture) : "–";

    public static string Number(double? value) => value is { } number ? number.ToString("0.00", CultureInfo.InvariantCulture) : "–";

    public static string Money(double? value) => value is { } number ? number.ToString("N2", CultureInfo.InvariantCulture) : "–";

    public static string Count(long value) => value.ToString("N0", CultureInfo.InvariantCulture);
}
