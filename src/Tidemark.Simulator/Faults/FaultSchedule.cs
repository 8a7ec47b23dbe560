using Tidemark.Simulator.Synthetic;

namespace Tidemark.Simulator.Faults;

/// <summary>Schedules of faults, the same for the same seed.</summary>
public static class FaultSchedule
{
    /// <summary>What can befall an exchange that is only read: lost answers need something that has an effect.</summary>
    public static IReadOnlyList<FaultKind> Kinds { get; } = [.. Enum.GetValues<FaultKind>().Where(kind => kind != FaultKind.AnswerLost)];

    /// <summary>Every kind at least once over a stretch of market time, spread evenly and at chance moments, in an order that the seed decides.</summary>
    public static IReadOnlyList<ScheduledFault> Seeded(ulong seed, TimeSpan length, int rounds = 2)
    {
        var key = Noise.Key(seed, "the schedule of faults");
        var count = rounds * Kinds.Count;
        return
        [
            .. Enumerable.Range(0, count)
                .OrderBy(i => i / Kinds.Count)
                .ThenBy(i => Noise.At(key, i))
                .Select((kind, place) =>
                {
                    var luck = Noise.At(key, count + place);
                    return new ScheduledFault(length * ((place + Noise.Uniform(luck)) / count), FaultOf(Kinds[kind % Kinds.Count], length / count, Noise.More(luck)));
                }),
        ];
    }

    static Fault FaultOf(FaultKind kind, TimeSpan share, ulong luck)
    {
        var lasts = share * (0.3 + (0.6 * Noise.Uniform(luck)));
        return kind switch
        {
            FaultKind.Disconnect => new Fault(kind) { Times = 1, Lasts = lasts, On = luck % 2 == 0 ? "stream" : "/api/" },
            FaultKind.RefuseConnection => new Fault(kind) { Times = 2, Lasts = lasts },
            FaultKind.TooManyRequests => new Fault(kind) { Times = 2, Lasts = lasts, RetryAfter = 1 },
            FaultKind.Ban => new Fault(kind) { Times = 1, Lasts = lasts, RetryAfter = 2 },
            FaultKind.ServerError => new Fault(kind) { Lasts = lasts, Chance = 0.5, Status = 500 + (int)(luck % 5) },
            FaultKind.Slow => new Fault(kind) { Lasts = lasts, Chance = 0.5, Delay = TimeSpan.FromMilliseconds(200 + (luck % 800)) },
            FaultKind.ClockSkew => new Fault(kind) { Lasts = lasts, Skew = TimeSpan.FromMilliseconds((long)(luck % 20_000) - 10_000) },
            FaultKind.Stall => new Fault(kind) { Lasts = lasts },
            _ => new Fault(kind) { Lasts = lasts, Chance = 0.3 },
        };
    }
}
