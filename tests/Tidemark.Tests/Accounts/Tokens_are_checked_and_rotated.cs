using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using FsCheck.Fluent;
using Microsoft.Extensions.DependencyInjection;
using Tidemark.Accounts.Sessions;
using Tidemark.Running;

namespace Tidemark.Accounts;

public sealed class Tokens_are_checked_and_rotated(ClockedServer server) : IClassFixture<ClockedServer>
{
    [Fact]
    [Trait("Threat", "T14")]
    public async Task Only_our_own_signature_over_our_own_claims_counts()
    {
        using var owner = await Visitor.SignUp(server, byToken: true);
        var (header, payload, signature) = owner.Token!.Split('.') is [var h, var p, var s] ? (h, p, s) : throw new InvalidOperationException();
        var claims = JsonElement.Parse(Base64Url.DecodeFromChars(payload)).EnumerateObject().ToDictionary(claim => claim.Name, claim => (object)claim.Value);
        var kid = JsonElement.Parse(Base64Url.DecodeFromChars(header)).GetProperty("kid").GetString()!;
        using var own = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var current = await server.Services.GetRequiredService<SigningKeys>().Current(CancellationToken.None);
        string Forged(object head, object body, ECDsa? key = null) => AccessTokens.Sign(key ?? own, head, body);
        var head = new { alg = "ES256", typ = "at+jwt", kid };

        var forged = new Dictionary<string, string>
        {
            ["none"] = $"{Encode(new { alg = "none", typ = "at+jwt", kid })}.{payload}.",
            ["no signature"] = $"{header}.{payload}.",
            ["HS256"] = Hs256(new { alg = "HS256", typ = "at+jwt", kid }, payload, current.Key.ExportSubjectPublicKeyInfo()),
            ["RS256 named"] = Forged(new { alg = "RS256", typ = "at+jwt", kid }, claims),
            ["foreign key under our kid"] = Forged(head, claims),
            ["foreign kid"] = Forged(new { alg = "ES256", typ = "at+jwt", kid = "mine" }, claims),
            ["foreign jku"] = Forged(new { alg = "ES256", typ = "at+jwt", kid, jku = "https://evil.example/keys" }, claims),
            ["embedded jwk"] = Forged(new { alg = "ES256", typ = "at+jwt", kid, jwk = new { kty = "EC" } }, claims),
            ["kid of a path"] = Forged(new { alg = "ES256", typ = "at+jwt", kid = "../../etc/passwd' OR 1=1" }, claims),
            ["other type"] = Forged(new { alg = "ES256", typ = "JWT", kid }, claims, current.Key),
            ["other audience"] = Forged(head, With(claims, "aud", "somewhere"), current.Key),
            ["other issuer"] = Forged(head, With(claims, "iss", "https://evil.example"), current.Key),
            ["no expiry"] = Forged(head, claims.Where(claim => claim.Key != "exp").ToDictionary(), current.Key),
            ["expired"] = Forged(head, With(claims, "exp", 1_000), current.Key),
            ["for ever"] = Forged(head, With(claims, "exp", 99_999_999_999), current.Key),
            ["somebody else"] = Forged(head, With(claims, "sub", "1"), current.Key),
            ["flipped bit"] = $"{header}.{payload}.{(signature[0] == 'A' ? 'B' : 'A')}{signature[1..]}",
            ["refresh token as access token"] = owner.RefreshToken!,
            ["garbage"] = "a.b.c",
            ["huge"] = new string('a', 20_000),
        };

        (await owner.Get("auth/me")).Status.ShouldBe(200);
        foreach (var (name, token) in forged)
        {
            owner.Token = token;
            var answer = await owner.Get("account");
            (answer.Status, answer.Code).ShouldBe((401, "CREDENTIAL_REFUSED"), name);
        }

        static string Encode(object part) => Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes(part));
        static Dictionary<string, object> With(Dictionary<string, object> claims, string name, object value) => new(claims) { [name] = value };
        static string Hs256(object header, string payload, byte[] key)
        {
            var signed = $"{Encode(header)}.{payload}";
            return $"{signed}.{Base64Url.EncodeToString(HMACSHA256.HashData(key, Encoding.ASCII.GetBytes(signed)))}";
        }
    }

    [Fact]
    public void The_signature_is_that_of_the_standard()
    {
        // RFC 7515, appendix A.3.
        using var key = ECDsa.Create(new ECParameters
        {
            Curve = ECCurve.NamedCurves.nistP256,
            Q = new ECPoint { X = Base64Url.DecodeFromChars("f83OJ3D2xF1Bg8vub9tLe1gHMzV76e8Tus9uPHvRVEU"), Y = Base64Url.DecodeFromChars("x_FEzRu9m36HLN_tue659LNpXW6pCyStikYjKIWI5a0") },
        });
        const string header = "eyJhbGciOiJFUzI1NiJ9", payload = "eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ";
        const string signature = "DtEhU3ljbEg8L38VWAfUAqOyKAM6-Xx-F4GawxaepmXFCgfTjDxw5djxLa8ISlSApmWQxfKTUJqPP3-Kg6NU1Q";

        AccessTokens.IsSigned(key, header, payload, signature).ShouldBeTrue();
        AccessTokens.IsSigned(key, header, payload + "A", signature).ShouldBeFalse();
    }

    [Fact]
    [Trait("Threat", "T15")]
    public async Task A_copied_refresh_token_ends_its_family_and_its_owner_is_told()
    {
        using var owner = await Visitor.SignUp(server, byToken: true);
        var stolen = owner.RefreshToken!;
        var second = await Refresh(stolen);
        server.Clock.Move(TimeSpan.FromSeconds(11));

        var thief = await Refresh(stolen);
        var afterwards = await Refresh(second.RefreshToken!);
        owner.Token = second.AccessToken;

        (second.Status, thief.Status, afterwards.Status).ShouldBe((200, 401, 401));
        (await owner.Get("account")).Status.ShouldBe(401);
        (await Visitor.CountMails(server, owner.Email, "tokenStolen")).ShouldBe(1);
    }

    [Fact]
    [Trait("Threat", "T15")]
    public async Task Who_asks_twice_within_seconds_is_not_punished_and_gets_the_same_successor()
    {
        using var owner = await Visitor.SignUp(server, byToken: true);

        var answers = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Refresh(owner.RefreshToken!)));

        answers.ShouldAllBe(answer => answer.Status == 200);
        answers.Select(answer => answer.RefreshToken).Distinct().ShouldHaveSingleItem();
        (await Refresh(answers[0].RefreshToken!)).Status.ShouldBe(200);
    }

    [Fact]
    public async Task However_tokens_are_used_the_line_has_one_end()
    {
        // A model of the rule: at any time one token is newest; the one before it is good for ten seconds after its exchange;
        // any other use of a spent one ends everything.
        using var owner = await Visitor.Make(server);
        var steps = Gen.Choose(0, 5).ArrayOf(12).Sample(12, 25);
        foreach (var walk in steps)
        {
            await owner.SignIn(byToken: true);
            var line = new List<string> { owner.RefreshToken! };
            var (spentAt, isOver) = (DateTimeOffset.MinValue, false);
            foreach (var step in walk)
            {
                switch (step)
                {
                    case 0 or 1 or 2:
                        var renewed = await Refresh(line[^1]);
                        renewed.Status.ShouldBe(isOver ? 401 : 200);
                        if (!isOver)
                        {
                            line.Add(renewed.RefreshToken!);
                            spentAt = server.Clock.GetUtcNow();
                        }
                        break;
                    case 3 when line.Count > 1:
                        var isInTime = server.Clock.GetUtcNow() - spentAt < TimeSpan.FromSeconds(9);
                        var repeated = await Refresh(line[^2]);
                        repeated.Status.ShouldBe(!isOver && isInTime ? 200 : 401);
                        if (repeated.Status == 200)
                        {
                            repeated.RefreshToken.ShouldBe(line[^1]);
                        }
                        isOver |= !isInTime;
                        break;
                    case 4 when line.Count > 2:
                        (await Refresh(line[^3])).Status.ShouldBe(401);
                        isOver = true;
                        break;
                    case 5:
                        server.Clock.Move(TimeSpan.FromSeconds(20));
                        break;
                }
            }
        }
    }

    sealed record Renewal(int Status, string? AccessToken, string? RefreshToken);

    async Task<Renewal> Refresh(string token)
    {
        var answer = await server.Http.Post("/api/v1/auth/refresh", new { refresh_token = token });
        return answer.Status == 200
            ? new(200, answer.Data.GetProperty("access_token").GetString(), answer.Data.GetProperty("refresh_token").GetString())
            : new(answer.Status, null, null);
    }
}
