using Tidemark.Quant.Patterns;

namespace Tidemark.Patterns.Stored;

/// <summary>The short words for patterns that tables, plans and people use.</summary>
public static class PatternWords
{
    static readonly Dictionary<PatternKind, string> Codes = new()
    {
        [PatternKind.FairValueGap] = "FVG",
        [PatternKind.OrderBlock] = "OB",
        [PatternKind.LiquiditySweep] = "SWEEP",
        [PatternKind.BreakerBlock] = "BREAKER",
        [PatternKind.MitigationBlock] = "MITIGATION",
    };

    static readonly Dictionary<string, PatternKind> Kinds = Codes.ToDictionary(code => code.Value, code => code.Key, StringComparer.OrdinalIgnoreCase);

    public static IEnumerable<PatternKind> All => Codes.Keys;

    public static string Code(this PatternKind kind) => Codes[kind];
    public static PatternKind KindOf(string code) => Kinds[code];

    /// <summary>Reads FVG, OB, SWEEP, BREAKER, MITIGATION and the long names, in any case.</summary>
    public static bool TryKind(string text, out PatternKind kind) =>
        Kinds.TryGetValue(text, out kind) || (!char.IsAsciiDigit(text.FirstOrDefault('0')) && Enum.TryParse(text, ignoreCase: true, out kind) && Codes.ContainsKey(kind));

    public static string Word(this Direction direction) => direction == Direction.Bullish ? "bullish" : "bearish";
    public static Direction DirectionOf(string word) => word == "bullish" ? Direction.Bullish : Direction.Bearish;

    public static string Word(this PatternStatus status) => status.ToString().ToLowerInvariant();
    public static PatternStatus StatusOf(string word) => Enum.Parse<PatternStatus>(word, ignoreCase: true);

    public static string? Word(this BlockOrigin origin) => origin switch
    {
        BlockOrigin.OrderBlock => "orderBlock",
        BlockOrigin.Candidate => "candidate",
        _ => null,
    };
}
