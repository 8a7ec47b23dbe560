using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Tidemark.Platform.Settings;

namespace Tidemark.Accounts.Sessions;

/// <summary>What an access token says.</summary>
public sealed record AccessClaims(
    [property: JsonPropertyName("iss")] string Issuer,
    [property: JsonPropertyName("aud")] string Audience,
    [property: JsonPropertyName("sub")] string Subject,
    [property: JsonPropertyName("sid")] string Session,
    [property: JsonPropertyName("iat")] long IssuedAt,
    [property: JsonPropertyName("exp")] long ExpiresAt);

/// <summary>
/// Access tokens: JWTs signed with ES256, for 10 minutes. Exactly one algorithm, one type and our own keys are accepted;
/// nothing a token says about how to check it is believed. The session it names is looked up all the same.
/// </summary>
public sealed class AccessTokens(SigningKeys keys, TidemarkSettings settings, TimeProvider clock)
{
    public static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(10);
    const string Algorithm = "ES256", Type = "at+jwt", Audience = "tidemark-api";
    const int LongestToken = 4_096;

    sealed record Header([property: JsonPropertyName("alg")] string Algorithm, [property: JsonPropertyName("typ")] string Type, [property: JsonPropertyName("kid")] string Key);

    static readonly JsonSerializerOptions Strict = new() { AllowDuplicateProperties = false, MaxDepth = 4, RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true };

    public async Task<string> Issue(Session session, CancellationToken stop)
    {
        var key = await keys.Current(stop);
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        var claims = new AccessClaims(Issuer, Audience, $"{session.UserId}", $"{session.Id}", now, now + (long)Lifetime.TotalSeconds);
        return Sign(key.Key, new Header(Algorithm, Type, key.Id), claims);
    }

    /// <summary>What the token says when it is ours and has not expired; null otherwise.</summary>
    public async Task<AccessClaims?> Read(string token, CancellationToken stop)
    {
        if (token.Length > LongestToken || token.Split('.') is not [var header, var payload, var signature]
            || Decode<Header>(header) is not { Algorithm: Algorithm, Type: Type, Key: { } id }
            || await keys.Find(id, stop) is not { } key
            || !IsSigned(key, header, payload, signature)
            || Decode<AccessClaims>(payload) is not { } claims)
        {
            return null;
        }
        var now = clock.GetUtcNow().ToUnixTimeSeconds();
        return claims.Issuer == Issuer && claims.Audience == Audience && claims.ExpiresAt > now && claims.IssuedAt <= now + 60 && claims.ExpiresAt - claims.IssuedAt <= Lifetime.TotalSeconds ? claims : null;
    }

    string Issuer => settings.PublicUrl.AbsoluteUri.TrimEnd('/');

    internal static string Sign(ECDsa key, object header, object claims)
    {
        var signed = $"{Encode(header)}.{Encode(claims)}";
        lock (key)
        {
            return $"{signed}.{Base64Url.EncodeToString(key.SignData(Encoding.ASCII.GetBytes(signed), HashAlgorithmName.SHA256))}";
        }
    }

    internal static bool IsSigned(ECDsa key, string header, string payload, string signature)
    {
        if (!Base64Url.IsValid(signature))
        {
            return false;
        }
        // One native key, one user at a time.
        lock (key)
        {
            return key.VerifyData(Encoding.ASCII.GetBytes($"{header}.{payload}"), Base64Url.DecodeFromChars(signature), HashAlgorithmName.SHA256);
        }
    }

    static string Encode(object part) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(part, part.GetType()));

    static T? Decode<T>(string part)
        where T : class
    {
        try
        {
            return Base64Url.IsValid(part) ? JsonSerializer.Deserialize<T>(Base64Url.DecodeFromChars(part), Strict) : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
