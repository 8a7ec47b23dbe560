using System.Globalization;
using Tidemark.Notifications.Channels;

namespace Tidemark.Notifications;

public sealed class Quiet_hours_are_by_the_clock_on_the_wall
{
    [Theory]
    [InlineData("Europe/Zurich", "22:00", "07:00", "2026-01-10T21:30:00Z", "2026-01-11T06:00:00Z")]
    [InlineData("Europe/Zurich", "22:00", "07:00", "2026-01-10T05:59:00Z", "2026-01-10T06:00:00Z")]
    [InlineData("Europe/Zurich", "22:00", "07:00", "2026-01-10T06:00:00Z", null)]
    [InlineData("Europe/Zurich", "22:00", "07:00", "2026-01-10T20:59:59Z", null)]
    [InlineData("Europe/Zurich", "12:00", "14:00", "2026-07-10T10:30:00Z", "2026-07-10T12:00:00Z")]
    // The night summer time begins: 02:30 is left out, and the quiet ends when the clock is past it.
    [InlineData("Europe/Zurich", "23:00", "02:30", "2026-03-29T00:30:00Z", "2026-03-29T01:00:00Z")]
    [InlineData("Europe/Zurich", "23:00", "07:00", "2026-10-24T22:00:00Z", "2026-10-25T06:00:00Z")]
    [InlineData("Asia/Kathmandu", "22:00", "06:00", "2026-05-01T16:15:00Z", "2026-05-02T00:15:00Z")]
    [InlineData("no/zone", "22:00", "06:00", "2026-05-01T23:00:00Z", "2026-05-02T06:00:00Z")]
    public void And_end_when_it_says_so(string zone, string from, string until, string now, string? end)
    {
        var settings = ChannelSettings.Usual(1, ChannelKind.Ntfy);
        (settings.QuietFrom, settings.QuietUntil) = (TimeOnly.Parse(from, CultureInfo.InvariantCulture), TimeOnly.Parse(until, CultureInfo.InvariantCulture));

        QuietHours.Of(settings, zone)!.Value.EndOf(DateTimeOffset.Parse(now, CultureInfo.InvariantCulture)).ShouldBe(end is null ? null : DateTimeOffset.Parse(end, CultureInfo.InvariantCulture));
    }
}
