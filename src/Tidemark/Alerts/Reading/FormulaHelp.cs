using System.ComponentModel;
using Tidemark.Alerts.Kinds;
using Tidemark.Platform.Api;
using Tidemark.Quant.Formulas;

namespace Tidemark.Alerts.Reading;

/// <summary>What a form needs to know: which conditions there are, and how formulas are written.</summary>
public static class FormulaHelp
{
    public static void Map(RouteGroupBuilder alerts)
    {
        alerts.MapGet("/conditions", static () => Conditions).Allow(Caller.Anyone).WithSummary("The conditions there are and what each needs").Shows(Conditions);
        alerts.MapGet("/formula-help", static () => Help).Allow(Caller.Anyone).WithSummary("How formulas are written; the indicators are at /indicators").Shows(Help);
    }

    public sealed record ConditionInfo(
        AlertCondition Condition,
        string Title,
        [property: Description("price, percent, volume, indicator, formula, pattern or signal.")] string Group,
        [property: Description("Fields it cannot do without.")] IReadOnlyList<string> Needs,
        [property: Description("Fields it knows besides.")] IReadOnlyList<string> Takes,
        [property: Description("What threshold counts; null where there is none.")] string? Unit,
        [property: Description("ticks, closed candles, patterns or signals.")] string JudgedOn);

    public sealed record WrittenForm(string Text, string Meaning);

    public sealed record Language(
        IReadOnlyList<string> Prices,
        IReadOnlyList<WrittenForm> Functions,
        IReadOnlyList<WrittenForm> Operators,
        IReadOnlyList<WrittenForm> Examples,
        [property: Description("Most characters.")] int LongestText);

    static readonly string[] Candles = ["timeframe", "intrabar"];

    static IReadOnlyList<ConditionInfo> Conditions { get; } =
    [
        Price(AlertCondition.PriceAbove, "The price is above"),
        Price(AlertCondition.PriceBelow, "The price is below"),
        Price(AlertCondition.PriceCrossesAbove, "The price rises through"),
        Price(AlertCondition.PriceCrossesBelow, "The price falls through"),
        Price(AlertCondition.PriceCrosses, "The price passes, either way"),
        Percent(AlertCondition.PercentUp, "The price is up by"),
        Percent(AlertCondition.PercentDown, "The price is down by"),
        Percent(AlertCondition.PercentMove, "The price moved by, either way"),
        new(AlertCondition.VolumeSpike, "The volume is a multiple of the usual", "volume", ["threshold"], [.. Candles, "period"], "multiple of the mean volume", "closed candles"),
        Indicator(AlertCondition.IndicatorAbove, "An indicator is above"),
        Indicator(AlertCondition.IndicatorBelow, "An indicator is below"),
        Indicator(AlertCondition.IndicatorCrossesAbove, "An indicator rises through"),
        Indicator(AlertCondition.IndicatorCrossesBelow, "An indicator falls through"),
        new(AlertCondition.Formula, "A formula holds", "formula", ["formula"], Candles, null, "closed candles"),
        new(AlertCondition.Pattern, "A pattern is confirmed", "pattern", [], ["patternKind", "direction", "timeframe"], null, "patterns"),
        new(AlertCondition.Signal, "A signal is issued", "signal", [], ["signalClass", "direction", "timeframe"], null, "signals"),
    ];

    static Language Help { get; } = new(
        ["open", "high", "low", "close", "volume", "hl2", "hlc3", "oc2", "ohl3", "ohlc4"],
        [.. Function.All.Select(function => new WrittenForm(function.Signature, function.Meaning))],
        [
            .. Operator.All.Select(one => new WrittenForm(one.Text, $"{(one.Takes == FormulaType.Condition ? "conditions" : "numbers")} to {(one.Gives == FormulaType.Condition ? "a condition" : "a number")}")),
            new("not", "the opposite of a condition"), new("[n]", "the value of n candles ago"), new("@ 4h", "the value on the last closed candle of a longer timeframe"),
        ],
        [
            new("RSI(14) < 30", "The relative strength is low."),
            new("close crosses above EMA(close, 200)", "The close rises through its long average."),
            new("close > highest(high, 20)[1] and volume > 2 * avg(volume, 20)", "A breakout with volume."),
            new("RSI(14) @ 4h > 50 and RSI(14) crosses above 30", "A turn with the longer trend."),
            new("MACD(12, 26, 9).histogram crosses above 0", "One of several outputs of an indicator."),
        ],
        Formula.LongestText);

    static ConditionInfo Price(AlertCondition condition, string title) => new(condition, title, "price", ["threshold"], ["timeframe"], "price", "ticks");

    static ConditionInfo Percent(AlertCondition condition, string title) => new(condition, title, "percent", ["threshold", "windowMinutes"], [], "percent", "closed candles");

    static ConditionInfo Indicator(AlertCondition condition, string title) => new(condition, title, "indicator", ["metadata.indicator", "metadata.value"], Candles, "the indicator's value", "closed candles");
}
