using System.Buffers;
using System.Text.Encodings.Web;
using System.Text.Json;

namespace Tidemark.Simulator.Streams;

/// <summary>What one stream says: a pure function of the stretch of market time that has passed.</summary>
interface IFeed
{
    /// <summary>The messages due after one moment up to and with another.</summary>
    IEnumerable<byte[]> Between(long from, long to);
}

/// <summary>What several kinds of feed need to write a message.</summary>
/// <param name="Unit">Written time units in a millisecond.</param>
sealed record Wording(long Unit)
{
    static readonly JsonWriterOptions AsTheExchange = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public long Time(long milliseconds) => milliseconds * Unit;

    public long Before(long milliseconds) => (milliseconds * Unit) - 1;

    public static byte[] Write(Action<Utf8JsonWriter> write)
    {
        var body = new ArrayBufferWriter<byte>(512);
        using (var json = new Utf8JsonWriter(body, AsTheExchange))
        {
            write(json);
        }

        return body.WrittenSpan.ToArray();
    }

    /// <summary>Multiples of a pace after one moment up to and with another.</summary>
    public static IEnumerable<long> Beats(long pace, long from, long to)
    {
        for (var beat = ((from / pace) + 1) * pace; beat <= to; beat += pace)
        {
            yield return beat;
        }
    }
}
