namespace Tidemark.Bench.Indicators;

/// <summary>Oscillators and indicators of volume as one would write them by hand over arrays.</summary>
static class BareFlows
{
    public static void Rsi(double[] x, int n, Scratch s)
    {
        for (var i = 1; i < x.Length; i++)
        {
            var change = x[i] - x[i - 1];
            s[0][i] = change > 0 ? change : 0;
            s[1][i] = change < 0 ? -change : 0;
        }

        BareAverages.Smoothed(s[0], n, 1.0 / n, 1, s[2]);
        BareAverages.Smoothed(s[1], n, 1.0 / n, 1, s[3]);
        for (var i = 0; i < x.Length; i++)
        {
            s[4][i] = s[3][i] == 0 ? 100 : 100 - (100 / (1 + (s[2][i] / s[3][i])));
        }
    }

    public static void Macd(double[] x, Scratch s)
    {
        BareAverages.Ema(x, 12, s[0]);
        BareAverages.Ema(x, 26, s[1]);
        for (var i = 0; i < x.Length; i++)
        {
            s[2][i] = s[0][i] - s[1][i];
        }

        BareAverages.Smoothed(s[2], 9, 0.2, 25, s[3]);
        for (var i = 0; i < x.Length; i++)
        {
            s[4][i] = s[2][i] - s[3][i];
        }
    }

    public static void Obv(Columns candles, double[] result)
    {
        var (c, v) = (candles.Closes, candles.Volumes);
        var balance = 0.0;
        result[0] = 0;
        for (var i = 1; i < c.Length; i++)
        {
            if (c[i] > c[i - 1])
            {
                balance += v[i];
            }
            else if (c[i] < c[i - 1])
            {
                balance -= v[i];
            }

            result[i] = balance;
        }
    }

    public static void Mfi(Columns candles, int n, Scratch s)
    {
        var (h, l, c, v) = (candles.Highs, candles.Lows, candles.Closes, candles.Volumes);
        var (rising, falling) = (0.0, 0.0);
        var before = (h[0] + l[0] + c[0]) / 3;
        for (var i = 1; i < c.Length; i++)
        {
            var price = (h[i] + l[i] + c[i]) / 3;
            s[0][i] = price > before ? price * v[i] : 0;
            s[1][i] = price < before ? price * v[i] : 0;
            before = price;
            rising += s[0][i];
            falling += s[1][i];
            if (i > n)
            {
                rising -= s[0][i - n];
                falling -= s[1][i - n];
            }

            s[2][i] = falling == 0 ? 100 : 100 - (100 / (1 + (rising / falling)));
        }
    }

    public static void Vwap(Columns candles, double[] result)
    {
        var (t, h, l, c, v) = (candles.Times, candles.Highs, candles.Lows, candles.Closes, candles.Volumes);
        var (day, money, volume) = (-1L, 0.0, 0.0);
        for (var i = 0; i < c.Length; i++)
        {
            if (t[i] / 86_400_000 != day)
            {
                (day, money, volume) = (t[i] / 86_400_000, 0, 0);
            }

            money += (h[i] + l[i] + c[i]) / 3 * v[i];
            volume += v[i];
            result[i] = volume == 0 ? double.NaN : money / volume;
        }
    }

    public static void Adl(Columns candles, Scratch s)
    {
        var (h, l, c, v) = (candles.Highs, candles.Lows, candles.Closes, candles.Volumes);
        var line = 0.0;
        for (var i = 0; i < c.Length; i++)
        {
            s[0][i] = h[i] == l[i] ? 0 : (c[i] - l[i] - (h[i] - c[i])) / (h[i] - l[i]);
            s[1][i] = s[0][i] * v[i];
            s[2][i] = line += s[1][i];
        }
    }

    public static void Cci(double[] price, int n, double[] result)
    {
        for (var i = n - 1; i < price.Length; i++)
        {
            var sum = 0.0;
            for (var j = i - n + 1; j <= i; j++)
            {
                sum += price[j];
            }

            var mean = sum / n;
            var off = 0.0;
            for (var j = i - n + 1; j <= i; j++)
            {
                off += Math.Abs(price[j] - mean);
            }

            result[i] = off == 0 ? double.NaN : (price[i] - mean) / (0.015 * off / n);
        }
    }

    public static void Roc(double[] x, int n, double[] roc, double[] momentum)
    {
        for (var i = n; i < x.Length; i++)
        {
            momentum[i] = x[i] - x[i - n];
            roc[i] = 100 * momentum[i] / x[i - n];
        }
    }

    public static void HeikinAshi(Columns candles, Scratch s)
    {
        var (o, h, l, c) = (candles.Opens, candles.Highs, candles.Lows, candles.Closes);
        for (var i = 0; i < c.Length; i++)
        {
            s[0][i] = i == 0 ? (o[0] + c[0]) / 2 : (s[0][i - 1] + s[3][i - 1]) / 2;
            s[3][i] = (o[i] + h[i] + l[i] + c[i]) / 4;
            s[1][i] = Math.Max(h[i], Math.Max(s[0][i], s[3][i]));
            s[2][i] = Math.Min(l[i], Math.Min(s[0][i], s[3][i]));
        }
    }
}
