using Npgsql;
using Tidemark.Market.Candles;
using Tidemark.Market.Exchanges;
using Tidemark.Market.Quality;
using Tidemark.Market.Symbols;
using Tidemark.Quant.Series;

namespace Tidemark.Market.Ingest;

/// <summary>What a run did for one symbol.</summary>
public sealed record SymbolFetch(Symbol Symbol, LoadResult Result, TimeSpan Took, string? Error);

/// <summary>A module above that goes on with a symbol's candles as soon as they are fetched.</summary>
public interface IFetchFollower
{
    Task Fetched(MarketSource source, Symbol symbol, CancellationToken stop);
}

/// <summary>Runs a fetch for all symbols at once and writes it down; one symbol's trouble does not stop another's.</summary>
public sealed class FetchService(NpgsqlDataSource database, SeriesCatalog catalog, SeriesRepair repair, CandleAggregation aggregation, SymbolRegister register, FetchLog log, IEnumerable<IFetchFollower> followers, TimeProvider clock)
{
    /// <summary>Shorter gaps are left to the nightly check.</summary>
    static readonly TimeSpan ShortestGap = TimeSpan.FromMinutes(6);

    /// <summary>What a symbol may lag behind the foremost and still begin with it.</summary>
    static readonly TimeSpan Aligned = MinuteFetch.Batch;

    /// <summary>Null where the same job is running already, here or elsewhere.</summary>
    public async Task<IReadOnlyList<SymbolFetch>?> Run(string job, IExchange exchange, IReadOnlyList<TrackedSymbol> symbols, Func<TrackedSymbol, Task<LoadResult>> work, CancellationToken stop)
    {
        await using var turn = await database.OpenConnectionAsync(stop);
        await using var take = new NpgsqlCommand("SELECT pg_try_advisory_lock(hashtext($1))", turn) { Parameters = { new() { Value = $"{job} {exchange.Source.Name}" } } };
        if (await take.ExecuteScalarAsync(stop) is not true)
        {
            return null;
        }
        var began = clock.GetUtcNow();
        var done = await Task.WhenAll(symbols.Select(symbol => Task.Run(() => Fetch(exchange.Source, symbol, work, stop), CancellationToken.None)));
        var total = done.Aggregate(default(LoadResult), (sum, one) => sum + one.Result);
        await log.Write(job, exchange.Source, began, symbols.Count, total, done.Select(one => one.Error).FirstOrDefault(error => error is not null) ?? total.Failure, stop);
        return done;
    }

    /// <summary>Fills a symbol's gaps of more than five minutes that reach beyond a moment.</summary>
    public async Task<LoadResult> FillGaps(IExchange exchange, Symbol symbol, DateTimeOffset? since, bool aggregates, CancellationToken stop)
    {
        var filled = await repair.FillGaps(exchange, symbol, ShortestGap, since, stop);
        if (aggregates)
        {
            await aggregation.Align(exchange.Source, symbol, stop);
        }
        return filled;
    }

    /// <summary>Where each symbol's fetch begins, from one query: together where they are near each other, so that they advance in step.</summary>
    public async Task<IReadOnlyDictionary<Symbol, DateTimeOffset>> Starts(IExchange exchange, IReadOnlyList<TrackedSymbol> symbols, CancellationToken stop)
    {
        var stored = (await catalog.Stored(stop)).Where(series => series.Key.Source == exchange.Source && series.Key.Timeframe == Timeframe.M1).ToDictionary(series => series.Key.Symbol);
        var now = clock.GetUtcNow();
        return Align(symbols.ToDictionary(symbol => symbol.Name, symbol => SymbolLoader.After(stored.GetValueOrDefault(symbol.Name), register.WantedFrom(symbol, exchange.Source), now)));
    }

    /// <summary>The earliest beginning among those within a batch of the latest is the beginning of all of them; fetching a stored minute again changes nothing.</summary>
    public static IReadOnlyDictionary<Symbol, DateTimeOffset> Align(IReadOnlyDictionary<Symbol, DateTimeOffset> next)
    {
        if (next.Count == 0)
        {
            return next;
        }
        var near = next.Values.Max() - Aligned;
        var start = next.Values.Where(time => time >= near).Min();
        return next.ToDictionary(symbol => symbol.Key, symbol => symbol.Value >= near ? start : symbol.Value);
    }

    async Task<SymbolFetch> Fetch(MarketSource source, TrackedSymbol symbol, Func<TrackedSymbol, Task<LoadResult>> work, CancellationToken stop)
    {
        var began = clock.GetTimestamp();
        try
        {
            var result = await work(symbol);
            foreach (var follower in followers)
            {
                await follower.Fetched(source, symbol.Name, stop);
            }
            return new SymbolFetch(symbol.Name, result, clock.GetElapsedTime(began), null);
        }
        catch (Exception trouble) when (!stop.IsCancellationRequested)
        {
            return new SymbolFetch(symbol.Name, default, clock.GetElapsedTime(began), trouble.Message);
        }
    }
}
