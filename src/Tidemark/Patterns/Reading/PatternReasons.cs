using System.Globalization;
using Tidemark.Patterns.Stored;
using Tidemark.Quant.Patterns;
using Tidemark.Quant.Series;

namespace Tidemark.Patterns.Reading;

/// <summary>Says in sentences, with a pattern's own numbers, why it is there.</summary>
static class PatternReasons
{
    public static IReadOnlyList<string> Of(StoredPattern pattern, CandleSlice candles)
    {
        var isBullish = pattern.Direction == Direction.Bullish;
        List<string> reasons = pattern.Kind switch
        {
            PatternKind.FairValueGap => Gap(pattern, candles, isBullish),
            PatternKind.OrderBlock => Block(pattern, candles, isBullish),
            PatternKind.LiquiditySweep => Sweep(pattern, candles, isBullish),
            _ => Failed(pattern, isBullish),
        };
        reasons.Add($"It could be known from {Time(pattern.KnownAt)} on, when the candle that opened at {Time(pattern.ConfirmedAt)} had closed.");
        reasons.Add($"Rule \"{pattern.Rule}\"{(pattern.Parameters.Length > 0 ? $" with {pattern.Parameters}" : "")}.");
        return reasons;
    }

    static List<string> Gap(StoredPattern pattern, CandleSlice candles, bool isBullish)
    {
        var size = Percent(pattern.Zone.Size / pattern.Zone.Bottom);
        List<string> reasons =
        [
            isBullish
                ? $"The first of three candles reached no higher than {Price(pattern.Zone.Bottom)} and the third no lower than {Price(pattern.Zone.Top)}: the prices between were passed without being traded from both sides."
                : $"The first of three candles reached no lower than {Price(pattern.Zone.Top)} and the third no higher than {Price(pattern.Zone.Bottom)}: the prices between were passed without being traded from both sides.",
            $"The gap is {size} of its price high; smaller ones than the rule's minimum do not count.",
        ];
        if (candles.Count >= 3)
        {
            var middle = candles[candles.Count - 2];
            reasons.Add($"The candle between moved from {Price(middle.Open)} to {Price(middle.Close)}.");
        }
        return reasons;
    }

    static List<string> Block(StoredPattern pattern, CandleSlice candles, bool isBullish)
    {
        List<string> reasons = [$"The candle of {Time(pattern.AnchorAt)} was the last {(isBullish ? "falling" : "rising")} one before a strong move {(isBullish ? "up" : "down")}; its range {Price(pattern.Zone.Bottom)} to {Price(pattern.Zone.Top)} is the block."];
        if (candles.Count > 0)
        {
            var impulse = candles[candles.Count - 1];
            reasons.Add($"The move's candle went from {Price(impulse.Open)} to {Price(impulse.Close)}, more than one and a half times the mean body of the 20 before it, and closed beyond the {(isBullish ? "highs" : "lows")} of the ten before it: it broke structure.");
        }
        return reasons;
    }

    static List<string> Sweep(StoredPattern pattern, CandleSlice candles, bool isBullish)
    {
        List<string> reasons = [$"The level {Price(pattern.SweptLevel ?? 0)}, the swing {(isBullish ? "low" : "high")} of {Time(pattern.AnchorAt)}, had not been passed since."];
        if (candles.Count > 0)
        {
            var sweep = candles[candles.Count - 1];
            reasons.Add($"A wick went {(isBullish ? "below it to " + Price(sweep.Low) : "above it to " + Price(sweep.High))} and the candle closed back inside at {Price(sweep.Close)}.");
        }
        if (pattern.LevelsSwept > 1)
        {
            reasons.Add($"It took {pattern.LevelsSwept} levels at once; the outermost is shown.");
        }
        return reasons;
    }

    static List<string> Failed(StoredPattern pattern, bool isBullish) =>
    [
        $"{(pattern.Origin == "orderBlock" ? "An order block" : "An impulse's block")} of {Time(pattern.AnchorAt)} that pointed the other way failed: a candle closed {(isBullish ? "above" : "below")} it.",
        pattern.Kind == PatternKind.BreakerBlock
            ? "Before it failed, its move had taken the liquidity beyond the ten candles before it: that makes it a breaker."
            : "Before it failed, its move had taken no liquidity: that makes it a mitigation block.",
        $"Its range {Price(pattern.Zone.Bottom)} to {Price(pattern.Zone.Top)} now counts for the other direction.",
    ];

    static string Price(double price) => price.ToString("0.############", CultureInfo.InvariantCulture);
    static string Percent(double fraction) => fraction.ToString("0.00 %", CultureInfo.InvariantCulture);
    static string Time(DateTimeOffset time) => time.UtcDateTime.ToString("yyyy-MM-dd HH:mm 'UTC'", CultureInfo.InvariantCulture);
}
