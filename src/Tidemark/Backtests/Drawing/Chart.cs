using Tidemark.Quant.Series;

namespace Tidemark.Backtests.Drawing;

/// <summary>A line of values, one for each time of the chart; NaN where there is none.</summary>
public sealed record ChartLine(string Title, Ink Ink, double[] Values)
{
    /// <summary>Filled down to zero: drawdowns, histograms as areas.</summary>
    public bool IsFilled { get; init; }

    /// <summary>Drawn as bars from zero, in the colours of rise and fall.</summary>
    public bool IsBars { get; init; }
}

/// <summary>A level with a name, as the 70 of an RSI.</summary>
public sealed record ChartGuide(double At, string Title);

/// <summary>One of the panes that stand above each other on one axis of time.</summary>
public sealed record ChartPane(string Title, double Share)
{
    public IReadOnlyList<ChartLine> Lines { get; init; } = [];
    public IReadOnlyList<ChartGuide> Guides { get; init; } = [];

    /// <summary>Candles, one for each time of the chart.</summary>
    public CandleSlice? Candles { get; init; }
    public Ticks.Unit Unit { get; init; }

    /// <summary>Bounds that the axis keeps whatever the values are.</summary>
    public (double Low, double High)? Fixed { get; init; }
}

/// <summary>A chart of one or more panes with numbers on the right and dates below.</summary>
public static class Chart
{
    const double Width = 1_000, Left = 12, Right = 76, Top = 40, Bottom = 26, Between = 14, HeightAShare = 100;

    /// <summary>More candles than this are drawn as the band from low to high with the closes.</summary>
    const int MostCandles = 320;

    public static string Draw(string title, string note, ReadOnlySpan<long> times, IReadOnlyList<ChartPane> panes, Theme theme)
    {
        var height = Top + Bottom + panes.Sum(static pane => (pane.Share * HeightAShare) + Between);
        var picture = new Picture(Width, height, title, Describe(note, times, panes), theme);
        picture.Text(Left, 18, title, Ink.Text, isHeading: true);
        picture.Text(Left, 33, note, Ink.Muted);
        var place = new Place(times.Length, Left, Width - Right);
        var moments = Ticks.OfTimes(times, 8);
        var y = Top;
        foreach (var pane in panes)
        {
            var bottom = y + (pane.Share * HeightAShare);
            Pane(picture, pane, place, moments, y, bottom);
            y = bottom + Between;
        }
        foreach (var moment in moments)
        {
            var x = place.X(moment.At);
            picture.Text(Math.Clamp(x, Left + 24, Width - Right - 24), height - 10, moment.Label, Ink.Muted, "middle");
        }
        return picture.Finish();
    }

    static string Describe(string note, ReadOnlySpan<long> times, IReadOnlyList<ChartPane> panes) =>
        times.Length == 0
            ? $"{note}. No data."
            : $"{note}. {string.Join("; ", panes.Select(static pane => $"{pane.Title}: {string.Join(", ", pane.Lines.Select(line => $"{line.Title} ends at {LastOf(line, pane.Unit)}").Concat(pane.Candles is { Count: > 0 } candles ? [$"last close {Ticks.Text(candles.Closes[^1], Math.Abs(candles.Closes[^1]) * 1e-4, Ticks.Unit.Number)}"] : []))}"))}. "
                + $"From {At(times[0])} to {At(times[^1])} UTC.";

    static string At(long time) => DateTimeOffset.FromUnixTimeMilliseconds(time).UtcDateTime.ToString("yyyy-MM-dd HH:mm", System.Globalization.CultureInfo.InvariantCulture);

    static string LastOf(ChartLine line, Ticks.Unit unit)
    {
        var last = Array.FindLast(line.Values, double.IsFinite);
        return Ticks.Text(last, Math.Max(Math.Abs(last) * 1e-3, 1e-6), unit);
    }

    /// <summary>Where the nth time stands on the sheet.</summary>
    readonly record struct Place(int Count, double From, double Until)
    {
        public double Step => (Until - From) / Math.Max(1, Count);
        public double X(double index) => From + ((index + 0.5) * Step);
    }

    static void Pane(Picture picture, ChartPane pane, Place place, IReadOnlyList<Tick> moments, double top, double bottom)
    {
        var (low, high) = Range(pane);
        double Y(double value) => bottom - ((value - low) / (high - low) * (bottom - top));
        foreach (var tick in Ticks.Of(low, high, Math.Max(2, (int)((bottom - top) / 40)), pane.Unit))
        {
            picture.Line(place.From, Y(tick.At), place.Until, Y(tick.At), Ink.Grid);
            picture.Text(place.Until + 6, Y(tick.At) + 4, tick.Label, Ink.Muted);
        }
        foreach (var moment in moments)
        {
            picture.Line(place.X(moment.At), top, place.X(moment.At), bottom, Ink.Grid);
        }
        foreach (var guide in pane.Guides.Where(guide => guide.At > low && guide.At < high))
        {
            picture.Line(place.From, Y(guide.At), place.Until, Y(guide.At), Ink.Muted, 1, "4 4");
            picture.Text(place.Until - 4, Y(guide.At) - 3, guide.Title, Ink.Muted, "end");
        }
        if (pane.Candles is { } candles)
        {
            Candles(picture, candles, place, Y);
        }
        foreach (var line in pane.Lines)
        {
            Line(picture, line, place, Y, low, high);
        }
        Legend(picture, pane, place, top);
    }

    static void Legend(Picture picture, ChartPane pane, Place place, double top)
    {
        var x = place.From + 4;
        picture.Text(x, top + 12, pane.Title, Ink.Text);
        x += (pane.Title.Length * 6.2) + 14;
        foreach (var line in pane.Lines.Where(line => line.Title != pane.Title))
        {
            picture.Line(x, top + 8, x + 14, top + 8, line.Ink, 2);
            picture.Text(x + 18, top + 12, line.Title, Ink.Muted);
            x += (line.Title.Length * 6.2) + 34;
        }
    }

    static void Line(Picture picture, ChartLine line, Place place, Func<double, double> y, double low, double high)
    {
        var points = new (double X, double Y)[line.Values.Length];
        var zero = y(Math.Clamp(0, low, high));
        for (var i = 0; i < points.Length; i++)
        {
            points[i] = (place.X(i), double.IsFinite(line.Values[i]) ? y(line.Values[i]) : double.NaN);
            if (line.IsBars && double.IsFinite(line.Values[i]))
            {
                picture.Box(points[i].X - (place.Step * 0.35), Math.Min(points[i].Y, zero), place.Step * 0.7, Math.Abs(points[i].Y - zero), line.Values[i] >= 0 ? Ink.Rise : Ink.Fall, 0.7);
            }
        }
        if (line.IsFilled)
        {
            (double X, double Y)[] known = [.. points.Where(static point => double.IsFinite(point.Y))];
            if (known.Length > 1)
            {
                picture.Area([(known[0].X, zero), .. known, (known[^1].X, zero)], line.Ink, 0.18);
            }
        }
        if (!line.IsBars)
        {
            picture.Curve(points, line.Ink);
        }
    }

    static void Candles(Picture picture, CandleSlice candles, Place place, Func<double, double> y)
    {
        if (candles.Count > MostCandles)
        {
            Band(picture, candles, place, y);
            return;
        }
        for (var i = 0; i < candles.Count; i++)
        {
            var candle = candles[i];
            var ink = candle.Close >= candle.Open ? Ink.Rise : Ink.Fall;
            var x = place.X(i);
            picture.Line(x, y(candle.High), x, y(candle.Low), ink);
            var (top, bottom) = (y(Math.Max(candle.Open, candle.Close)), y(Math.Min(candle.Open, candle.Close)));
            picture.Box(x - (place.Step * 0.35), top, place.Step * 0.7, bottom - top, ink);
        }
    }

    static void Band(Picture picture, CandleSlice candles, Place place, Func<double, double> y)
    {
        var outline = new (double X, double Y)[2 * candles.Count];
        var closes = new (double X, double Y)[candles.Count];
        for (var i = 0; i < candles.Count; i++)
        {
            outline[i] = (place.X(i), y(candles.Highs[i]));
            outline[^(i + 1)] = (place.X(i), y(candles.Lows[i]));
            closes[i] = (place.X(i), y(candles.Closes[i]));
        }
        picture.Area(outline, Ink.Series1, 0.22);
        picture.Curve(closes, Ink.Series1, 1.2);
    }

    static (double Low, double High) Range(ChartPane pane)
    {
        var (low, high) = (double.PositiveInfinity, double.NegativeInfinity);
        void Take(double value) => (low, high) = double.IsFinite(value) ? (Math.Min(low, value), Math.Max(high, value)) : (low, high);
        foreach (var value in pane.Lines.SelectMany(static line => line.Values))
        {
            Take(value);
        }
        if (pane.Candles is { } candles)
        {
            for (var i = 0; i < candles.Count; i++)
            {
                Take(candles.Lows[i]);
                Take(candles.Highs[i]);
            }
        }
        if (pane.Lines.Any(static line => line.IsFilled || line.IsBars))
        {
            Take(0);
        }
        if (pane.Fixed is var (from, until))
        {
            Take(from);
            Take(until);
            return (low, high);
        }
        if (!double.IsFinite(low))
        {
            return (0, 1);
        }
        var margin = high > low ? (high - low) * 0.06 : Math.Max(Math.Abs(high) * 0.01, 1e-9);
        return (low - margin, high + margin);
    }
}
