using System.Diagnostics.CodeAnalysis;
using Tidemark.Simulator.Synthetic;

namespace Tidemark.Simulator.Faults;

/// <summary>The faults in force. Chances are decided from a seed, so the same occasions in the same order meet the same fate.</summary>
public sealed class FaultBoard(MarketClock clock, ulong seed)
{
    readonly ulong key = Noise.Key(seed, "faults");
    readonly List<Active> active = [];
    readonly List<(long At, Fault Fault)> coming = [];
    readonly Dictionary<FaultKind, long> struck = [];
    readonly Lock gate = new();
    long occasions;

    /// <summary>The faults in force now.</summary>
    public IReadOnlyList<Fault> InForce
    {
        get
        {
            lock (gate)
            {
                Settle();
                return [.. active.Select(one => one.Fault)];
            }
        }
    }

    /// <summary>How often each kind has struck.</summary>
    public IReadOnlyDictionary<FaultKind, long> Struck
    {
        get
        {
            lock (gate)
            {
                return new Dictionary<FaultKind, long>(struck);
            }
        }
    }

    public void Inject(Fault fault)
    {
        lock (gate)
        {
            Begin(fault, clock.Now);
        }
    }

    /// <summary>Lets faults begin by a schedule that starts now.</summary>
    public void Follow(IEnumerable<ScheduledFault> schedule)
    {
        lock (gate)
        {
            var now = clock.Now;
            coming.AddRange(schedule.Select(item => (now + (long)item.At.TotalMilliseconds, item.Fault)));
        }
    }

    public void Clear()
    {
        lock (gate)
        {
            active.Clear();
            coming.Clear();
        }
    }

    /// <summary>Whether a fault of a kind strikes here and now; asking uses it up.</summary>
    public bool Strikes(FaultKind kind, string place, [NotNullWhen(true)] out Fault? fault, out ulong luck)
    {
        lock (gate)
        {
            Settle();
            luck = Noise.At(key, occasions);
            fault = null;
            foreach (var one in active)
            {
                if (one.Fault.Kind != kind || !place.Contains(one.Fault.On, StringComparison.OrdinalIgnoreCase))
                {
                    continue;
                }

                luck = Noise.At(key, occasions++);
                if (Noise.Uniform(luck) < one.Fault.Chance)
                {
                    one.Left--;
                    fault = one.Fault;
                    struck[kind] = struck.GetValueOrDefault(kind) + 1;
                    luck = Noise.More(luck);
                    return true;
                }
            }

            return false;
        }
    }

    public bool Strikes(FaultKind kind, string place) => Strikes(kind, place, out _, out _);

    void Settle()
    {
        if (active.Count == 0 && coming.Count == 0)
        {
            return;
        }

        var now = clock.Now;
        foreach (var (at, fault) in coming.Where(item => item.At <= now))
        {
            Begin(fault, at);
        }

        coming.RemoveAll(item => item.At <= now);
        active.RemoveAll(one => one.Left <= 0 || one.Until <= now);
    }

    void Begin(Fault fault, long now) =>
        active.Add(new Active(fault, fault.Lasts is { } lasts ? now + (long)lasts.TotalMilliseconds : long.MaxValue) { Left = fault.Times ?? int.MaxValue });

    sealed class Active(Fault fault, long until)
    {
        public Fault Fault => fault;

        public long Until => until;

        public int Left { get; set; }
    }
}
