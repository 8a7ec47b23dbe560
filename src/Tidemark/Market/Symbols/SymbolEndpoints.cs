using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Tidemark.Market.Candles;
using Tidemark.Market.Exchanges;
using Tidemark.Market.Ingest;
using Tidemark.Platform.Api;
using Tidemark.Platform.Database;
using Tidemark.Quant.Series;

namespace Tidemark.Market.Symbols;

/// <summary>Which symbols are known, and an operator's decisions about them.</summary>
public static class SymbolEndpoints
{
    static readonly DateOnly Earliest = new(2009, 1, 3);

    public static void Map(RouteGroupBuilder symbols)
    {
        symbols.MapGet("", List).Allow(Caller.Anyone, "read:symbols").WithSummary("The symbols that are known here, watched ones first");
        symbols.MapPost("", Add).Allow(Caller.Operator, "admin:market").WithSummary("Watch a symbol that the exchange trades");
        symbols.MapPatch("/{symbol}", Change).Allow(Caller.Operator, "admin:market").WithSummary("Watch a symbol or stop watching it, and say from which day its history is wanted");
    }

    public sealed record SymbolView(
        string Symbol,
        [property: Description("Whether its candles are fetched and its prices streamed.")] bool Active,
        [property: Description("First day of history to load, as decided for this symbol; null where the setting decides.")] DateOnly? FetchStartDate,
        [property: Description("First day of history that is loaded from the source in use.")] DateOnly? WantedFrom,
        DateTimeOffset AddedAt,
        [property: Description("One-minute candles stored of the source in use.")] long Minutes,
        [property: Description("Open time of the first of them, UTC.")] DateTimeOffset? FirstOpen,
        [property: Description("Open time of the last of them, UTC.")] DateTimeOffset? LastOpen,
        [property: Description("How far loading has come; null where this node loads none.")] SymbolLoading? Loading);

    public sealed record NewSymbol(
        [property: Description("Symbol, as BTC/USDT."), Required, StringLength(64, MinimumLength = 3)] string Symbol,
        [property: Description("First day of history to load; unset, the setting decides.")] DateOnly? FetchStartDate = null);

    public sealed record SymbolChange(
        [property: Description("Whether to fetch its candles and stream its prices; unset, as before.")] bool? Active = null,
        [property: Description("First day of history to load; unset, as before.")] DateOnly? FetchStartDate = null,
        [property: Description("True to let the setting decide about the first day again.")] bool ClearFetchStartDate = false);

    static async Task<IReadOnlyList<SymbolView>> List(TidemarkDb db, SymbolViews views, CancellationToken stop)
    {
        var symbols = await db.Set<TrackedSymbol>().AsNoTracking().OrderByDescending(symbol => symbol.IsActive).ThenBy(symbol => symbol.Id).ToListAsync(stop);
        return await views.Of(symbols, stop);
    }

    static async Task<SymbolView> Add(NewSymbol request, TidemarkDb db, SymbolRegister register, SymbolViews views, MarketConnection market, TimeProvider clock, CancellationToken stop)
    {
        if (!Symbol.TryParse(request.Symbol, out var name))
        {
            throw Fault("symbol", "Write it like BTC/USDT.");
        }
        await CheckTraded(name, market, stop);
        CheckDay(request.FetchStartDate, clock);
        var symbol = await db.Set<TrackedSymbol>().SingleOrDefaultAsync(symbol => symbol.Name == name, stop);
        if (symbol is null)
        {
            symbol = new TrackedSymbol { Name = name, IsActive = true, AddedAt = clock.GetUtcNow() };
            db.Add(symbol);
        }
        (symbol.IsActive, symbol.FetchFrom, symbol.DecidedAt) = (true, request.FetchStartDate ?? symbol.FetchFrom, clock.GetUtcNow());
        await db.SaveChangesAsync(stop);
        register.TellChanged();
        return (await views.Of([symbol], stop))[0];
    }

    static async Task<SymbolView> Change([Description("Symbol, as BTC-USDT.")] string symbol, SymbolChange request, TidemarkDb db, SymbolBook book, SymbolRegister register, SymbolViews views, MarketConnection market, TimeProvider clock, CancellationToken stop)
    {
        var name = await book.FindExactly(symbol, stop);
        CheckDay(request.FetchStartDate, clock);
        if (request.Active == true)
        {
            await CheckTraded(name, market, stop);
        }
        var tracked = await db.Set<TrackedSymbol>().SingleAsync(one => one.Name == name, stop);
        tracked.IsActive = request.Active ?? tracked.IsActive;
        tracked.FetchFrom = request.ClearFetchStartDate ? null : request.FetchStartDate ?? tracked.FetchFrom;
        tracked.DecidedAt = clock.GetUtcNow();
        await db.SaveChangesAsync(stop);
        register.TellChanged();
        return (await views.Of([tracked], stop))[0];
    }

    /// <summary>A symbol that the exchange does not trade would wait for candles for ever; where it does not answer, nothing is changed.</summary>
    static async Task CheckTraded(Symbol name, MarketConnection market, CancellationToken stop)
    {
        if (market.Exchange is not { } exchange)
        {
            return;
        }
        IReadOnlyList<Instrument> traded;
        try
        {
            traded = await exchange.Instruments(stop);
        }
        catch (Exception silent) when (silent is ExchangeException or Polly.CircuitBreaker.BrokenCircuitException)
        {
            throw new TidemarkException(ErrorCode.ExchangeUnavailable, $"{exchange.Source.Name} does not say whether it trades {name}; nothing was changed. {silent.Message}");
        }
        if (!traded.Any(instrument => instrument.Symbol == name))
        {
            throw Fault("symbol", $"{exchange.Source.Name} does not trade {name}.");
        }
    }

    static void CheckDay(DateOnly? day, TimeProvider clock)
    {
        if (day is { } first && (first < Earliest || first > DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime)))
        {
            throw Fault("fetchStartDate", $"Must be a day from {Earliest:yyyy-MM-dd} to today.");
        }
    }

    static TidemarkException Fault(string field, string fault) =>
        new(ErrorCode.ValidationFailed, fault, new Dictionary<string, object?> { ["fields"] = new Dictionary<string, object?> { [field] = new[] { fault } } });
}

/// <summary>Adds to symbols what is stored of them.</summary>
public sealed class SymbolViews(SeriesCatalog catalog, SourceInUse inUse, SymbolRegister register, LoadProgress progress)
{
    public async Task<IReadOnlyList<SymbolEndpoints.SymbolView>> Of(IReadOnlyList<TrackedSymbol> symbols, CancellationToken stop)
    {
        var source = inUse.Current;
        var minutes = (await catalog.Stored(stop)).Where(series => series.Key.Source == source && series.Key.Timeframe == Timeframe.M1).ToDictionary(series => series.Key.Symbol);
        return [.. symbols.Select(symbol => View(symbol, source, minutes.GetValueOrDefault(symbol.Name)))];
    }

    SymbolEndpoints.SymbolView View(TrackedSymbol symbol, MarketSource? source, StoredSeries? minutes) => new(
        symbol.Name.ToString(), symbol.IsActive, symbol.FetchFrom, source is null ? null : DateOnly.FromDateTime(register.WantedFrom(symbol, source).UtcDateTime),
        symbol.AddedAt, minutes?.Candles ?? 0, minutes?.FirstOpen, minutes?.LastOpen, progress.Of(symbol.Name));
}
