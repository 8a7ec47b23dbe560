using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Tidemark.Platform.Settings;

namespace Tidemark.Platform.Secrets;

/// <summary>
/// Makes tokens of 256 random bits and the keyed hashes they are stored as. The key comes from SECRET_KEY, so that whoever
/// can write to the database but does not know it cannot plant a token of his own.
/// </summary>
public sealed class TokenHashes(TidemarkSettings settings)
{
    readonly byte[] _key = HKDF.DeriveKey(HashAlgorithmName.SHA256, Encoding.UTF8.GetBytes(settings["SECRET_KEY"] ?? "development"), 32, info: "tidemark tokens"u8.ToArray());

    public static string NewToken() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>What a token is stored as; the purpose keeps a token of one kind from passing as another.</summary>
    public byte[] Hash(string purpose, string token) => HMACSHA256.HashData(_key, Encoding.UTF8.GetBytes($"{purpose}\n{token}"));

    /// <summary>A second token that only follows from the first for who knows the key and the seed.</summary>
    public string Follow(string purpose, ReadOnlySpan<byte> seed, string token)
    {
        Span<byte> key = stackalloc byte[32];
        HMACSHA256.HashData(_key, seed, key);
        return Base64Url.EncodeToString(HMACSHA256.HashData(key, Encoding.UTF8.GetBytes($"{purpose}\n{token}")));
    }
}
