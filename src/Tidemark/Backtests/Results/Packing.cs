using System.IO.Compression;
using System.Text.Json;
using Tidemark.Platform.Api;

namespace Tidemark.Backtests.Results;

/// <summary>Parts of results as compressed JSON: small enough to keep, plain enough to be read by whoever comes later.</summary>
public static class Packing
{
    static readonly JsonSerializerOptions Json = new(ApiJson.Options) { NumberHandling = System.Text.Json.Serialization.JsonNumberHandling.AllowNamedFloatingPointLiterals };

    public static byte[] Pack<T>(T part)
    {
        using var bytes = new MemoryStream();
        using (var packed = new BrotliStream(bytes, CompressionLevel.Fastest, leaveOpen: true))
        {
            JsonSerializer.Serialize(packed, part, Json);
        }
        return bytes.ToArray();
    }

    public static T Unpack<T>(byte[] bytes)
    {
        using var packed = new BrotliStream(new MemoryStream(bytes), CompressionMode.Decompress);
        return JsonSerializer.Deserialize<T>(packed, Json)!;
    }
}
