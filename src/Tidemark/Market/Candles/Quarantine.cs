using Npgsql;
using NpgsqlTypes;
using Tidemark.Quant.Series;

namespace Tidemark.Market.Candles;

/// <summary>Where bad candles are kept with what was wrong with them.</summary>
static class Quarantine
{
    public const string WhileSaving = "saving", WhileChecking = "checking";

    /// <summary>Keeps candles apart, once each and reason; answers how many are new there.</summary>
    public static async Task<int> Keep(NpgsqlConnection connection, SeriesId series, IReadOnlyList<BadCandle> bad, string foundBy, DateTimeOffset now, CancellationToken stop)
    {
        if (bad.Count == 0)
        {
            return 0;
        }
        await using var command = new NpgsqlCommand(
            """
            INSERT INTO candle_quarantine (source, symbol, timeframe, open_time, open, high, low, close, volume, minutes, reason, found_by, quarantined_at)
            SELECT $1, $2, $3, b.*, $4, $5
            FROM unnest($6, $7, $8, $9, $10, $11, $12, $13) AS b
            ON CONFLICT (source, symbol, timeframe, open_time, reason) DO NOTHING
            """,
            connection);
        command.Parameters.Add(new() { Value = series.Source });
        command.Parameters.Add(new() { Value = series.Symbol });
        command.Parameters.Add(new() { Value = series.Timeframe });
        command.Parameters.Add(new() { Value = foundBy });
        command.Parameters.Add(new() { Value = now });
        command.Parameters.Add(new() { Value = bad.Select(one => DateTimeOffset.FromUnixTimeMilliseconds(one.Candle.OpenTime)).ToArray() });
        foreach (var column in (Func<Candle, double>[])[candle => candle.Open, candle => candle.High, candle => candle.Low, candle => candle.Close, candle => candle.Volume])
        {
            command.Parameters.Add(new() { Value = bad.Select(one => column(one.Candle)).ToArray(), NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Double });
        }
        command.Parameters.Add(new() { Value = bad.Select(one => one.Candle.Minutes).ToArray() });
        command.Parameters.Add(new() { Value = bad.Select(one => one.Reason.ToString()).ToArray() });
        return await command.ExecuteNonQueryAsync(stop);
    }
}
