using System.Collections.Concurrent;
using Tidemark.Alerts.Judging;
using Tidemark.Alerts.Kinds;
using Tidemark.Market;
using Tidemark.Market.Live;
using Tidemark.Market.Symbols;

namespace Tidemark.Alerts.Engine;

/// <summary>
/// The alerts that this node judges, by id and by symbol, from when it got the right to until it lost it. One alert costs what it costs, however
/// many there are besides.
/// </summary>
sealed class JudgedAlerts(AlertRoll roll, EngineTools tools, TriggerWriter writer, SourceInUse inUse, ILogger log) : IAsyncDisposable
{
    sealed record Place(SymbolJudge Judge, CandleTrail Trail, Task Ticks);

    readonly ConcurrentDictionary<Symbol, Place> _places = new();
    readonly ConcurrentDictionary<long, WatchedAlert> _alerts = new();
    readonly ConcurrentDictionary<long, bool> _begun = new();
    readonly CancellationTokenSource _ending = new();

    public int Count => _alerts.Count;
    public int Symbols => _places.Count;

    /// <summary>Whether an alert that came while this node judges is judged by now.</summary>
    public bool Knows(long alert) => _begun.ContainsKey(alert);

    /// <summary>The source whose prices are judged; recorded ones are not.</summary>
    public MarketSource? Source => inUse.Current is { Provenance: not Provenance.Recorded } current ? current : null;

    /// <summary>Since when the candles of each symbol are judged here.</summary>
    public IReadOnlyDictionary<Symbol, DateTimeOffset> Beginnings => _places.Where(static place => place.Value.Trail.BeganAt is not null).ToDictionary(static place => place.Key, static place => place.Value.Trail.BeganAt!.Value);

    public IReadOnlyList<SymbolJudge> WhoWaitFor(JudgedOn of) => [.. _places.Values.Select(static place => place.Judge).Where(judge => judge.WaitsFor(of))];

    public void Tick(PriceTicked tick)
    {
        if (_places.TryGetValue(tick.Symbol, out var place))
        {
            place.Judge.Put(tick);
        }
    }

    /// <summary>Takes all alerts there are.</summary>
    public async Task Fill(CancellationToken stop)
    {
        var all = await roll.All(stop);
        await Judge(all, stop);
        Announce(all);
    }

    /// <summary>Puts alerts as they stand now in the place of what was known of them; answers those that are judged from now on and were not announced.</summary>
    public async Task<IReadOnlyList<WatchedAlert>> Renew(IReadOnlySet<long> ids, CancellationToken stop)
    {
        var found = await roll.Find(ids, stop);
        foreach (var gone in ids.Where(id => !found.ContainsKey(id)))
        {
            await Drop(gone, stop);
        }
        await Judge([.. found.Values.Where(alert => _alerts.GetValueOrDefault(alert.Id)?.Version != alert.Version)], stop);
        var begun = ids.Where(id => !_begun.ContainsKey(id)).Select(id => _alerts.GetValueOrDefault(id)).OfType<WatchedAlert>().ToList();
        foreach (var symbol in begun.Select(static alert => alert.Terms.Symbol).Distinct())
        {
            await CatchUp(symbol, null, stop);
        }
        return begun;
    }

    /// <summary>They are judged from their beginning, and whoever asks hears so.</summary>
    public void Announce(IEnumerable<WatchedAlert> begun)
    {
        foreach (var alert in begun)
        {
            _begun[alert.Id] = true;
        }
    }

    /// <summary>Whether their owners' plans let them tell is known before they are judged.</summary>
    async Task Judge(IReadOnlyList<WatchedAlert> alerts, CancellationToken stop)
    {
        var refused = await roll.Refused(alerts, stop);
        foreach (var alert in alerts)
        {
            alert.IsAllowed = !refused.ContainsKey(alert.Id);
            if (_alerts.TryGetValue(alert.Id, out var before) && before.Terms.Symbol != alert.Terms.Symbol)
            {
                await Drop(alert.Id, stop);
            }
            _begun.TryRemove(alert.Id, out _);
            _alerts[alert.Id] = alert;
            await PlaceOf(alert.Terms.Symbol).Judge.Put(alert.Id, alert, stop);
        }
    }

    /// <summary>Only one loop at a time brings alerts, so no symbol gets two places.</summary>
    Place PlaceOf(Symbol symbol) => _places.GetOrAdd(symbol, name =>
    {
        var judge = new SymbolJudge(name, tools, writer, log);
        return new Place(judge, new CandleTrail(judge, tools, writer), judge.JudgeTicks(_ending.Token));
    });

    async Task Drop(long id, CancellationToken stop)
    {
        _begun.TryRemove(id, out _);
        if (_alerts.TryRemove(id, out var known) && _places.TryGetValue(known.Terms.Symbol, out var place))
        {
            await place.Judge.Put(id, null, stop);
        }
    }

    public Task Hear(WatchedAlert alert, IReadOnlyList<MarketNews> news, CancellationToken stop) => PlaceOf(alert.Terms.Symbol).Judge.Hear(alert.Terms.JudgedOn, news, alert, stop);

    /// <summary>Looks at all alerts: those that are done are forgotten, and of the others it is asked whether their owners' plans still let them tell.</summary>
    public async Task Review(CancellationToken stop)
    {
        foreach (var done in _alerts.Where(static one => one.Value.RestsUntil == FiringRule.Never))
        {
            if (_alerts.TryRemove(done))
            {
                _begun.TryRemove(done.Key, out _);
            }
        }
        var all = _alerts.Values.ToList();
        var refused = (await roll.Refused(all, stop)).Keys.ToHashSet();
        foreach (var ofSymbol in all.GroupBy(static alert => alert.Terms.Symbol))
        {
            await PlaceOf(ofSymbol.Key).Judge.Allow([.. ofSymbol], refused, stop);
        }
    }

    public async Task CatchUpAll(CancellationToken stop)
    {
        foreach (var symbol in _places.Keys)
        {
            await CatchUp(symbol, null, stop);
        }
    }

    public async Task CatchUp(Symbol symbol, DateTimeOffset? receivedAt, CancellationToken stop)
    {
        if (Source is not { } source || !_places.TryGetValue(symbol, out var place))
        {
            return;
        }
        try
        {
            await place.Trail.CatchUp(source, receivedAt, stop);
        }
        catch (Exception trouble) when (!stop.IsCancellationRequested)
        {
            // The next candle or the next look begins where the table says.
            log.LogWarning("Alerts of {Symbol} could not be judged: {Reason}", symbol, trouble.Message);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await _ending.CancelAsync();
        foreach (var place in _places.Values)
        {
            await place.Ticks.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            place.Trail.Dispose();
            place.Judge.Dispose();
        }
        _ending.Dispose();
    }
}
