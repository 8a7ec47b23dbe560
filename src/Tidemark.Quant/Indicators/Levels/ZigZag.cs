using Tidemark.Quant.Indicators.PriceTransforms;
using Tidemark.Quant.Series;

namespace Tidemark.Quant.Indicators.Levels;

/// <summary>
/// The turning point that became certain on this candle, in the price unit, how many candles ago it was, and 1 for a high, -1 for a low;
/// then the way the line goes now (1 up, -1 down) and the furthest price it has reached.
/// </summary>
public readonly record struct ZigZagValue(double Point, double Age, double Kind, double Trend, double Extreme);

/// <summary>
/// ZigZag: turning points from which the price went back at least some percent. Where the line starts is a guess, so the first turn reported
/// is the first one after the price has left its start by that much; <see cref="ZigZagLines"/> draws it.
/// </summary>
public struct ZigZag(double percent, CandleEnd end) : IIndicator<Candle, ZigZagValue>
{
    readonly double threshold = percent / 100;
    Leg rising;
    Leg falling;
    double firstHigh = double.NaN;
    double firstLow;
    int direction;

    /// <summary>Its entry in the registry.</summary>
    public static IndicatorDescription Description { get; } = IndicatorDescription
        .Of("ZIGZAG", "ZigZag", IndicatorGroup.Levels, IndicatorPlacement.Overlay, "Turning points, once the price has gone back far enough.")
        .Number("percent", 5, 0.01, 99)
        .Choice("end", CandleEnd.Close)
        .Output(new IndicatorOutput("point", _ => 1) { IsOccasional = true })
        .Output(new IndicatorOutput("age", _ => 1) { IsOccasional = true })
        .Output(new IndicatorOutput("kind", _ => 1) { IsOccasional = true })
        .Output(new IndicatorOutput("trend", _ => 1) { IsOccasional = true })
        .Output(new IndicatorOutput("extreme", _ => 1) { IsOccasional = true })
        .OnCandles<ZigZag, ZigZagValue>(p => new ZigZag(p[0], (CandleEnd)p.Whole(1)));

    /// <summary>Takes the next candle and answers the turn it proves, if any.</summary>
    public ZigZagValue Next(in Candle input)
    {
        var (high, low) = end == CandleEnd.Close ? (input.Close, input.Close) : (input.High, input.Low);
        if (double.IsNaN(firstHigh))
        {
            (firstHigh, firstLow) = (high, low);
            rising = new Leg(isUp: true, low);
            falling = new Leg(isUp: false, high);
        }

        var upTurn = direction < 0 ? default : rising.Next(high, low, threshold);
        var downTurn = direction > 0 ? default : falling.Next(high, low, threshold);
        if (direction == 0)
        {
            direction = Departure(high, low);
            if (direction == 0)
            {
                return new ZigZagValue(double.NaN, double.NaN, double.NaN, double.NaN, double.NaN);
            }
        }

        ref readonly var leg = ref direction > 0 ? ref rising : ref falling;
        var turn = direction > 0 ? upTurn : downTurn;
        return turn.Kind == 0
            ? new ZigZagValue(double.NaN, double.NaN, double.NaN, leg.Trend, leg.Extreme)
            : new ZigZagValue(turn.Price, turn.Age, turn.Kind, leg.Trend, leg.Extreme);
    }

    readonly int Departure(double high, double low)
    {
        var up = (high - firstLow) / firstLow;
        var down = (firstHigh - low) / firstHigh;
        if (up >= threshold && up > down)
        {
            return 1;
        }

        return down >= threshold && down > up ? -1 : 0;
    }

    readonly record struct Turning(double Price, int Age, int Kind);

    struct Leg(bool isUp, double start)
    {
        bool up = isUp;
        int age;

        public double Extreme { get; private set; } = start;

        public readonly double Trend => up ? 1 : -1;

        public Turning Next(double high, double low, double threshold)
        {
            age++;
            if (up ? high >= Extreme : low <= Extreme)
            {
                Extreme = up ? high : low;
                age = 0;
                return default;
            }

            var back = up ? (Extreme - low) / Extreme : (high - Extreme) / Extreme;
            if (!(back >= threshold))
            {
                return default;
            }

            var turn = new Turning(Extreme, age, up ? 1 : -1);
            up = !up;
            Extreme = up ? high : low;
            age = 0;
            return turn;
        }
    }
}
