using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Tidemark.Notifications.Push;

/// <summary>Encrypts a push for one browser: RFC 8291 over RFC 8188 (aes128gcm), one record.</summary>
static class PushEncryption
{
    public const int Longest = 3_993;
    const int PointLength = 65, SaltLength = 16, AuthLength = 16, TagLength = 16, RecordSize = 4_096, HeaderLength = SaltLength + 4 + 1 + PointLength;

    /// <summary>Whether these are a browser's keys at all: a point of P-256 and sixteen bytes.</summary>
    public static bool AreKeys(ReadOnlySpan<byte> point, ReadOnlySpan<byte> auth)
    {
        if (point.Length != PointLength || point[0] != 4 || auth.Length != AuthLength)
        {
            return false;
        }
        try
        {
            using var key = ECDiffieHellman.Create(Point(point));
            return true;
        }
        catch (CryptographicException)
        {
            return false;
        }
    }

    public static byte[] Encrypt(ReadOnlySpan<byte> message, ReadOnlySpan<byte> browser, ReadOnlySpan<byte> auth)
    {
        using var once = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        Span<byte> salt = stackalloc byte[SaltLength];
        RandomNumberGenerator.Fill(salt);
        return Encrypt(message, browser, auth, once, salt);
    }

    internal static byte[] Encrypt(ReadOnlySpan<byte> message, ReadOnlySpan<byte> browser, ReadOnlySpan<byte> auth, ECDiffieHellman once, ReadOnlySpan<byte> salt)
    {
        if (message.Length > Longest)
        {
            throw new ArgumentException($"A push holds {Longest} bytes.", nameof(message));
        }
        using var other = ECDiffieHellman.Create(Point(browser));
        var own = Bytes(once.PublicKey.ExportParameters());
        var (key, nonce) = Derive(once.DeriveRawSecretAgreement(other.PublicKey), auth, browser, own, salt);

        // The delimiter 2 says that this record is the last.
        Span<byte> record = stackalloc byte[message.Length + 1];
        message.CopyTo(record);
        record[^1] = 2;

        var whole = new byte[HeaderLength + record.Length + TagLength];
        salt.CopyTo(whole);
        BinaryPrimitives.WriteUInt32BigEndian(whole.AsSpan(SaltLength), RecordSize);
        whole[SaltLength + 4] = PointLength;
        own.CopyTo(whole, SaltLength + 5);
        using var aes = new AesGcm(key, TagLength);
        aes.Encrypt(nonce, record, whole.AsSpan(HeaderLength, record.Length), whole.AsSpan(HeaderLength + record.Length));
        return whole;
    }

    static (byte[] Key, byte[] Nonce) Derive(byte[] shared, ReadOnlySpan<byte> auth, ReadOnlySpan<byte> browser, ReadOnlySpan<byte> own, ReadOnlySpan<byte> salt)
    {
        byte[] about = [.. "WebPush: info\0"u8, .. browser, .. own];
        Span<byte> material = stackalloc byte[32];
        HKDF.DeriveKey(HashAlgorithmName.SHA256, shared, material, auth, about);
        var (key, nonce) = (new byte[16], new byte[12]);
        HKDF.DeriveKey(HashAlgorithmName.SHA256, material, key, salt, "Content-Encoding: aes128gcm\0"u8);
        HKDF.DeriveKey(HashAlgorithmName.SHA256, material, nonce, salt, "Content-Encoding: nonce\0"u8);
        return (key, nonce);
    }

    public static byte[] Bytes(ECParameters point) => [4, .. point.Q.X!, .. point.Q.Y!];

    static ECParameters Point(ReadOnlySpan<byte> bytes) => new()
    {
        Curve = ECCurve.NamedCurves.nistP256,
        Q = new ECPoint { X = bytes[1..33].ToArray(), Y = bytes[33..].ToArray() },
    };
}
