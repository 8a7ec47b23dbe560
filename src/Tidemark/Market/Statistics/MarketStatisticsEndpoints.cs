using System.ComponentModel;
using Npgsql;
using Tidemark.Market.Candles;
using Tidemark.Platform.Api;

namespace Tidemark.Market.Statistics;

/// <summary>The figures that are computed every few minutes, for lists of many symbols; `/markets` has what is true this moment.</summary>
public static class MarketStatisticsEndpoints
{
    public static void Map(RouteGroupBuilder statistics) =>
        statistics.MapGet("", Read).Allow(Caller.Anyone, "read:symbols").WithSummary("Counts, price changes, the day's range and freshness of every symbol, as of the last computation");

    public sealed record StatisticsView(
        string Symbol,
        [property: Description("Where the prices come from.")] string Source,
        [property: Description("live, recorded or synthetic.")] Provenance Provenance,
        [property: Description("When these figures were computed, UTC.")] DateTimeOffset ComputedAt,
        [property: Description("Candles of all timeframes together.")] long Candles,
        [property: Description("Open time of the newest candle, UTC.")] DateTimeOffset LastOpen,
        double LastPrice,
        [property: Description("Changes are fractions of the earlier price; null where history does not reach back that far.")] double? Change1h,
        double? Change24h,
        double? Change7d,
        double? High24h,
        double? Low24h,
        [property: Description("In the base currency.")] double Volume24h);

    static async Task<IReadOnlyList<StatisticsView>> Read(NpgsqlDataSource source, CancellationToken stop)
    {
        await using var command = source.CreateCommand(
            """
            SELECT y.name, o.name, o.provenance, s.computed_at, s.candles, s.last_open, s.last_price, s.change1h, s.change24h, s.change7d, s.high24h, s.low24h, s.volume24h
            FROM market_statistics s
            JOIN market_sources o ON o.id = s.source
            JOIN market_symbols y ON y.id = s.symbol
            ORDER BY y.name, o.id
            """);
        await using var rows = await command.ExecuteReaderAsync(stop);
        var views = new List<StatisticsView>();
        while (await rows.ReadAsync(stop))
        {
            views.Add(new StatisticsView(
                rows.GetString(0), rows.GetString(1), SeriesCatalog.ProvenanceOf(rows.GetString(2)), rows.GetFieldValue<DateTimeOffset>(3), rows.GetInt64(4),
                rows.GetFieldValue<DateTimeOffset>(5), rows.GetDouble(6), Number(7), Number(8), Number(9), Number(10), Number(11), rows.GetDouble(12)));
        }
        return views;

        double? Number(int column) => rows.IsDBNull(column) ? null : rows.GetDouble(column);
    }
}
