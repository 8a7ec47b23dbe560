namespace Tidemark.Quant.Indicators;

/// <summary>Numbers UTC days, weeks and months of a time in milliseconds since 1970, so that a change of period shows.</summary>
static class Calendar
{
    const long MillisecondsADay = 86_400_000;
    const long DaysFromMondayToEpoch = 3;

    public static long Day(long time) => FloorDivide(time, MillisecondsADay);

    public static long Week(long time) => FloorDivide(Day(time) + DaysFromMondayToEpoch, 7);

    public static long Month(long time)
    {
        var date = DateTimeOffset.FromUnixTimeMilliseconds(time);
        return (date.Year * 12L) + date.Month;
    }

    static long FloorDivide(long time, long length) => time >= 0 ? time / length : ((time + 1) / length) - 1;
}
