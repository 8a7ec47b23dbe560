namespace Tidemark.Market.Exchanges;

/// <summary>
/// Keeps what we ask of an exchange under a share of its limit. The exchange says in every answer how much of the minute is used,
/// by us and by whoever shares our address; what is on its way is added to that. During a ban nothing is asked at all.
/// </summary>
public sealed class WeightBudget(TimeProvider clock, double share = 0.8)
{
    static readonly TimeSpan Window = TimeSpan.FromMinutes(1);
    readonly Lock _gate = new();
    long _minute;
    int _used, _onTheWay;
    DateTimeOffset _silentUntil;

    public int Limit { get; private set; } = 6_000;

    public int Used
    {
        get
        {
            lock (_gate)
            {
                return _minute == Minute() ? _used : 0;
            }
        }
    }

    public void Learn(int limit)
    {
        lock (_gate)
        {
            Limit = limit;
        }
    }

    /// <summary>Waits until that much may be asked, and takes it.</summary>
    public async Task<Lease> Take(int weight, CancellationToken stop)
    {
        while (true)
        {
            TimeSpan wait;
            lock (_gate)
            {
                wait = WaitFor(weight);
                if (wait <= TimeSpan.Zero)
                {
                    _onTheWay += weight;
                    return new Lease(this, weight);
                }
            }
            await Task.Delay(wait, clock, stop);
        }
    }

    /// <summary>Nothing is asked until then.</summary>
    public void StaySilent(TimeSpan duration)
    {
        lock (_gate)
        {
            var until = clock.GetUtcNow() + duration;
            _silentUntil = until > _silentUntil ? until : _silentUntil;
        }
    }

    TimeSpan WaitFor(int weight)
    {
        var now = clock.GetUtcNow();
        if (_silentUntil > now)
        {
            return _silentUntil - now + TimeSpan.FromMilliseconds(20);
        }
        if (_minute != Minute())
        {
            (_minute, _used) = (Minute(), 0);
        }
        // One request larger than the share must still pass alone.
        return _used + _onTheWay + weight <= Limit * share || (_used == 0 && _onTheWay == 0)
            ? TimeSpan.Zero
            : TimeSpan.FromMilliseconds(Window.TotalMilliseconds - (now.ToUnixTimeMilliseconds() % (long)Window.TotalMilliseconds) + 50);
    }

    long Minute() => clock.GetUtcNow().ToUnixTimeSeconds() / 60;

    void Settle(int weight, int? used)
    {
        lock (_gate)
        {
            _onTheWay -= weight;
            if (_minute != Minute())
            {
                (_minute, _used) = (Minute(), 0);
            }
            _used = used is { } told ? Math.Max(_used, told) : _used + weight;
        }
    }

    /// <summary>A request on its way.</summary>
    public sealed class Lease(WeightBudget budget, int weight) : IDisposable
    {
        int? _told;

        /// <summary>What the answer said is used in this minute.</summary>
        public void Tell(int used) => _told = used;

        public void Dispose() => budget.Settle(weight, _told);
    }
}
