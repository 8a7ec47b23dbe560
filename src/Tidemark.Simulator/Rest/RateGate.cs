namespace Tidemark.Simulator.Rest;

/// <summary>Weights used by one address in this minute, refusals, and bans that grow. Real time throughout.</summary>
sealed class RateGate(ServerLimits limits, TimeProvider wall)
{
    static readonly TimeSpan Window = TimeSpan.FromMinutes(1);

    readonly Lock gate = new();
    DateTimeOffset windowStart;
    DateTimeOffset bannedSince;
    DateTimeOffset bannedUntil;
    int used;
    int afterRefusal;
    int offences;

    public int Used
    {
        get
        {
            lock (gate)
            {
                Turn(wall.GetUtcNow());
                return used;
            }
        }
    }

    /// <summary>Counts a request; says how it is answered and, where it is refused, how long to wait.</summary>
    public Verdict Weigh(int weight)
    {
        lock (gate)
        {
            var now = wall.GetUtcNow();
            Turn(now);
            if (now < bannedUntil)
            {
                GoOn(now);
                // Who banned him may not have told him yet: what was on its way then is not held against him.
                return new Verdict(now - bannedSince > limits.OnTheWay ? Passage.Banned : Passage.BannedNow, bannedUntil - now);
            }

            used += weight;
            if (used <= limits.WeightAMinute)
            {
                return new Verdict(Passage.Free, TimeSpan.Zero);
            }

            return GoOn(now) ? new Verdict(Passage.BannedNow, bannedUntil - now) : new Verdict(Passage.Refused, windowStart + Window - now);
        }
    }

    /// <summary>Bans the address, as if it had gone on too long.</summary>
    public void Ban(TimeSpan length)
    {
        lock (gate)
        {
            bannedSince = wall.GetUtcNow();
            bannedUntil = bannedSince + length;
        }
    }

    /// <summary>One more request that should not have been made; one too many begins a ban longer than the last.</summary>
    bool GoOn(DateTimeOffset now)
    {
        if (++afterRefusal <= limits.RequestsAfterRefusal + 1)
        {
            return false;
        }

        afterRefusal = 0;
        var ban = limits.Bans[Math.Min(offences++, limits.Bans.Count - 1)];
        (bannedSince, bannedUntil) = now < bannedUntil ? (bannedSince, Later(now + ban, bannedUntil)) : (now, now + ban);
        return true;
    }

    static DateTimeOffset Later(DateTimeOffset left, DateTimeOffset right) => left > right ? left : right;

    void Turn(DateTimeOffset now)
    {
        var start = new DateTimeOffset(now.Ticks - (now.Ticks % Window.Ticks), TimeSpan.Zero);
        if (start == windowStart)
        {
            return;
        }

        (windowStart, used) = (start, 0);
        afterRefusal = now < bannedUntil ? afterRefusal : 0;
    }
}

enum Passage
{
    Free,
    Refused,
    BannedNow,
    Banned,
}

readonly record struct Verdict(Passage Passage, TimeSpan Wait);
