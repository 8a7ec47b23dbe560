using System.Text.Json;
using Tidemark.Quant.Series;

namespace Tidemark.Quant.Patterns;

public sealed class Shared_handmade_cases
{
    [Fact]
    public void Are_met_in_every_field()
    {
        using var cases = JsonDocument.Parse(File.ReadAllText(SharedCases.Path("cases/smc/handmade.json")));
        foreach (var item in cases.RootElement.EnumerateArray())
        {
            var name = item.GetProperty("name").GetString()!;
            var timeframe = Timeframe.OfMinutes((int)(item.GetProperty("timeframe_ms").GetInt64() / 60_000));
            var candles = item.GetProperty("candles").EnumerateArray().Select(ToCandle).ToArray();

            var log = PatternLog.Of(new CandleSeries(candles).All(), timeframe);

            var expected = item.GetProperty("expect").EnumerateArray().Select(row => string.Join(' ', row.EnumerateArray().Select(field => field.ToString())));
            Rows(name, log).ShouldBe(expected, name);
        }
    }

    static Candle ToCandle(JsonElement row) => new(row[0].GetInt64(), Number(row[1]), Number(row[2]), Number(row[3]), Number(row[4]), Number(row[5]));

    static double Number(JsonElement text) => double.Parse(text.GetString()!);

    static IEnumerable<string> Rows(string name, PatternLog log) => name.Split('_')[0] switch
    {
        "fvg" => Entries(log, PatternKind.FairValueGap).Select(entry => Fields(
            Lower(entry.Pattern.Direction), entry.Pattern.Confirmed.Index, entry.Pattern.Zone.Bottom, entry.Pattern.Zone.Top,
            entry.Life.Touched?.Index, Lower(entry.Life.Status), entry.Life.Ended?.Index, entry.Life.FillPercent)),
        "swing" => log.Swings.Where(swing => swing.Reach == 3).Select(swing => Fields(
            swing.Evidence.Last.Index, swing.Pivot.Index, swing.IsHigh ? "H" : "L", swing.Level)),
        "sweep" or "level" => Entries(log, PatternKind.LiquiditySweep).Select(entry => Fields(
            Lower(entry.Pattern.Direction), entry.Pattern.Confirmed.Index, entry.Pattern.Zone.Bottom, entry.Pattern.Zone.Top,
            entry.Pattern.LevelsSwept, Lower(entry.Life.Status), entry.Life.Ended?.Index)),
        "bos" or "no" => log.Breaks.Select(fact => Fields(
            fact.Change == StructureChange.ChangeOfCharacter ? "CHOCH" : "BOS", Lower(fact.Direction), fact.Evidence.Last.Index, fact.Level)),
        "ob" => Entries(log, PatternKind.OrderBlock).Select(entry => Fields(
            Lower(entry.Pattern.Direction), entry.Pattern.Confirmed.Index, entry.Pattern.Anchor.Index, entry.Pattern.Zone.Bottom, entry.Pattern.Zone.Top,
            entry.Pattern.Body!.Value.Bottom, entry.Pattern.Body!.Value.Top, Lower(entry.Life.Status), entry.Life.Ended?.Index)),
        "breaker" or "mitigation" => log.Patterns.Where(pattern => pattern.Origin != BlockOrigin.None).Select(block => Fields(
            block.Kind == PatternKind.BreakerBlock ? "BREAKER" : "MITIGATION", Lower(block.Direction), block.Confirmed.Index, block.Anchor.Index,
            block.Zone.Bottom, block.Zone.Top, block.Origin == BlockOrigin.OrderBlock ? "OB" : "CAND")),
        "eqh" or "eql" => log.EqualPairs.Select(pair => Fields(
            pair.AreHighs ? "EQH" : "EQL", pair.Evidence.Last.Index, pair.First.Index, pair.Second.Index, pair.Level)),
        _ => throw new InvalidOperationException($"No rows are known for the case {name}"),
    };

    static IEnumerable<(Pattern Pattern, PatternLife Life)> Entries(PatternLog log, PatternKind kind) =>
        log.Patterns.Zip(log.Lives).Where(entry => entry.First.Kind == kind);

    static string Fields(params object?[] fields) => string.Join(' ', fields);

    static string Lower(object value) => value.ToString()!.ToLowerInvariant();
}
