using System.Globalization;
using Tidemark.Quant.Patterns;
using Tidemark.Quant.Series;

namespace Tidemark.Quant;

/// <summary>What was found in a series as comma-separated tables, one a kind of fact.</summary>
public static class PatternReport
{
    public static IReadOnlyDictionary<string, Action<PatternLog, TextWriter>> Tables { get; } = new Dictionary<string, Action<PatternLog, TextWriter>>(StringComparer.Ordinal)
    {
        ["patterns.csv"] = WritePatterns,
        ["structure.csv"] = WriteStructure,
        ["swings3.csv"] = (log, text) => WriteSwings(log, 3, text),
        ["swings5.csv"] = (log, text) => WriteSwings(log, 5, text),
        ["blocks.csv"] = WriteBlocks,
        ["equal.csv"] = WriteEqual,
    };

    public static void WritePatterns(PatternLog log, TextWriter text)
    {
        Row(
            text,
            "kind", "direction", "confirm_ts", "known_at_ms", "anchor_ts", "zone_low", "zone_high", "body_low", "body_high",
            "swept_level", "levels_swept", "score", "first_touch_ts", "status", "status_ts", "max_fill_pct");
        foreach (var (pattern, life) in log.Patterns.Zip(log.Lives).Where(entry => CodeOf(entry.First.Kind) is not ("BREAKER" or "MITIGATION")))
        {
            var isSweep = pattern.Kind == PatternKind.LiquiditySweep;
            Row(
                text,
                CodeOf(pattern.Kind),
                Lower(pattern.Direction),
                Time(pattern.Confirmed.OpenTime),
                Time(pattern.KnownAt),
                Time(pattern.Anchor.OpenTime),
                PriceText.Of(pattern.Zone.Bottom),
                PriceText.Of(pattern.Zone.Top),
                Price(pattern.Body?.Bottom),
                Price(pattern.Body?.Top),
                Price(pattern.SweptLevel),
                isSweep ? Time(pattern.LevelsSwept) : "",
                PriceText.Of(pattern.Strength),
                Time(life.Touched?.OpenTime),
                Lower(life.Status),
                Time(life.Ended?.OpenTime),
                isSweep ? "" : Fill(life.FillPercent));
        }
    }

    public static void WriteStructure(PatternLog log, TextWriter text)
    {
        Row(text, "type", "direction", "break_ts", "known_at_ms", "level", "pivot_ts");
        foreach (var fact in log.Breaks)
        {
            Row(
                text,
                fact.Change == StructureChange.ChangeOfCharacter ? "CHOCH" : "BOS",
                Lower(fact.Direction),
                Time(fact.Evidence.Last.OpenTime),
                Time(fact.KnownAt),
                PriceText.Of(fact.Level),
                Time(fact.Evidence.First.OpenTime));
        }
    }

    public static void WriteSwings(PatternLog log, int reach, TextWriter text)
    {
        Row(text, "pivot_ts", "type", "level", "known_at_ms");
        foreach (var swing in log.Swings.Where(swing => swing.Reach == reach))
        {
            Row(text, Time(swing.Pivot.OpenTime), swing.IsHigh ? "H" : "L", PriceText.Of(swing.Level), Time(swing.KnownAt));
        }
    }

    public static void WriteBlocks(PatternLog log, TextWriter text)
    {
        Row(text, "kind", "direction", "known_candle_ts", "anchor_ts", "zone_low", "zone_high", "origin", "origin_confirm_ts");
        foreach (var block in log.Patterns.Where(pattern => CodeOf(pattern.Kind) is "BREAKER" or "MITIGATION"))
        {
            Row(
                text,
                CodeOf(block.Kind),
                Lower(block.Direction),
                Time(block.Confirmed.OpenTime),
                Time(block.Anchor.OpenTime),
                PriceText.Of(block.Zone.Bottom),
                PriceText.Of(block.Zone.Top),
                block.Origin == BlockOrigin.OrderBlock ? "OB" : "CAND",
                Time(block.OriginConfirmed.OpenTime));
        }
    }

    public static void WriteEqual(PatternLog log, TextWriter text)
    {
        Row(text, "kind", "known_candle_ts", "first_pivot_ts", "second_pivot_ts", "level");
        foreach (var pair in log.EqualPairs)
        {
            Row(
                text,
                pair.AreHighs ? "EQH" : "EQL",
                Time(pair.Evidence.Last.OpenTime),
                Time(pair.First.OpenTime),
                Time(pair.Second.OpenTime),
                PriceText.Of(pair.Level));
        }
    }

    static string CodeOf(PatternKind kind) => kind switch
    {
        PatternKind.FairValueGap => "FVG",
        PatternKind.OrderBlock => "OB",
        PatternKind.LiquiditySweep => "SWEEP",
        PatternKind.BreakerBlock => "BREAKER",
        _ => "MITIGATION",
    };

    static void Row(TextWriter text, params ReadOnlySpan<string> fields)
    {
        text.Write(string.Join(',', fields));
        text.Write('\n');
    }

    static string Lower<T>(T value)
        where T : struct, Enum => value.ToString().ToLowerInvariant();

    static string Time(long? value) => value?.ToString(CultureInfo.InvariantCulture) ?? "";

    static string Price(double? price) => price is { } value ? PriceText.Of(value) : "";

    // Half-even as on paper: the noise of the last bit is rounded away first.
    static string Fill(double percent) =>
        decimal.Round((decimal)Math.Round(percent, 12), 6, MidpointRounding.ToEven).ToString("0.000000", CultureInfo.InvariantCulture);
}
