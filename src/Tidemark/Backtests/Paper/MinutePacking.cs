using System.Buffers.Binary;
using Tidemark.Quant.Series;

namespace Tidemark.Backtests.Paper;

/// <summary>The minutes inside a candle as bytes: time, open, high, low, close and volume of each, 48 bytes a minute.</summary>
static class MinutePacking
{
    const int Size = 48;

    public static byte[] Pack(CandleSlice minutes)
    {
        var bytes = new byte[minutes.Count * Size];
        for (var i = 0; i < minutes.Count; i++)
        {
            var minute = minutes[i];
            var place = bytes.AsSpan(i * Size, Size);
            BinaryPrimitives.WriteInt64LittleEndian(place, minute.OpenTime);
            BinaryPrimitives.WriteDoubleLittleEndian(place[8..], minute.Open);
            BinaryPrimitives.WriteDoubleLittleEndian(place[16..], minute.High);
            BinaryPrimitives.WriteDoubleLittleEndian(place[24..], minute.Low);
            BinaryPrimitives.WriteDoubleLittleEndian(place[32..], minute.Close);
            BinaryPrimitives.WriteDoubleLittleEndian(place[40..], minute.Volume);
        }
        return bytes;
    }

    public static CandleSlice Unpack(ReadOnlySpan<byte> bytes)
    {
        var minutes = new CandleSeries(bytes.Length / Size);
        for (; bytes.Length >= Size; bytes = bytes[Size..])
        {
            minutes.Append(new Candle(
                BinaryPrimitives.ReadInt64LittleEndian(bytes), BinaryPrimitives.ReadDoubleLittleEndian(bytes[8..]), BinaryPrimitives.ReadDoubleLittleEndian(bytes[16..]), BinaryPrimitives.ReadDoubleLittleEndian(bytes[24..]),
                BinaryPrimitives.ReadDoubleLittleEndian(bytes[32..]), BinaryPrimitives.ReadDoubleLittleEndian(bytes[40..])));
        }
        return minutes.All();
    }
}
