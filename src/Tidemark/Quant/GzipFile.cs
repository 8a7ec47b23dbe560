using System.Buffers.Binary;
using System.IO.Compression;

namespace Tidemark.Quant;

/// <summary>
/// Unpacks a gzip file whole. The decoder checks every member that ends; it takes a file cut short for a short file,
/// so the last eight bytes are held against what came out: checksum and length of the last member.
/// </summary>
public static class GzipFile
{
    const int TrailerLength = 8;
    const uint Polynomial = 0xEDB88320;

    static readonly uint[] Table = [.. Enumerable.Range(0, 256).Select(EntryOf)];

    public static byte[] ReadAllBytes(string path)
    {
        var packed = File.ReadAllBytes(path);
        if (packed is not [0x1F, 0x8B, ..])
        {
            throw new InvalidDataException($"{path} is not a gzip file.");
        }

        var content = Unpack(packed, path);
        return EndsWithItsTrailer(packed, content) ? content : throw new InvalidDataException($"{path} is cut short or damaged.");
    }

    static byte[] Unpack(byte[] packed, string path)
    {
        try
        {
            using var gzip = new GZipStream(new MemoryStream(packed), CompressionMode.Decompress);
            using var content = new MemoryStream();
            gzip.CopyTo(content);
            return content.ToArray();
        }
        catch (InvalidDataException fault)
        {
            throw new InvalidDataException($"{path} is damaged: {fault.Message}", fault);
        }
    }

    static bool EndsWithItsTrailer(byte[] packed, byte[] content)
    {
        if (packed.Length < TrailerLength)
        {
            return false;
        }

        var trailer = packed.AsSpan(packed.Length - TrailerLength);
        var length = BinaryPrimitives.ReadUInt32LittleEndian(trailer[4..]);
        return length <= content.Length
            && BinaryPrimitives.ReadUInt32LittleEndian(trailer) == Checksum(content.AsSpan(content.Length - (int)length));
    }

    static uint Checksum(ReadOnlySpan<byte> bytes)
    {
        var remainder = uint.MaxValue;
        foreach (var value in bytes)
        {
            remainder = Table[(byte)(remainder ^ value)] ^ (remainder >> 8);
        }

        return ~remainder;
    }

    static uint EntryOf(int value)
    {
        var entry = (uint)value;
        for (var bit = 0; bit < 8; bit++)
        {
            entry = (entry & 1) == 1 ? Polynomial ^ (entry >> 1) : entry >> 1;
        }

        return entry;
    }
}
