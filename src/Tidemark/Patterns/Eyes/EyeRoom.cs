using System.Collections.Concurrent;
using Tidemark.Market;

namespace Tidemark.Patterns.Eyes;

/// <summary>The keepers of all eyes of this process, one for each symbol of a source.</summary>
public sealed class EyeRoom(EyeTools tools, EyeTurn turn) : IDisposable
{
    readonly ConcurrentDictionary<EyeKey, EyeKeeper> _keepers = new();

    public EyeKeeper Of(EyeKey key) => _keepers.GetOrAdd(key, static (one, tools) => new EyeKeeper(one, tools), tools);

    public IEnumerable<EyeKeeper> All => _keepers.Values;

    /// <summary>Looks at what is stored and not looked at yet, unless another process keeps the eyes: that one looks by itself, soon.</summary>
    public async Task<Seen> Look(EyeKey key, CancellationToken stop)
    {
        if (!await turn.Begin(stop))
        {
            return default;
        }
        try
        {
            return await Of(key).CatchUp(stop);
        }
        finally
        {
            await turn.End();
        }
    }

    /// <summary>Closes all eyes; they wake anew from the tables.</summary>
    public void Forget() => _keepers.Clear();

    /// <summary>The symbols of a source that have candles to look at.</summary>
    public async Task<IReadOnlyList<EyeKey>> Keys(MarketSource source, CancellationToken stop) =>
        [.. (await tools.Catalog.Stored(stop)).Where(series => series.Key.Source == source && series.Candles > 0).Select(series => new EyeKey(source, series.Key.Symbol)).Distinct()];

    public void Dispose()
    {
        foreach (var keeper in _keepers.Values)
        {
            keeper.Dispose();
        }
    }
}
