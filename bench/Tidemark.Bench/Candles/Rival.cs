using System.Diagnostics;
using Microsoft.EntityFrameworkCore;
using Npgsql;
using Tidemark.Quant.Series;

namespace Tidemark.Bench.Candles;

/// <summary>What one would write first: an entity a candle, saved a thousand at a time into a plain table with the same key, read back as a list.</summary>
static class Rival
{
    const int Batch = 1_000;

    sealed class Row
    {
        public short Source { get; init; }
        public int Symbol { get; init; }
        public short Timeframe { get; init; }
        public DateTimeOffset OpenTime { get; init; }
        public double Open { get; init; }
        public double High { get; init; }
        public double Low { get; init; }
        public double Close { get; init; }
        public double Volume { get; init; }
        public short Minutes { get; init; }
    }

    sealed class Rows(NpgsqlDataSource source) : DbContext(new DbContextOptionsBuilder<Rows>().UseNpgsql(source).Options)
    {
        protected override void OnModelCreating(ModelBuilder modelBuilder) =>
            modelBuilder.Entity<Row>().ToTable("plain_candles").HasKey(row => new { row.Source, row.Symbol, row.Timeframe, row.OpenTime });
    }

    /// <summary>Milliseconds to insert some candles.</summary>
    public static async Task<double> Insert(NpgsqlDataSource source, CandleSlice candles)
    {
        await Execute(source, """CREATE TABLE plain_candles ("Source" smallint, "Symbol" integer, "Timeframe" smallint, "OpenTime" timestamptz, "Open" float8, "High" float8, "Low" float8, "Close" float8, "Volume" float8, "Minutes" smallint, PRIMARY KEY ("Source", "Symbol", "Timeframe", "OpenTime"))""");
        var began = Stopwatch.GetTimestamp();
        for (var from = 0; from < candles.Count; from += Batch)
        {
            await using var db = new Rows(source);
            for (var i = from; i < Math.Min(from + Batch, candles.Count); i++)
            {
                db.Add(RowOf(candles[i]));
            }
            await db.SaveChangesAsync();
        }
        return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
    }

    /// <summary>Milliseconds to read a series back, filled in by a copy inside the database.</summary>
    public static async Task<double> Read(NpgsqlDataSource source, CandleSeries series)
    {
        await Execute(source, "TRUNCATE plain_candles; INSERT INTO plain_candles SELECT source, 1, timeframe, open_time, open, high, low, close, volume, minutes FROM candles WHERE symbol = (SELECT id FROM market_symbols WHERE name = 'S0/USDT')");
        var times = new double[3];
        for (var run = 0; run < times.Length; run++)
        {
            var began = Stopwatch.GetTimestamp();
            await using var db = new Rows(source);
            var rows = await db.Set<Row>().AsNoTracking().Where(row => row.Symbol == 1).OrderBy(row => row.OpenTime).ToListAsync();
            Debug.Assert(rows.Count == series.Count, "The copy is whole.");
            times[run] = Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        }
        Array.Sort(times);
        return times[1];
    }

    static Row RowOf(Candle candle) => new()
    {
        Source = 1,
        Symbol = 1,
        Timeframe = 1,
        OpenTime = DateTimeOffset.FromUnixTimeMilliseconds(candle.OpenTime),
        Open = candle.Open,
        High = candle.High,
        Low = candle.Low,
        Close = candle.Close,
        Volume = candle.Volume,
        Minutes = 1,
    };

    static async Task Execute(NpgsqlDataSource source, string sql)
    {
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
