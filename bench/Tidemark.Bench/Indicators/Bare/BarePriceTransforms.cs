using Tidemark.Quant.Indicators;
using Tidemark.Quant.Indicators.PriceTransforms;

namespace Tidemark.Bench.Indicators.Bare;

/// <summary>Other looks at a candle as one would write them by hand over arrays.</summary>
static class BarePriceTransforms
{
    public static Rival[] All =>
    [
        new("PRICE close", OfPrice, (c, s) => Price(c.Closes, s[0])),
        Rival.OfCandles<CandleShape, CandleShapeValue>("SHAPE", () => default, Shape),
        Rival.OfCandles<HeikinAshi, HeikinAshiValue>("HEIKINASHI", () => new HeikinAshi(), HeikinAshi),
        Rival.OfCandles<Renko, RenkoValue>("RENKO 20", () => new Renko(20, CandleEnd.Close), (c, s) => Renko(c, 20, s)),
        Rival.OfCandles<Doji, double>("DOJI 0.1", () => new Doji(0.1), (c, s) => Doji(c, 0.1, s[0])),
        Rival.OfCandles<Marubozu, double>("MARUBOZU 95", () => new Marubozu(95), (c, s) => Marubozu(c, 95, s[0])),
    ];

    // The batch form of a price is its own: the usual one would read six columns more.
    static Streamed OfPrice(Columns columns)
    {
        var outputs = new double[columns.Count];
        return new Streamed(() => Batch.Run(new CandlePrice(PricePart.Close), columns.Candles.All(), outputs.AsSpan()), () => outputs);
    }

    static void Price(double[] x, double[] result)
    {
        for (var i = 0; i < x.Length; i++)
        {
            result[i] = x[i];
        }
    }

    static void Shape(Columns columns, Scratch s)
    {
        var (o, h, l, c) = (columns.Opens, columns.Highs, columns.Lows, columns.Closes);
        var (sizes, bodies, uppers, lowers, bodyShares, upperShares, lowerShares) = (s[0], s[1], s[2], s[3], s[4], s[5], s[6]);
        for (var i = 0; i < c.Length; i++)
        {
            var (size, body) = (h[i] - l[i], Math.Abs(c[i] - o[i]));
            var (upper, lower) = (h[i] - Math.Max(o[i], c[i]), Math.Min(o[i], c[i]) - l[i]);
            (sizes[i], bodies[i], uppers[i], lowers[i]) = (size, body, upper, lower);
            bodyShares[i] = size == 0 ? 1 : body / size;
            upperShares[i] = size == 0 ? 0 : upper / size;
            lowerShares[i] = size == 0 ? 0 : lower / size;
        }
    }

    static void HeikinAshi(Columns columns, Scratch s)
    {
        var (o, h, l, c) = (columns.Opens, columns.Highs, columns.Lows, columns.Closes);
        var (opens, highs, lows, closes) = (s[0], s[1], s[2], s[3]);
        var (open, close) = ((o[0] + c[0]) / 2, 0.0);
        for (var i = 0; i < c.Length; i++)
        {
            open = i == 0 ? open : (open + close) / 2;
            close = (o[i] + h[i] + l[i] + c[i]) / 4;
            (opens[i], closes[i]) = (open, close);
            highs[i] = Math.Max(h[i], Math.Max(open, close));
            lows[i] = Math.Min(l[i], Math.Min(open, close));
        }
    }

    static void Renko(Columns columns, double size, Scratch s)
    {
        var (h, l, c, v) = (columns.Highs, columns.Lows, columns.Closes, columns.Volumes);
        var (bricks, opens, closes, highs, lows, volumes) = (s[0], s[1], s[2], s[3], s[4], s[5]);
        var (open, close) = (Math.Round(c[0]), Math.Round(c[0]));
        (bricks[0], opens[0], closes[0]) = (0, open, close);
        highs[0] = lows[0] = volumes[0] = double.NaN;
        var (high, low, volume) = (double.MinValue, double.MaxValue, 0.0);
        for (var i = 1; i < c.Length; i++)
        {
            high = Math.Max(high, h[i]);
            low = Math.Min(low, l[i]);
            volume += v[i];
            var (top, bottom) = (Math.Max(open, close), Math.Min(open, close));
            var count = c[i] >= top + size ? Math.Truncate((c[i] - top) / size) : c[i] <= bottom - size ? Math.Truncate((c[i] - bottom) / size) : 0;
            if (count == 0)
            {
                (bricks[i], opens[i], closes[i]) = (0, open, close);
                highs[i] = lows[i] = volumes[i] = double.NaN;
                continue;
            }

            close = (count > 0 ? top : bottom) + (count * size);
            open = close - (Math.Sign(count) * size);
            (bricks[i], opens[i], closes[i]) = (count, open, close);
            (highs[i], lows[i], volumes[i]) = (high, low, volume / Math.Abs(count));
            (high, low, volume) = (double.MinValue, double.MaxValue, 0);
        }
    }

    static void Doji(Columns columns, double tolerance, double[] result)
    {
        var (o, c) = (columns.Opens, columns.Closes);
        for (var i = 0; i < c.Length; i++)
        {
            result[i] = o[i] != 0 && Math.Abs((c[i] / o[i]) - 1) <= tolerance / 100 ? 1 : 0;
        }
    }

    static void Marubozu(Columns columns, double least, double[] result)
    {
        var (o, h, l, c) = (columns.Opens, columns.Highs, columns.Lows, columns.Closes);
        for (var i = 0; i < c.Length; i++)
        {
            var share = h[i] == l[i] ? 1 : Math.Abs(c[i] - o[i]) / (h[i] - l[i]);
            result[i] = share >= least / 100 ? Math.Sign(c[i] - o[i]) : 0;
        }
    }
}
