namespace Tidemark.Notifications.Channels;

/// <summary>Hours of a person's night, by the clock on his wall: they may span midnight, and a day may have 23 or 25 hours.</summary>
public readonly record struct QuietHours(TimeOnly From, TimeOnly Until, TimeZoneInfo Zone)
{
    public static QuietHours? Of(ChannelSettings settings, string zone) =>
        settings is { QuietFrom: { } from, QuietUntil: { } until } && from != until
            ? new QuietHours(from, until, TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var known) ? known : TimeZoneInfo.Utc)
            : null;

    /// <summary>When the quiet that holds at an instant ends; null when none does.</summary>
    public DateTimeOffset? EndOf(DateTimeOffset now)
    {
        var local = TimeZoneInfo.ConvertTime(now, Zone);
        var time = TimeOnly.FromTimeSpan(local.TimeOfDay);
        if (!time.IsBetween(From, Until))
        {
            return null;
        }
        var day = DateOnly.FromDateTime(local.DateTime);
        var end = (time < Until ? day : day.AddDays(1)).ToDateTime(Until);
        while (Zone.IsInvalidTime(end))
        {
            // The hour that a change to summer time leaves out.
            end = end.AddMinutes(15);
        }
        return new DateTimeOffset(end, Zone.GetUtcOffset(end)).ToUniversalTime();
    }
}
