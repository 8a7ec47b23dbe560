using System.Buffers;
using System.Buffers.Binary;
using System.Globalization;
using Npgsql;
using Tidemark.Quant.Series;

namespace Tidemark.Market.Candles;

/// <summary>Candles in PostgreSQL's binary COPY format, written and read without a call a value: every row has the same length.</summary>
static class CandleCopy
{
    const int TimeBytes = 8, PriceBytes = 8, Prices = 5;
    const int LengthBytes = 4;
    const int HeaderBytes = 19;
    const int BufferBytes = 1 << 18;

    // Count of fields, then each with its length: time, five prices, symbol, minutes, source, timeframe.
    const int WrittenRow = 2 + LengthBytes + TimeBytes + (Prices * (LengthBytes + PriceBytes)) + LengthBytes + 4 + (3 * (LengthBytes + 2));
    const int ReadRow = 2 + LengthBytes + TimeBytes + (Prices * (LengthBytes + PriceBytes)) + LengthBytes + 2;
    const short WrittenFields = 10, ReadFields = 7;

    /// <summary>The wire counts microseconds from the year 2000.</summary>
    const long EpochMilliseconds = 946_684_800_000;

    /// <summary>The year 9999, after which a date has no text.</summary>
    const long LatestMilliseconds = 253_370_764_800_000;

    /// <summary>PGCOPY, a line of bytes that text modes would spoil, no flags, no extension.</summary>
    static ReadOnlySpan<byte> Header => [0x50, 0x47, 0x43, 0x4F, 0x50, 0x59, 0x0A, 0xFF, 0x0D, 0x0A, 0x00, 0, 0, 0, 0, 0, 0, 0, 0];

    public static async Task Write(NpgsqlConnection connection, SeriesId series, CandleSlice candles, CancellationToken stop)
    {
        await using var copy = await connection.BeginRawBinaryCopyAsync(
            "COPY candles (open_time, open, high, low, close, volume, symbol, minutes, source, timeframe) FROM STDIN (FORMAT BINARY)", stop);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            Header.CopyTo(buffer);
            var used = HeaderBytes;
            for (var i = 0; i < candles.Count;)
            {
                var rows = Math.Min(candles.Count - i, (BufferBytes - used) / WrittenRow);
                Encode(series, candles.Slice(i, rows), buffer.AsSpan(used));
                await copy.WriteAsync(buffer.AsMemory(0, used + (rows * WrittenRow)), stop);
                i += rows;
                used = 0;
            }
            BinaryPrimitives.WriteInt16BigEndian(buffer, -1);
            await copy.WriteAsync(buffer.AsMemory(0, 2), stop);
        }
        catch
        {
            await copy.CancelAsync();
            throw;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    static void Encode(SeriesId series, CandleSlice candles, Span<byte> rows)
    {
        Span<byte> template = stackalloc byte[WrittenRow];
        FillTemplate(series, template);
        var times = candles.Times;
        var opens = candles.Opens;
        var highs = candles.Highs;
        var lows = candles.Lows;
        var closes = candles.Closes;
        var volumes = candles.Volumes;
        var minutes = candles.Minutes;
        for (var i = 0; i < times.Length; i++)
        {
            var row = rows.Slice(i * WrittenRow, WrittenRow);
            template.CopyTo(row);
            BinaryPrimitives.WriteInt64BigEndian(row[6..], (times[i] - EpochMilliseconds) * 1_000);
            BinaryPrimitives.WriteDoubleBigEndian(row[18..], opens[i]);
            BinaryPrimitives.WriteDoubleBigEndian(row[30..], highs[i]);
            BinaryPrimitives.WriteDoubleBigEndian(row[42..], lows[i]);
            BinaryPrimitives.WriteDoubleBigEndian(row[54..], closes[i]);
            BinaryPrimitives.WriteDoubleBigEndian(row[66..], volumes[i]);
            BinaryPrimitives.WriteInt16BigEndian(row[86..], checked((short)minutes[i]));
        }
    }

    static void FillTemplate(SeriesId series, Span<byte> row)
    {
        BinaryPrimitives.WriteInt16BigEndian(row, WrittenFields);
        var at = 2;
        for (var field = 0; field < 1 + Prices; field++)
        {
            BinaryPrimitives.WriteInt32BigEndian(row[at..], PriceBytes);
            at += LengthBytes + PriceBytes;
        }
        BinaryPrimitives.WriteInt32BigEndian(row[at..], 4);
        BinaryPrimitives.WriteInt32BigEndian(row[(at + LengthBytes)..], series.Symbol);
        at += LengthBytes + 4;
        foreach (var value in (ReadOnlySpan<short>)[0, series.Source, series.Timeframe])
        {
            BinaryPrimitives.WriteInt32BigEndian(row[at..], 2);
            BinaryPrimitives.WriteInt16BigEndian(row[(at + LengthBytes)..], value);
            at += LengthBytes + 2;
        }
    }

    /// <summary>Appends the candles of a series that open in [from, until), in UTC milliseconds, to columns.</summary>
    public static async Task Read(NpgsqlConnection connection, SeriesId series, long from, long until, CandleSeries into, CancellationToken stop)
    {
        until = Math.Min(until, LatestMilliseconds);
        from = Math.Clamp(from, 0, until);
        // COPY takes no parameters. What is put in are whole numbers and two moments.
        var sql = string.Create(
            CultureInfo.InvariantCulture,
            $"""
            COPY (
                SELECT open_time, open, high, low, close, volume, minutes
                FROM candles
                WHERE source = {series.Source} AND symbol = {series.Symbol} AND timeframe = {series.Timeframe}
                  AND open_time >= '{DateTimeOffset.FromUnixTimeMilliseconds(from):O}' AND open_time < '{DateTimeOffset.FromUnixTimeMilliseconds(until):O}'
                ORDER BY open_time
            ) TO STDOUT (FORMAT BINARY)
            """);
        await using var copy = await connection.BeginRawBinaryCopyAsync(sql, stop);
        var buffer = ArrayPool<byte>.Shared.Rent(BufferBytes);
        try
        {
            await copy.ReadExactlyAsync(buffer.AsMemory(0, HeaderBytes), stop);
            var used = 0;
            while (true)
            {
                var read = await copy.ReadAsync(buffer.AsMemory(used, BufferBytes - used), stop);
                used += read;
                var decoded = Decode(buffer.AsSpan(0, used), into);
                if (read == 0)
                {
                    return;
                }
                buffer.AsSpan(decoded, used - decoded).CopyTo(buffer);
                used -= decoded;
            }
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(buffer);
        }
    }

    /// <summary>Appends every whole row and answers how many bytes they took.</summary>
    static int Decode(ReadOnlySpan<byte> rows, CandleSeries into)
    {
        var at = 0;
        for (; rows.Length - at >= ReadRow && BinaryPrimitives.ReadInt16BigEndian(rows[at..]) == ReadFields; at += ReadRow)
        {
            var row = rows.Slice(at, ReadRow);
            into.Append(new Candle(
                (BinaryPrimitives.ReadInt64BigEndian(row[6..]) / 1_000) + EpochMilliseconds,
                BinaryPrimitives.ReadDoubleBigEndian(row[18..]),
                BinaryPrimitives.ReadDoubleBigEndian(row[30..]),
                BinaryPrimitives.ReadDoubleBigEndian(row[42..]),
                BinaryPrimitives.ReadDoubleBigEndian(row[54..]),
                BinaryPrimitives.ReadDoubleBigEndian(row[66..]),
                BinaryPrimitives.ReadInt16BigEndian(row[78..])));
        }
        return at;
    }
}
