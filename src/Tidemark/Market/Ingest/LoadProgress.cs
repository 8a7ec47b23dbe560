using System.Collections.Concurrent;
using System.ComponentModel;

namespace Tidemark.Market.Ingest;

/// <summary>What is being done to bring a symbol's candles up to date.</summary>
public enum LoadStage
{
    /// <summary>Nothing was begun yet.</summary>
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

/// <summary>Keeps how far each symbol's loading has come, for pages to show.</summary>
public sealed class LoadProgress(TimeProvider clock)
{
    readonly ConcurrentDictionary<Symbol, Entry> _entries = new();

    sealed record Entry(LoadStage Stage, long Done, long Total, long Began, string? Trouble);

    public IReadOnlyList<SymbolLoading> All => [.. _entries.OrderBy(entry => entry.Key.ToString(), StringComparer.Ordinal).Select(entry => View(entry.Key, entry.Value))];

    public SymbolLoading? Of(Symbol symbol) => _entries.TryGetValue(symbol, out var entry) ? View(symbol, entry) : null;

    public void Begin(Symbol symbol, LoadStage stage, TimeSpan span) =>
        _entries[symbol] = new Entry(stage, 0, (long)span.TotalMinutes, clock.GetTimestamp(), null);

    public void Fetched(Symbol symbol, long minutes) =>
        _entries.AddOrUpdate(symbol, new Entry(LoadStage.Newest, minutes, minutes, clock.GetTimestamp(), null), (_, entry) => entry with { Done = Math.Min(entry.Total, entry.Done + minutes), Trouble = null });

    public void Troubled(Symbol symbol, string trouble) =>
        _entries.AddOrUpdate(symbol, new Entry(LoadStage.Waiting, 0, 0, clock.GetTimestamp(), trouble), (_, entry) => entry with { Trouble = trouble });

    /// <summary>Forgets the symbols that are watched no longer.</summary>
    public void Keep(IReadOnlyCollection<Symbol> watched)
    {
        foreach (var gone in _entries.Keys.Except(watched))
        {
            _entries.TryRemove(gone, out _);
        }
    }

    SymbolLoading View(Symbol symbol, Entry entry)
    {
        var seconds = clock.GetElapsedTime(entry.Began).TotalSeconds;
        var rate = seconds > 0 && entry.Stage is LoadStage.Newest or LoadStage.Older ? entry.Done / seconds : 0;
        return new SymbolLoading(symbol.ToString(), entry.Stage, entry.Done, entry.Total, Math.Round(rate, 1), rate > 0 ? Math.Round((entry.Total - entry.Done) / rate, 1) : null, entry.Trouble);
    }
}
