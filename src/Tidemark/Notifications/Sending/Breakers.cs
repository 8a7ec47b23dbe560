using System.Collections.Concurrent;

namespace Tidemark.Notifications.Sending;

/// <summary>
/// Leaves a server alone that does not answer: after a few failures in a row nothing is sent to it for a while, then one thing is, to see.
/// What waits meanwhile loses none of its attempts.
/// </summary>
sealed class Breakers(TimeProvider clock)
{
    const int Failures = 5, MostServers = 10_000;
    static readonly TimeSpan First = TimeSpan.FromSeconds(2), Longest = TimeSpan.FromMinutes(1);
    readonly ConcurrentDictionary<string, Breaker> _breakers = new(StringComparer.OrdinalIgnoreCase);

    sealed class Breaker
    {
        public int Failed;
        public long OpenSince;
        public TimeSpan Pause;
        public bool IsTrying;
    }

    /// <summary>Sends unless the server is being left alone; what comes of it is remembered.</summary>
    public async Task<SendResult> Through(string server, Func<Task<SendResult>> send)
    {
        if (_breakers.Count > MostServers)
        {
            _breakers.Clear();
        }
        var breaker = _breakers.GetOrAdd(server, static _ => new Breaker());
        if (Wait(breaker) is { } wait)
        {
            return SendResult.Later(wait, "The server does not answer; it is tried again soon.");
        }
        var result = SendResult.Failed("The attempt was broken off.");
        try
        {
            result = await send();
            return result;
        }
        finally
        {
            Remember(breaker, result.Outcome == SendOutcome.Failed);
        }
    }

    TimeSpan? Wait(Breaker breaker)
    {
        lock (breaker)
        {
            if (breaker.Failed < Failures)
            {
                return null;
            }
            var left = breaker.Pause - clock.GetElapsedTime(breaker.OpenSince);
            if (left > TimeSpan.Zero || breaker.IsTrying)
            {
                return left > TimeSpan.FromSeconds(1) ? left : TimeSpan.FromSeconds(1);
            }
            breaker.IsTrying = true;
            return null;
        }
    }

    void Remember(Breaker breaker, bool failed)
    {
        lock (breaker)
        {
            breaker.IsTrying = false;
            if (!failed)
            {
                (breaker.Failed, breaker.Pause) = (0, TimeSpan.Zero);
                return;
            }
            breaker.Failed++;
            if (breaker.Failed >= Failures)
            {
                breaker.OpenSince = clock.GetTimestamp();
                breaker.Pause = breaker.Pause == TimeSpan.Zero ? First : TimeSpan.FromTicks(Math.Min(Longest.Ticks, breaker.Pause.Ticks * 2));
            }
        }
    }
}
