using System.Globalization;
using Tidemark.Patterns.Eyes;
using Tidemark.Patterns.Stored;

namespace Tidemark.Patterns.Replays;

/// <summary>Something that was known from a moment on, in words that two runs share where they agree.</summary>
public readonly record struct KnownAt(DateTimeOffset At, string Fact);

/// <summary>Takes patterns apart into the facts that make them, and compares them.</summary>
public static class ReplayFacts
{
    public static IEnumerable<KnownAt> Of(StoredPattern pattern)
    {
        var name = Text($"{pattern.Series.Timeframe} {pattern.Direction.Word()} {pattern.Kind.Code()} of {pattern.KnownAt.UtcDateTime:yyyy-MM-dd HH:mm} on {pattern.AnchorAt.UtcDateTime:yyyy-MM-dd HH:mm}");
        yield return new KnownAt(
            pattern.KnownAt,
            Text($"{name}: confirmed, {pattern.Zone.Bottom:R} to {pattern.Zone.Top:R}, strength {pattern.Strength:R}, until {pattern.ExpiresAt.UtcDateTime:u}, entry {pattern.Entry:R}, stop {pattern.Stop:R}, {pattern.Rule} {pattern.Parameters}"));
        if (pattern.TouchedAt is { } touched)
        {
            yield return new KnownAt(touched, Text($"{name}: touched {touched.UtcDateTime:u}"));
        }
        if (pattern.FilledAt is { } filled)
        {
            yield return new KnownAt(filled, Text($"{name}: filled {filled.UtcDateTime:u}"));
        }
        if (pattern.EndedAt is { } ended)
        {
            yield return new KnownAt(ended, Text($"{name}: {pattern.Status.Word()} {ended.UtcDateTime:u}, {pattern.FillPercent:R} % filled"));
        }
    }

    /// <summary>Whether two runs say the same of a pattern, without putting it into words.</summary>
    public static bool Agree(StoredPattern left, StoredPattern right) =>
        NameOf(left) == NameOf(right) && left.Zone == right.Zone && left.Strength.Equals(right.Strength) && left.ExpiresAt == right.ExpiresAt && Nullable.Equals(left.Entry, right.Entry) && Nullable.Equals(left.Stop, right.Stop)
        && left.Rule == right.Rule && left.Parameters == right.Parameters && left.TouchedAt == right.TouchedAt && left.FilledAt == right.FilledAt && left.EndedAt == right.EndedAt
        && (left.EndedAt is null || (left.Status == right.Status && left.FillPercent.Equals(right.FillPercent)));

    public static PatternName NameOf(StoredPattern pattern) =>
        new(pattern.Series.Timeframe, pattern.Kind, pattern.Direction, pattern.KnownAt.ToUnixTimeMilliseconds(), pattern.AnchorAt.ToUnixTimeMilliseconds());

    /// <summary>How many facts of a pattern became known in [from, until).</summary>
    public static int Count(StoredPattern pattern, DateTimeOffset from, DateTimeOffset until) =>
        new DateTimeOffset?[] { pattern.KnownAt, pattern.TouchedAt, pattern.FilledAt, pattern.EndedAt }.Count(at => at >= from && at < until);

    static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
