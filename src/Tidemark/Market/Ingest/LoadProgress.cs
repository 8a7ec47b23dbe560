using System.Collections.Concurrent;
using System.ComponentModel;

namespace Tidemark.Market.Ingest;

/// <summary>What is being done to bring a symbol's candles up to date.</summary>
public enum LoadStage
{
    /// <summary>Nothing was begun yet, or older years wait for their turn.</summary>
    Waiting,

    /// <summary>What is missing up to now.</summary>
    Newest,

    /// <summary>Years before what is stored.</summary>
    Older,

    /// <summary>All that is wanted is stored; candles are added as they close.</summary>
    UpToDate,
}

/// <summary>How far the loading of a symbol has come.</summary>
public sealed record SymbolLoading(
    string Symbol,
    [property: Description("waiting, newest (what is missing up to now), older (years before), upToDate.")] LoadStage Stage,
    [property: Description("Minutes of this stage that were fetched.")] long Done,
    [property: Description("Minutes of this stage in all.")] long Total,
    [property: Description("Minutes fetched a second.")] double Rate,
    [property: Description("Seconds until the stage is done at this rate; null where nobody can say.")] double? SecondsLeft,
    [property: Description("Why it does not go on at the moment.")] string? Trouble);

/// <summary>Keeps how far each symbol's loading has come, for pages to show. What is missing up to now and older years are loaded side by side.</summary>
public sealed class LoadProgress(TimeProvider clock)
{
    readonly ConcurrentDictionary<Symbol, Entry> _entries = new();

    sealed record Part(long Total, long Began, long Done = 0);

    sealed record Entry(Part? Newest = null, Part? Older = null, bool IsCaughtUp = false, bool IsComplete = false, string? Trouble = null);

    public IReadOnlyList<SymbolLoading> All => [.. _entries.OrderBy(entry => entry.Key.ToString(), StringComparer.Ordinal).Select(entry => View(entry.Key, entry.Value))];

    public SymbolLoading? Of(Symbol symbol) => _entries.TryGetValue(symbol, out var entry) ? View(symbol, entry) : null;

    public void BeginNewest(Symbol symbol, TimeSpan span) => Change(symbol, entry => entry with { Newest = new Part((long)span.TotalMinutes, clock.GetTimestamp()) });

    public void BeginOlder(Symbol symbol, TimeSpan span) => Change(symbol, entry => entry with { Older = new Part((long)span.TotalMinutes, clock.GetTimestamp()) });

    public void FetchedNewest(Symbol symbol, long minutes) => Change(symbol, entry => entry with { Newest = Further(entry.Newest, minutes), Trouble = null });

    public void FetchedOlder(Symbol symbol, long minutes) => Change(symbol, entry => entry with { Older = Further(entry.Older, minutes), Trouble = null });

    public void CaughtUp(Symbol symbol) => Change(symbol, entry => entry with { Newest = null, IsCaughtUp = true, Trouble = null });

    public void Complete(Symbol symbol) => Change(symbol, entry => entry with { Older = null, IsComplete = true });

    public void Troubled(Symbol symbol, string trouble) => Change(symbol, entry => entry with { Trouble = trouble });

    /// <summary>Forgets the symbols that are watched no longer.</summary>
    public void Keep(IReadOnlyCollection<Symbol> watched)
    {
        foreach (var gone in _entries.Keys.Except(watched))
        {
            _entries.TryRemove(gone, out _);
        }
    }

    void Change(Symbol symbol, Func<Entry, Entry> change) => _entries.AddOrUpdate(symbol, _ => change(new Entry()), (_, entry) => change(entry));

    static Part? Further(Part? part, long minutes) => part is null ? null : part with { Done = Math.Min(part.Total, part.Done + minutes) };

    SymbolLoading View(Symbol symbol, Entry entry)
    {
        var (stage, part) = entry switch
        {
            { Newest: { } newest } => (LoadStage.Newest, newest),
            { IsCaughtUp: true, Older: { } older } => (LoadStage.Older, older),
            { IsCaughtUp: true, IsComplete: true } => (LoadStage.UpToDate, null),
            _ => (LoadStage.Waiting, (Part?)null),
        };
        var seconds = part is null ? 0 : clock.GetElapsedTime(part.Began).TotalSeconds;
        var rate = part is not null && seconds > 0 ? part.Done / seconds : 0;
        return new SymbolLoading(
            symbol.ToString(), stage, part?.Done ?? 0, part?.Total ?? 0, Math.Round(rate, 1),
            rate > 0 ? Math.Round((part!.Total - part.Done) / rate, 1) : null, entry.Trouble);
    }
}
