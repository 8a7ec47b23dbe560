using FsCheck;
using FsCheck.Fluent;
using Tidemark.Quant.Series;

namespace Tidemark.Quant.Patterns;

/// <summary>The rules written the slow and obvious way, over the whole series with decimals, against the engine.</summary>
public sealed class Reference_rules
{
    [Fact]
    public void Of_swings_agree() => Agree(
        log => log.Swings.Select(swing => $"{swing.Reach} {swing.IsHigh} {swing.Pivot.Index} {(decimal)swing.Level:G29}"),
        reference =>
            from reach in new[] { 3, 5 }
            from high in new[] { true, false }
            from swing in reference.Swings(high, reach)
            select $"{reach} {high} {swing.Pivot} {swing.Level:G29}");

    [Fact]
    public void Of_structure_agree() => Agree(
        log => log.Breaks.Select(fact =>
            $"{(fact.Change == StructureChange.ChangeOfCharacter ? "CHOCH" : "BOS")} {(int)fact.Direction} {fact.Evidence.Last.Index} {(decimal)fact.Level:G29} {fact.Evidence.First.Index}"),
        reference => reference.Breaks);

    [Fact]
    public void Of_equal_levels_agree() => Agree(
        log => log.EqualPairs.Select(pair => $"{pair.AreHighs} {pair.Evidence.Last.Index} {pair.First.Index} {pair.Second.Index} {(decimal)pair.Level:G29}"),
        reference => reference.EqualPairs());

    [Fact]
    public void Of_gaps_their_strength_and_their_lives_agree() => Agree(log => Rows(log, PatternKind.FairValueGap), reference => reference.Gaps());

    [Fact]
    public void Of_order_blocks_their_strength_and_their_lives_agree() => Agree(log => Rows(log, PatternKind.OrderBlock), reference => reference.OrderBlocks());

    [Fact]
    public void Of_sweeps_their_strength_and_their_lives_agree() => Agree(log => Rows(log, PatternKind.LiquiditySweep), reference => reference.Sweeps());

    [Fact]
    public void Of_breaker_and_mitigation_blocks_agree() => Agree(
        log => log.Patterns.Where(pattern => pattern.Origin != BlockOrigin.None).Select(block =>
            $"{block.Kind} {IsRising(block)} {block.Confirmed.Index} {block.Anchor.Index} {Prices(block)} {block.Origin == BlockOrigin.OrderBlock} {block.OriginConfirmed.Index}"),
        reference => reference.FailedBlocks());

    static void Agree(Func<PatternLog, IEnumerable<string>> found, Func<Reference, IEnumerable<string>> expected) =>
        Prop.ForAll(Walk.Any, candles =>
        {
            var log = PatternLog.Of(candles.All(), Timeframe.M15);
            var reference = new Reference(candles, Timeframe.M15.Milliseconds, hours: 24);
            found(log).Order(StringComparer.Ordinal).ShouldBe(expected(reference).Order(StringComparer.Ordinal));
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(50));

    static IEnumerable<string> Rows(PatternLog log, PatternKind kind) =>
        log.Patterns.Zip(log.Lives).Where(entry => entry.First.Kind == kind).Select(entry => Row(entry.First, entry.Second));

    static string Row(in Pattern pattern, in PatternLife life)
    {
        var fill = decimal.Round((decimal)Math.Round(life.FillPercent, 12), 6);
        return $"{pattern.Kind} {IsRising(pattern)} {pattern.Confirmed.Index} {pattern.Anchor.Index} {Prices(pattern)} {pattern.Strength:0.00} "
            + $"{life.Touched?.Index ?? -1} {life.Status} {life.Ended?.Index ?? -1} {fill:0.000000}";
    }

    static bool IsRising(in Pattern pattern) => pattern.Direction == Direction.Bullish;

    static string Prices(in Pattern pattern) => $"{(decimal)pattern.Zone.Bottom:G29} {(decimal)pattern.Zone.Top:G29}";
}
