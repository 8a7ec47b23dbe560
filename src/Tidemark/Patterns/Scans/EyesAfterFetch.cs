using Tidemark.Market;
using Tidemark.Market.Ingest;
using Tidemark.Patterns.Eyes;

namespace Tidemark.Patterns.Scans;

/// <summary>Looks at a symbol's candles the moment they are fetched, where no server watches the market.</summary>
public sealed class EyesAfterFetch(EyeRoom room) : IFetchFollower
{
    public Task Fetched(MarketSource source, Symbol symbol, CancellationToken stop) => room.Look(new EyeKey(source, symbol), stop);
}
