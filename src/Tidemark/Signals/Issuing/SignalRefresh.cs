using Tidemark.Market.Symbols;
using Tidemark.Patterns.Eyes;
using Tidemark.Platform.Jobs;
using Tidemark.Platform.Messaging;

namespace Tidemark.Signals.Issuing;

/// <summary>Has the candles of the pairs that signals are given for looked at; where the live market is watched there is rarely anything left to see.</summary>
public sealed class SignalRefresh(EyeRoom room, SourceInUse inUse, SignalFollowing following, IEventBus bus)
{
    /// <summary>Looks now.</summary>
    public async Task<(int Symbols, Seen Seen)> Run(CancellationToken stop)
    {
        var keys = await Keys(stop);
        var seen = default(Seen);
        foreach (var key in keys)
        {
            seen += await room.Look(key, stop);
        }
        return (keys.Count, seen);
    }

    /// <summary>Puts the pairs in the queue of whoever keeps the eyes, and answers how many they are.</summary>
    public async Task<int> Ask(CancellationToken stop)
    {
        var keys = await Keys(stop);
        foreach (var key in keys)
        {
            await bus.Publish(new LookWished(key), stop);
        }
        return keys.Count;
    }

    async Task<IReadOnlyList<EyeKey>> Keys(CancellationToken stop) =>
        inUse.Current is { } source ? [.. (await room.Keys(source, stop)).Where(key => following.Pairs.Contains(key.Symbol))] : [];
}

/// <summary>The worker's job of the same name: signals of the configured pairs.</summary>
public sealed class GenerateSignalsJob(SignalRefresh refresh) : IJob
{
    public async Task<JobCounts> Run(JobRun run, CancellationToken stop)
    {
        var (symbols, seen) = await refresh.Run(stop);
        return new JobCounts { ["symbols"] = symbols, ["candles"] = seen.Candles, ["changes"] = seen.Changes };
    }
}
