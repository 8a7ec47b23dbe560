using Microsoft.EntityFrameworkCore;
using Tidemark.Market.Candles;
using Tidemark.Market.Exchanges;
using Tidemark.Platform.Database;
using Tidemark.Platform.Settings;

namespace Tidemark.Market.Symbols;

/// <summary>Which symbols are watched and from which day on their history is wanted.</summary>
public sealed class SymbolRegister(IServiceScopeFactory scopes, TidemarkSettings settings, TimeProvider clock)
{
    static readonly DateOnly UsualStart = new(2024, 1, 1);
    const int SimulatedDays = 90;

    TaskCompletionSource _changed = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Ends with the next change made through this process.</summary>
    public Task Changed => _changed.Task;

    public void TellChanged() => Interlocked.Exchange(ref _changed, new(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();

    /// <summary>Puts the configured pairs on the list where nobody ever decided which symbols to watch.</summary>
    public async Task Seed(CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TidemarkDb>();
        if (await db.Set<TrackedSymbol>().AnyAsync(symbol => symbol.IsActive || symbol.DecidedAt != null, stop))
        {
            return;
        }
        var now = clock.GetUtcNow();
        foreach (var pair in SettingKeys.Split(settings["TRADING_PAIRS"]).Select(Symbol.Parse).Distinct())
        {
            // Two nodes may start at once; the second finds what the first wrote.
            await db.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO market_symbols (name, is_active, added_at) VALUES ({pair.ToString()}, true, {now})
                ON CONFLICT (name) DO UPDATE SET is_active = true
                """,
                stop);
        }
    }

    public async Task<IReadOnlyList<TrackedSymbol>> Active(CancellationToken stop)
    {
        await using var scope = scopes.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<TidemarkDb>().Set<TrackedSymbol>().AsNoTracking().Where(symbol => symbol.IsActive).OrderBy(symbol => symbol.Id).ToListAsync(stop);
    }

    /// <summary>First moment of history to load for a symbol.</summary>
    public DateTimeOffset WantedFrom(TrackedSymbol symbol, MarketSource source)
    {
        var wanted = symbol.FetchFrom ?? (settings["FETCH_START_DATE"] is { } day ? DateOnly.ParseExact(day, "yyyy-MM-dd") : source == MarketConnection.Simulated ? Today.AddDays(-SimulatedDays) : UsualStart);
        return Midnight(wanted > FirstKept ? wanted : FirstKept);
    }

    /// <summary>What is older is dropped again, and not worth fetching.</summary>
    DateOnly FirstKept => settings.Number("CANDLE_MONTHS_KEPT") is > 0 and var months ? CandlePartitions.MonthOf(clock.GetUtcNow()).AddMonths(-months) : DateOnly.MinValue;

    DateOnly Today => DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);

    static DateTimeOffset Midnight(DateOnly day) => new(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
}
