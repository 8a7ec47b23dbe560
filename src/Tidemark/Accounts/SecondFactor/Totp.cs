using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Tidemark.Accounts.SecondFactor;

/// <summary>Time-based one-time passwords by RFC 6238: SHA-1, six digits, half a minute, as every authenticator app has them.</summary>
public static class Totp
{
    const string Alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ234567";
    public const int StepSeconds = 30;

    public static long StepAt(DateTimeOffset time) => time.ToUnixTimeSeconds() / StepSeconds;

    public static string CodeAt(ReadOnlySpan<byte> secret, long step)
    {
        Span<byte> counter = stackalloc byte[8];
        BinaryPrimitives.WriteInt64BigEndian(counter, step);
        Span<byte> hash = stackalloc byte[20];
#pragma warning disable CA5350 // The algorithm of the authenticator apps; HMAC does not suffer from what is weak in SHA-1.
        HMACSHA1.HashData(secret, counter, hash);
#pragma warning restore CA5350
        var number = BinaryPrimitives.ReadInt32BigEndian(hash[(hash[19] & 15)..]) & int.MaxValue;
        return $"{number % 1_000_000:000000}";
    }

    /// <summary>The step a code belongs to, at most one away from now and later than the last one used; null when it is none of them.</summary>
    public static long? StepOf(ReadOnlySpan<byte> secret, string code, DateTimeOffset now, long lastUsed)
    {
        var typed = Encoding.UTF8.GetBytes(string.Concat(code.Where(char.IsAsciiDigit)));
        long? found = null;
        var current = StepAt(now);
        for (var step = current - 1; step <= current + 1; step++)
        {
            if (CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(CodeAt(secret, step)), typed) && step > lastUsed)
            {
                found = step;
            }
        }
        return found;
    }

    /// <summary>The secret as people type it into an app.</summary>
    public static string ToBase32(ReadOnlySpan<byte> secret)
    {
        var text = new StringBuilder();
        int bits = 0, held = 0;
        foreach (var part in secret)
        {
            held = (held << 8) | part;
            bits += 8;
            while (bits >= 5)
            {
                bits -= 5;
                text.Append(Alphabet[(held >> bits) & 31]);
            }
        }
        return bits > 0 ? text.Append(Alphabet[(held << (5 - bits)) & 31]).ToString() : text.ToString();
    }

    public static string Address(string email, ReadOnlySpan<byte> secret) =>
        $"otpauth://totp/Tidemark:{Uri.EscapeDataString(email)}?secret={ToBase32(secret)}&issuer=Tidemark&algorithm=SHA1&digits=6&period={StepSeconds}";
}
