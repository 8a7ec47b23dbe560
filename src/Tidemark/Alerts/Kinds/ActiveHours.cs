namespace Tidemark.Alerts.Kinds;

/// <summary>Hours in which an alert may tell, by the clock on its owner's wall; they may span midnight.</summary>
public sealed record ActiveHours(TimeOnly From, TimeOnly Until, TimeZoneInfo Zone)
{
    public static ActiveHours? Of(TimeOnly? from, TimeOnly? until, string zone) =>
        from is { } begin && until is { } end && begin != end
            ? new ActiveHours(begin, end, TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var known) ? known : TimeZoneInfo.Utc)
            : null;

    public bool Hold(long at) => TimeOnly.FromTimeSpan(Local(at).TimeOfDay).IsBetween(From, Until);

    /// <summary>When they begin next after a moment outside of them.</summary>
    public long NextBegin(long at)
    {
        var local = Local(at);
        var day = DateOnly.FromDateTime(local.DateTime);
        var begin = (TimeOnly.FromTimeSpan(local.TimeOfDay) < From ? day : day.AddDays(1)).ToDateTime(From);
        while (Zone.IsInvalidTime(begin))
        {
            // The hour that a change to summer time leaves out.
            begin = begin.AddMinutes(15);
        }
        var next = new DateTimeOffset(begin, Zone.GetUtcOffset(begin)).ToUnixTimeMilliseconds();
        // Where clocks go back, the same hour begins twice; time goes on all the same.
        return next > at ? next : at + 60_000;
    }

    DateTimeOffset Local(long at) => TimeZoneInfo.ConvertTime(DateTimeOffset.FromUnixTimeMilliseconds(at), Zone);
}
