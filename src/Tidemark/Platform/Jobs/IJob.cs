namespace Tidemark.Platform.Jobs;

/// <summary>Recurring work. It may be killed anywhere and run again: whatever it does, it does in steps that can be repeated.</summary>
public interface IJob
{
    /// <summary>Does the work of one slot and answers what it counted, by name.</summary>
    Task<JobCounts> Run(JobRun run, CancellationToken stop);
}

/// <summary>What a run counted: rows deleted, candles fetched.</summary>
public sealed class JobCounts : Dictionary<string, long>;

/// <summary>The run a job works in.</summary>
public sealed record JobRun(long Id, string Job, DateTimeOffset Slot);

/// <summary>A job as its module declared it.</summary>
public sealed record JobDefinition(string Name, string Summary, JobSchedule Schedule, Type Type);

/// <summary>When a job runs: a cron expression in UTC and the same in words.</summary>
public sealed record JobSchedule(string Cron, string Words);

/// <summary>Schedules in the words of the doors: `Every.Day.At(4, 30)`, `Every.Minutes(5)`. All times are UTC.</summary>
public static class Every
{
    public static DayOf Day => default;
    public static JobSchedule Hour(int minute) => new($"0 {Checked(minute, 59)} * * * ?", $"every hour at minute {minute}");

    public static JobSchedule Minutes(int count) =>
        count is > 0 and <= 30 && 60 % count == 0
            ? new($"0 0/{count} * * * ?", count == 1 ? "every minute" : $"every {count} minutes")
            : throw new ArgumentOutOfRangeException(nameof(count), "Minutes must divide an hour.");

    public static JobSchedule Seconds(int count) =>
        count is > 0 and <= 30 && 60 % count == 0
            ? new($"0/{count} * * * * ?", count == 1 ? "every second" : $"every {count} seconds")
            : throw new ArgumentOutOfRangeException(nameof(count), "Seconds must divide a minute.");

    public readonly record struct DayOf
    {
        public JobSchedule At(int hour, int minute) => new($"0 {Checked(minute, 59)} {Checked(hour, 23)} * * ?", $"every day at {hour:00}:{minute:00} UTC");
    }

    static int Checked(int value, int most) => value >= 0 && value <= most ? value : throw new ArgumentOutOfRangeException(nameof(value));
}
