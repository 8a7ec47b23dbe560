using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using Tidemark.Quant;
using Tidemark.Quant.Backtesting;
using Tidemark.Quant.Series;
using Tidemark.Quant.Strategies;

namespace Tidemark.Backtests.Commands;

/// <summary>
/// A run written down as a case for engines to agree on: strategy, parameters, stop, target and settings, in a JSON file; what is missing is as usual there:
/// long only, all in, fills at the next open, the stop before the target.
/// </summary>
sealed record CaseFile(StrategyDescription Strategy, IReadOnlyDictionary<string, double> Parameters, int? Bars, BacktestSettings Settings)
{
    const double UsualCash = 100_000, UsualFee = 0.001, UsualStep = 1e-8;

    static readonly JsonSerializerOptions Json = new() { WriteIndented = true };

    public static CaseFile Read(string path)
    {
        using var document = JsonDocument.Parse(File.ReadAllText(path));
        try
        {
            return Read(document.RootElement);
        }
        catch (InvalidOperationException wrong)
        {
            throw new FormatException($"{path} is no case: {wrong.Message}", wrong);
        }
    }

    /// <summary>The candles of a file, read as forgivingly as plain references read them; times must still rise.</summary>
    public static CandleSeries Candles(string path) => CandleFile.Read(path, isForgiving: true);

    /// <summary>Runs it over candles, over the first of them where it says how many. What length of a bar it names does not matter: bars follow each other as they stand.</summary>
    public BacktestResult Run(CandleSeries candles, CancellationToken stop)
    {
        var bars = candles.Slice(0, Math.Min(candles.Count, Bars ?? candles.Count));
        return Backtester.Run(Strategy, Parameters, new BacktestInput(bars, CandleCsv.SpacingOf(bars) ?? Timeframe.M1), Settings, stop);
    }

    /// <summary>The result in the form in which such a file expects it.</summary>
    public static string Answer(BacktestResult result) => JsonSerializer.Serialize(
        new CaseAnswer(CaseStatistics.Of(result), [.. result.Trades.Select(CaseTrade.Of)], result.OpenPositions is [var open, ..] ? CasePosition.Of(open) : null), Json);

    /// <summary>The equity at each bar's close as a table.</summary>
    public static void WriteEquity(IReadOnlyList<long> times, IReadOnlyList<double> equity, TextWriter text)
    {
        text.Write("timestamp_ms,equity\n");
        for (var i = 0; i < equity.Count; i++)
        {
            text.Write(string.Create(CultureInfo.InvariantCulture, $"{times[i]},{equity[i]:R}\n"));
        }
    }

    static CaseFile Read(JsonElement root)
    {
        var settings = root.TryGetProperty("settings", out var given) ? given : default;
        var fee = Number(settings, "fee_rate") ?? UsualFee;
        return new CaseFile(
            RunOptions.Named(root.TryGetProperty("strategy", out var name) ? name.GetString() ?? "" : throw new FormatException("A case needs a strategy.")),
            root.TryGetProperty("params", out var parameters) && parameters.ValueKind == JsonValueKind.Object
                ? parameters.EnumerateObject().ToDictionary(static entry => entry.Name, static entry => entry.Value.GetDouble(), StringComparer.Ordinal)
                : new Dictionary<string, double>(StringComparer.Ordinal),
            (int?)Number(root, "bars"),
            new BacktestSettings
            {
                InitialCash = Number(settings, "initial_cash") ?? UsualCash,
                Fees = new Fees(fee, fee),
                Market = new MarketRules(Number(settings, "qty_step") ?? UsualStep),
                StopFraction = Distance(root, "stop_loss_pct"),
                TargetFraction = Distance(root, "take_profit_pct"),
                StopPrecedence = StopPrecedence.Always,
                Direction = DirectionOf(settings),
            });
    }

    static TradeDirections DirectionOf(JsonElement settings) => Text(settings, "direction") switch
    {
        null or "long-only" or "long" => TradeDirections.Long,
        "short-only" or "short" => TradeDirections.Short,
        "both" or "long-short" => TradeDirections.Both,
        var other => throw new FormatException($"\"{other}\" is no direction; there are long-only, short-only and both."),
    };

    static double? Number(JsonElement item, string name) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty(name, out var value) && value.ValueKind != JsonValueKind.Null ? value.GetDouble() : null;

    // A distance of nothing is none.
    static double? Distance(JsonElement item, string name) => Number(item, name) is { } fraction and not 0 ? fraction : null;

    static string? Text(JsonElement item, string name) =>
        item.ValueKind == JsonValueKind.Object && item.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.String ? value.GetString() : null;
}

sealed record CaseAnswer(
    [property: JsonPropertyName("stats")] CaseStatistics Stats,
    [property: JsonPropertyName("trades")] IReadOnlyList<CaseTrade> Trades,
    [property: JsonPropertyName("open_position")] CasePosition? OpenPosition);

/// <summary>Losses are below zero here, drawdown too; money and fractions.</summary>
sealed record CaseStatistics(
    [property: JsonPropertyName("trades")] int Trades,
    [property: JsonPropertyName("equity_start")] double EquityStart,
    [property: JsonPropertyName("equity_final")] double EquityFinal,
    [property: JsonPropertyName("total_return")] double TotalReturn,
    [property: JsonPropertyName("max_drawdown")] double MaxDrawdown,
    [property: JsonPropertyName("max_drawdown_bar")] int? MaxDrawdownBar,
    [property: JsonPropertyName("win_rate")] double? WinRate,
    [property: JsonPropertyName("gross_profit")] double GrossProfit,
    [property: JsonPropertyName("gross_loss")] double GrossLoss,
    [property: JsonPropertyName("profit_factor")] double? ProfitFactor,
    [property: JsonPropertyName("expectancy")] double? Expectancy,
    [property: JsonPropertyName("avg_win")] double? AverageWin,
    [property: JsonPropertyName("avg_loss")] double? AverageLoss,
    [property: JsonPropertyName("total_fees")] double TotalFees,
    [property: JsonPropertyName("daily_returns_count")] int DailyReturns,
    [property: JsonPropertyName("sharpe_365")] double? Sharpe,
    [property: JsonPropertyName("sortino_365")] double? Sortino,
    [property: JsonPropertyName("volatility_365")] double? Volatility)
{
    public static CaseStatistics Of(BacktestResult result)
    {
        var (all, trades, returns) = (result.Statistics, result.Statistics.Trades, result.Statistics.Returns);
        return new CaseStatistics(
            trades.Trades, all.StartEquity, all.FinalEquity, all.TotalReturn, 0 - all.MaxDrawdown, all.MaxDrawdownBar, trades.WinRate?.Estimate,
            all.GrossProfit, all.GrossLoss, trades.ProfitFactor, trades.Expectancy, trades.AverageWin, 0 - trades.AverageLoss, all.FeesOfTrades,
            result.DailyReturns.Count, returns.Sharpe, returns.Sortino, returns.Volatility);
    }
}

sealed record CaseTrade(
    [property: JsonPropertyName("entry_bar")] int EntryBar,
    [property: JsonPropertyName("entry_ts")] long EntryTime,
    [property: JsonPropertyName("entry_price")] double EntryPrice,
    [property: JsonPropertyName("qty")] double Quantity,
    [property: JsonPropertyName("entry_fee")] double EntryFee,
    [property: JsonPropertyName("sl")] double? Stop,
    [property: JsonPropertyName("tp")] double? Target,
    [property: JsonPropertyName("exit_bar")] int ExitBar,
    [property: JsonPropertyName("exit_ts")] long ExitTime,
    [property: JsonPropertyName("exit_price")] double ExitPrice,
    [property: JsonPropertyName("exit_fee")] double ExitFee,
    [property: JsonPropertyName("reason")] string Reason,
    [property: JsonPropertyName("gross_pnl")] double GrossResult,
    [property: JsonPropertyName("pnl")] double Result,
    [property: JsonPropertyName("return")] double Return)
{
    public static CaseTrade Of(Trade trade) => new(
        trade.EntryBar, trade.EntryTime, trade.EntryPrice, trade.Quantity, trade.EntryFee, trade.Stop, trade.Target,
        trade.ExitBar, trade.ExitTime, trade.ExitPrice, trade.ExitFee, Word(trade.Reason), trade.GrossResult, trade.Result, trade.Return);

    static string Word(ExitReason reason) => reason switch
    {
        ExitReason.Stop => "sl",
        ExitReason.Target => "tp",
        _ => reason.ToString().ToLowerInvariant(),
    };
}

sealed record CasePosition(
    [property: JsonPropertyName("entry_bar")] int EntryBar,
    [property: JsonPropertyName("entry_ts")] long EntryTime,
    [property: JsonPropertyName("entry_price")] double EntryPrice,
    [property: JsonPropertyName("qty")] double Quantity,
    [property: JsonPropertyName("entry_fee")] double EntryFee,
    [property: JsonPropertyName("sl")] double? Stop,
    [property: JsonPropertyName("tp")] double? Target,
    [property: JsonPropertyName("unrealized_pnl_excl_exit_fee")] double UnrealisedResult)
{
    public static CasePosition Of(OpenPosition open) => new(
        open.EntryBar, open.EntryTime, open.EntryPrice, open.Quantity, open.EntryFee, open.Stop, open.Target, open.UnrealisedResult);
}
