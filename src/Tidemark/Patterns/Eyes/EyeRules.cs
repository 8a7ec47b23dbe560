using System.Globalization;
using Tidemark.Platform.Settings;
using Tidemark.Quant.Patterns;
using Tidemark.Quant.Patterns.Confluence;
using Tidemark.Quant.Series;

namespace Tidemark.Patterns.Eyes;

/// <summary>What every eye of the program looks for, and by which rules.</summary>
public sealed record EyeRules(IReadOnlyList<Timeframe> Timeframes, double CostPerSide)
{
    public PatternOptions Options { get; init; } = PatternOptions.Default;
    public SignalRules Gate { get; init; } = new();

    /// <summary>What else the results depend on, as the modules above say.</summary>
    public IReadOnlyList<string> More { get; init; } = [];

    public static EyeRules Of(TidemarkSettings settings) => new(
        [.. SettingKeys.Split(settings["PATTERN_TIMEFRAMES"]).Select(static name => Timeframe.Parse(name)).Distinct().Order()],
        (double)settings.Price("TRADING_COST_PERCENT") / 100);

    /// <summary>The timeframes that an eye over candles of one length can see.</summary>
    public IEnumerable<Timeframe> Over(Timeframe shortest) => Timeframes.Where(timeframe => timeframe >= shortest && timeframe.IsMultipleOf(shortest));

    /// <summary>Changes with anything that the results depend on.</summary>
    public string Fingerprint => string.Create(
        CultureInfo.InvariantCulture,
        $"timeframes={string.Join('+', Timeframes)} gaps={Options.Gaps} minimum={Options.MinimumPercent}% impulse={Options.ImpulseBodies} reach={Options.SweepReach} equal={Options.EqualTolerance} swings={Options.SwingInvalidation} atrExpiry={Options.AverageRangeExpiry} score={Gate.LeastScore} higher={Gate.NeedsHigherTimeframe} quiet={Gate.QuietHours}h cost={CostPerSide}")
        + string.Concat(More.Select(static one => " " + one));
}
