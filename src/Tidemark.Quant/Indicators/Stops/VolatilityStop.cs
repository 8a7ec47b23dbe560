using Tidemark.Quant.Indicators.Volatility;
using Tidemark.Quant.Series;

namespace Tidemark.Quant.Indicators.Stops;

/// <summary>In the price unit the stop, and the stop again where it lies above or below the price; then 1 where it was hit on this candle, else 0.</summary>
public readonly record struct VolatilityStopValue(double Stop, double Upper, double Lower, double IsHit);

/// <summary>Wilder's volatility stop: some average true ranges from the best close of the trend; its first trend is a guess and not reported.</summary>
public struct VolatilityStop(int period, double multiplier) : IIndicator<Candle, VolatilityStopValue>
{
    Atr range = new(period);
    double atr = double.NaN;
    double firstClose;
    double highest = double.NegativeInfinity;
    double lowest = double.PositiveInfinity;
    double best;
    bool isLong;
    bool settled;
    int seen;

    /// <summary>Its entry in the registry.</summary>
    public static IndicatorDescription Description { get; } = IndicatorDescription
        .Of("VOLSTOP", "Volatility stop", IndicatorGroup.Stops, IndicatorPlacement.Overlay, "A stop some usual candle ranges from the best close of the trend.")
        .Whole("period", 7, minimum: 2)
        .Number("multiplier", 3, 0.01, 100)
        .Output(new IndicatorOutput("stop", p => p.Whole(0) + 2) { IsOccasional = true })
        .Output(new IndicatorOutput("upper", p => p.Whole(0) + 2) { IsOccasional = true })
        .Output(new IndicatorOutput("lower", p => p.Whole(0) + 2) { IsOccasional = true })
        .Output(new IndicatorOutput("hit", p => p.Whole(0) + 2) { IsOccasional = true })
        .OnCandles<VolatilityStop, VolatilityStopValue>(p => new VolatilityStop(p.Whole(0), p[1]));

    /// <summary>Takes the next candle and answers the stop for it.</summary>
    public VolatilityStopValue Next(in Candle input)
    {
        var distance = multiplier * atr;
        atr = range.Next(in input).Atr;
        if (seen++ < period)
        {
            Gather(input.Close);
            return new VolatilityStopValue(double.NaN, double.NaN, double.NaN, double.NaN);
        }

        var stop = isLong ? best - distance : best + distance;
        var (upper, lower) = isLong ? (double.NaN, stop) : (stop, double.NaN);
        var hit = isLong ? input.Close < stop : input.Close > stop;
        Follow(input.Close, hit);
        if (!settled)
        {
            settled = hit;
            return new VolatilityStopValue(double.NaN, double.NaN, double.NaN, double.NaN);
        }

        return new VolatilityStopValue(stop, upper, lower, hit ? 1 : 0);
    }

    void Gather(double close)
    {
        firstClose = seen == 1 ? close : firstClose;
        highest = Math.Max(highest, close);
        lowest = Math.Min(lowest, close);
        isLong = close > firstClose;
        best = isLong ? highest : lowest;
    }

    void Follow(double close, bool hit)
    {
        if (hit)
        {
            isLong = !isLong;
            best = close;
        }
        else
        {
            best = isLong ? Math.Max(best, close) : Math.Min(best, close);
        }
    }
}
