using System.Globalization;

namespace Tidemark.Backtests.Drawing;

/// <summary>Where an axis carries a label, and what it says.</summary>
public readonly record struct Tick(double At, string Label);

/// <summary>Round places on an axis of values or of time.</summary>
public static class Ticks
{
    const int MostSteps = 12;

    static readonly double[] Steps = [1, 2, 2.5, 5, 10];

    /// <summary>How an axis writes its numbers.</summary>
    public enum Unit
    {
        /// <summary>Money or an indicator's own unit.</summary>
        Number,

        /// <summary>A fraction, written in percent.</summary>
        Percent,
    }

    /// <summary>Round values in [low, high], about as many as wanted.</summary>
    public static IReadOnlyList<Tick> Of(double low, double high, int wanted, Unit unit)
    {
        if (!(high > low) || !double.IsFinite(high - low))
        {
            return [new Tick(low, Text(low, Math.Abs(low) * 0.01, unit))];
        }
        var raw = (high - low) / Math.Clamp(wanted, 1, MostSteps);
        var size = Math.Pow(10, Math.Floor(Math.Log10(raw)));
        var step = size * Array.Find(Steps, candidate => candidate * size >= raw * (1 - 1e-9));
        var ticks = new List<Tick>();
        for (var i = Math.Ceiling(low / step); i * step <= high * (1 + (high > 0 ? 1e-12 : -1e-12)) && ticks.Count <= 2 * MostSteps; i++)
        {
            ticks.Add(new Tick(i * step, Text(i * step, step, unit)));
        }
        return ticks;
    }

    /// <summary>A value with the decimals that its neighbours at a distance need; large ones with K, M, B.</summary>
    public static string Text(double value, double step, Unit unit)
    {
        if (unit == Unit.Percent)
        {
            var percents = Decimals(step * 100);
            return (value * 100).ToString($"0.{new string('0', percents)}", CultureInfo.InvariantCulture).TrimEnd('.') + " %";
        }
        var (divisor, mark) = Math.Abs(value) switch { >= 1e9 => (1e9, "B"), >= 1e6 => (1e6, "M"), >= 1e5 => (1e3, "K"), _ => (1.0, "") };
        var decimals = Decimals(step / divisor);
        return (value / divisor).ToString($"#,0.{new string('0', decimals)}", CultureInfo.InvariantCulture).TrimEnd('.') + mark;
    }

    /// <summary>Places in a row of times, by index, where a calendar period begins; the shortest period that leaves at most as many as wanted.</summary>
    public static IReadOnlyList<Tick> OfTimes(ReadOnlySpan<long> times, int most)
    {
        if (times.Length < 2)
        {
            return times.Length == 0 ? [] : [new Tick(0, Moment(times[0]).ToString("yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture))];
        }
        List<Tick> found = [];
        foreach (var (period, form) in Periods)
        {
            found = Begins(times, period, form, most);
            if (found.Count > 0 && found.Count <= most)
            {
                return found;
            }
        }
        return found.Count > 0 ? [.. found.Where((_, i) => i % ((found.Count / most) + 1) == 0)] : [new Tick(0, Moment(times[0]).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture))];
    }

    static readonly (Func<DateTime, long> Period, string Form)[] Periods =
    [
        (static at => at.Ticks / TimeSpan.TicksPerMinute / 15, "MM-dd HH:mm"),
        (static at => at.Ticks / TimeSpan.TicksPerHour, "MM-dd HH:mm"),
        (static at => at.Ticks / TimeSpan.TicksPerHour / 6, "MM-dd HH:mm"),
        (static at => at.Ticks / TimeSpan.TicksPerDay, "yyyy-MM-dd"),
        (static at => at.Ticks / TimeSpan.TicksPerDay / 7, "yyyy-MM-dd"),
        (static at => (at.Year * 24L) + (2 * (at.Month - 1)) + (at.Day > 15 ? 1 : 0), "yyyy-MM-dd"),
        (static at => (at.Year * 12L) + at.Month - 1, "yyyy-MM"),
        (static at => (at.Year * 4L) + ((at.Month - 1) / 3), "yyyy-MM"),
        (static at => at.Year, "yyyy"),
        (static at => at.Year / 5, "yyyy"),
    ];

    static List<Tick> Begins(ReadOnlySpan<long> times, Func<DateTime, long> period, string form, int most)
    {
        var found = new List<Tick>();
        var before = period(Moment(times[0]));
        for (var i = 1; i < times.Length; i++)
        {
            var now = period(Moment(times[i]));
            if (now != before)
            {
                found.Add(new Tick(i, Moment(times[i]).ToString(form, CultureInfo.InvariantCulture)));
                if (found.Count > 50 * most)
                {
                    break;
                }
            }
            before = now;
        }
        return found;
    }

    static int Decimals(double step) => step > 0 && double.IsFinite(step) ? Math.Clamp((int)Math.Ceiling(-Math.Log10(step) + (IsQuarter(step) ? 1 : 0) - 1e-9), 0, 8) : 2;

    /// <summary>Steps of 2.5 need a digit more than their size says.</summary>
    static bool IsQuarter(double step)
    {
        var lead = step / Math.Pow(10, Math.Floor(Math.Log10(step) + 1e-9));
        return Math.Abs(lead - 2.5) < 1e-6;
    }

    static DateTime Moment(long time) => DateTimeOffset.FromUnixTimeMilliseconds(time).UtcDateTime;
}
