using Tidemark.Quant.Series;

namespace Tidemark.Market.Candles;

/// <summary>A candle that cannot be right, and why.</summary>
public sealed record BadCandle(Candle Candle, SeriesFault Reason);

/// <summary>Keeps candles that cannot be right away from everything that computes with candles.</summary>
public sealed class CandleScreen
{
    CandleScreen(CandleSlice good, IReadOnlyList<BadCandle> bad) => (Good, Bad) = (good, bad);

    public CandleSlice Good { get; }
    public IReadOnlyList<BadCandle> Bad { get; }

    /// <summary>Whether a fault lies in the candle itself; gaps and jumps are matters between candles.</summary>
    public static bool IsInCandle(SeriesFault fault) => fault is not (SeriesFault.Gap or SeriesFault.Discontinuous);

    public static CandleScreen Of(CandleSlice candles, Timeframe timeframe)
    {
        var findings = SeriesChecks.Of(candles, timeframe).Where(finding => IsInCandle(finding.Fault)).ToList();
        if (findings.Count == 0)
        {
            return new CandleScreen(candles, []);
        }
        // The first fault of a candle is reason enough.
        var reasons = findings.DistinctBy(finding => finding.OpenTime).ToDictionary(finding => finding.OpenTime, finding => finding.Fault);
        var good = new CandleSeries(candles.Count);
        var bad = new List<BadCandle>();
        for (var i = 0; i < candles.Count; i++)
        {
            if (reasons.TryGetValue(candles.Times[i], out var reason))
            {
                bad.Add(new BadCandle(candles[i], reason));
            }
            else
            {
                good.Append(candles[i]);
            }
        }
        return new CandleScreen(good.All(), bad);
    }
}
