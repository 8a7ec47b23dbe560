using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Tidemark.Market.Symbols;
using Tidemark.Platform.Api;

namespace Tidemark.Market.Quality;

/// <summary>How complete and how sane the stored candles are.</summary>
public static class DataQualityEndpoints
{
    public static void Map(RouteGroupBuilder quality) =>
        quality.MapGet("", Read).Allow(Caller.Anyone, "read:candles").WithSummary("How far the candles of each symbol and timeframe can be trusted");

    static async Task<IReadOnlyList<SeriesQuality>> Read([Description("Only this symbol's."), MaxLength(64)] string? symbol, SymbolBook symbols, DataQuality quality, CancellationToken stop) =>
        await quality.Read(symbol is null ? null : (await symbols.Find(symbol, stop)).Symbol, stop);
}
