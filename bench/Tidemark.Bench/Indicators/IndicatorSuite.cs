using Tidemark.Bench.Indicators.Bare;
using Tidemark.Quant.Indicators;

namespace Tidemark.Bench.Indicators;

/// <summary>Every indicator of the registry over a year of minutes against the loop one would write by hand, and what indicators and formulas allocate.</summary>
static class IndicatorSuite
{
    const double SlowestRatio = 3;
    const int OtherMarket = 2;

    static readonly Rival[] All =
    [
        .. BareMovingAverages.All, .. BareCycles.All, .. BareTrend.All, .. BareStops.All, .. BareOscillators.All, .. BareMomentum.All,
        .. BareVolatility.All, .. BareBands.All, .. BareVolume.All, .. BareLevels.All, .. BareStatistics.All, .. BarePriceTransforms.All,
    ];

    public static IReadOnlyList<Measurement> Measure()
    {
        RequireEveryName();
        var columns = new Columns(Market.Minutes(), Market.Minutes(seed: OtherMarket));
        var scratch = new Scratch(columns.Count);
        return
        [
            .. All.Select(rival => Compare(rival, columns, scratch)),
            Allocation.OfIndicators(columns.Candles),
            Allocation.OfFormula(columns.Candles),
        ];
    }

    static Measurement Compare(Rival rival, Columns columns, Scratch scratch)
    {
        var indicator = rival.Indicator(columns);
        void Loop() => rival.Loop(columns, scratch);

        scratch.Soil();
        indicator.Run();
        Loop();
        Agreement.Require(rival.Label, indicator.Rows(), columns.Count, scratch);

        var (own, bare) = Duel.Time(indicator.Run, Loop);
        return new Measurement($"{rival.Label}: {own:0.0} ms, bare loop {bare:0.0} ms", own / bare, "times", SlowestRatio, "limit");
    }

    static void RequireEveryName()
    {
        var missing = IndicatorRegistry.All.Select(entry => entry.Name).Except(All.Select(rival => rival.Name)).ToArray();
        if (missing.Length > 0 || All.Length != IndicatorRegistry.All.Count)
        {
            throw new InvalidOperationException($"{All.Length} bare loops for {IndicatorRegistry.All.Count} indicators, none for: {string.Join(", ", missing)}");
        }
    }
}
