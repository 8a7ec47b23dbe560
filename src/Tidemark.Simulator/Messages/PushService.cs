using System.Buffers.Binary;
using System.Buffers.Text;
using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace Tidemark.Simulator.Messages;

/// <summary>A browser that subscribed: what it would hand to its page, and the keys it keeps to itself.</summary>
public sealed class PushBrowser : IDisposable
{
    internal PushBrowser(string id, Uri endpoint)
    {
        (Id, Endpoint) = (id, endpoint);
        Key = ECDiffieHellman.Create(ECCurve.NamedCurves.nistP256);
        var point = Key.PublicKey.ExportParameters();
        Point = [4, .. point.Q.X!, .. point.Q.Y!];
        Secret = RandomNumberGenerator.GetBytes(16);
    }

    public string Id { get; }

    public Uri Endpoint { get; }

    public string P256dh => Base64Url.EncodeToString(Point);

    public string Auth => Base64Url.EncodeToString(Secret);

    internal ECDiffieHellman Key { get; }

    internal byte[] Point { get; }

    internal byte[] Secret { get; }

    public void Dispose() => Key.Dispose();
}

/// <summary>A push service and the browsers behind it: checks who sends (VAPID), and opens what is sent (aes128gcm) as a browser would.</summary>
public sealed class PushService
{
    const int LargestMessage = 4_096, HeadLength = 21, TagLength = 16;
    readonly ConcurrentDictionary<string, PushBrowser> browsers = new(StringComparer.Ordinal);
    readonly MessageSightings sightings;
    readonly TimeProvider wall;
    int subscribed;

    internal PushService(MessageSightings sightings, TimeProvider wall) => (this.sightings, this.wall) = (sightings, wall);

    internal Uri Origin { get; set; } = new("http://localhost");

    public PushBrowser Subscribe()
    {
        var id = $"browser-{Interlocked.Increment(ref subscribed).ToString(CultureInfo.InvariantCulture)}";
        return browsers[id] = new PushBrowser(id, new Uri(Origin, $"push/{id}"));
    }

    /// <summary>The person revokes the permission: the endpoint is gone.</summary>
    public void Leave(PushBrowser browser) => browsers.TryRemove(browser.Id, out _);

    internal ServiceAnswer Receive(HttpContext http, byte[] body)
    {
        var headers = http.Request.Headers;
        if (!browsers.TryGetValue((string)http.Request.RouteValues["id"]!, out var browser))
        {
            return new ServiceAnswer(410, new JsonObject { ["message"] = "The subscription is gone." });
        }

        if (body.Length > LargestMessage)
        {
            return new ServiceAnswer(413);
        }

        if (!int.TryParse(headers["TTL"], NumberStyles.None, CultureInfo.InvariantCulture, out _) || headers.ContentEncoding != "aes128gcm" || headers["Topic"].ToString().Length > 32)
        {
            return new ServiceAnswer(400, new JsonObject { ["message"] = "TTL, Content-Encoding or Topic is wrong." });
        }

        if (!IsAuthorised(headers.Authorization.ToString()))
        {
            return new ServiceAnswer(403, new JsonObject { ["message"] = "The VAPID token does not count." });
        }

        if (Open(browser, body) is not { } message)
        {
            return new ServiceAnswer(400, new JsonObject { ["message"] = "No browser could open this." });
        }

        var read = JsonNode.Parse(message);
        sightings.Take(new("push", browser.Id, (string?)read?["id"], (string?)read?["title"] ?? "", (string?)read?["body"] ?? "", wall.GetUtcNow())
        {
            Headers = headers.ToDictionary(header => header.Key, header => header.Value.ToString(), StringComparer.OrdinalIgnoreCase),
            Body = message,
        });
        return new ServiceAnswer(201);
    }

    /// <summary>Whether the token is signed by the key beside it, for this service, and has not run out.</summary>
    bool IsAuthorised(string header)
    {
        if (!header.StartsWith("vapid t=", StringComparison.Ordinal) || header["vapid t=".Length..].Split(", k=") is not [var token, var key] || token.Split('.') is not [var head, var claims, var signature])
        {
            return false;
        }

        var point = Base64Url.DecodeFromChars(key);
        using var verifier = ECDsa.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = point[1..33], Y = point[33..] } });
        var told = JsonElement.Parse(Base64Url.DecodeFromChars(claims));
        var now = wall.GetUtcNow().ToUnixTimeSeconds();
        var until = told.GetProperty("exp").GetInt64();
        return verifier.VerifyData(Encoding.ASCII.GetBytes($"{head}.{claims}"), Base64Url.DecodeFromChars(signature), HashAlgorithmName.SHA256)
            && told.GetProperty("aud").GetString() == Origin.GetLeftPart(UriPartial.Authority)
            && until > now && until <= now + (24 * 3_600)
            && told.GetProperty("sub").GetString() is { Length: > 0 };
    }

    /// <summary>Opens it as RFC 8291 says; null where that does not work.</summary>
    static byte[]? Open(PushBrowser browser, byte[] body)
    {
        if (body.Length < HeadLength + 65 + TagLength || body[20] != 65)
        {
            return null;
        }

        var salt = body.AsSpan(0, 16);
        var sender = body.AsSpan(HeadLength, 65);
        var box = body.AsSpan(HeadLength + 65);
        using var other = ECDiffieHellman.Create(new ECParameters { Curve = ECCurve.NamedCurves.nistP256, Q = new ECPoint { X = sender[1..33].ToArray(), Y = sender[33..].ToArray() } });
        byte[] about = [.. "WebPush: info\0"u8, .. browser.Point, .. sender];
        var material = HKDF.DeriveKey(HashAlgorithmName.SHA256, browser.Key.DeriveRawSecretAgreement(other.PublicKey), 32, browser.Secret, about);
        var key = HKDF.DeriveKey(HashAlgorithmName.SHA256, material, 16, salt.ToArray(), "Content-Encoding: aes128gcm\0"u8.ToArray());
        var nonce = HKDF.DeriveKey(HashAlgorithmName.SHA256, material, 12, salt.ToArray(), "Content-Encoding: nonce\0"u8.ToArray());
        var plain = new byte[box.Length - TagLength];
        try
        {
            using var aes = new AesGcm(key, TagLength);
            aes.Decrypt(nonce, box[..^TagLength], box[^TagLength..], plain);
        }
        catch (AuthenticationTagMismatchException)
        {
            return null;
        }

        var end = plain.AsSpan().TrimEnd((byte)0).Length - 1;
        return end >= 0 && plain[end] == 2 && BinaryPrimitives.ReadUInt32BigEndian(body.AsSpan(16)) >= box.Length ? plain[..end] : null;
    }
}
