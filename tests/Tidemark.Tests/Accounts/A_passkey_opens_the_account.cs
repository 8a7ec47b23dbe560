using Tidemark.Running;

namespace Tidemark.Accounts;

public sealed class A_passkey_opens_the_account(A_passkey_opens_the_account.Telling server) : IClassFixture<A_passkey_opens_the_account.Telling>
{
    public sealed class Telling(TestPostgres postgres) : RunningServer(postgres)
    {
        protected override IReadOnlyDictionary<string, string?> Settings { get; } = new Dictionary<string, string?> { ["LOG_LEVEL"] = "INFO" };
    }

    string Origin => $"http://localhost:{server.Address.Port}";

    async Task<(Visitor Owner, SoftAuthenticator Key)> WithPasskey()
    {
        var owner = await Visitor.SignUp(server);
        var key = new SoftAuthenticator(Origin, "localhost");
        var begun = await Post(owner, "account/passkeys/options", null);
        begun.Status.ShouldBe(200, begun.Body.ToString());
        var made = await Post(owner, "account/passkeys", new { ceremony = begun.Data.GetProperty("ceremony").GetString(), name = "Laptop", credential = key.Create(begun.Data.GetProperty("options")) });
        made.Status.ShouldBe(201, made.Body.ToString());
        return (owner, key);
    }

    /// <summary>A browser calls this server localhost: the name the passkey is bound to.</summary>
    static Task<Answer> Post(Visitor visitor, string path, object? body) => visitor.Post(path, body, ("Host", $"localhost:{visitor.Http.BaseAddress!.Port}"));

    [Fact]
    public async Task Made_and_used()
    {
        var (owner, key) = await WithPasskey();
        using var _1 = owner;
        using var _2 = key;
        using var elsewhere = owner.Elsewhere();

        var signedIn = await SignIn(elsewhere, key);
        signedIn.Status.ShouldBe(200, signedIn.Body.ToString());
        elsewhere.Take(signedIn);

        (await elsewhere.Get("auth/me")).Data.GetProperty("email").GetString().ShouldBe(owner.Email);
        var listed = (await owner.Get("account/passkeys")).Data[0];
        listed.GetProperty("name").GetString().ShouldBe("Laptop");
        listed.GetProperty("lastUsedAt").ValueKind.ShouldNotBe(System.Text.Json.JsonValueKind.Null);
        (await Visitor.CountMails(server, owner.Email, "secondFactorChanged")).ShouldBe(1);
    }

    [Fact]
    [Trait("Threat", "T12")]
    [Trait("Threat", "T30")]
    public async Task Beside_a_passkey_the_password_alone_changes_nothing()
    {
        var (owner, key) = await WithPasskey();
        using var _1 = owner;
        using var _2 = key;
        using var thief = owner.Elsewhere();
        (await thief.SignIn()).Status.ShouldBe(200);

        var enrolling = await thief.Post("account/two-factor/setup");
        var confirming = await thief.Post("auth/confirm", new { password = Visitor.Password });
        var changing = await thief.Post("account/password", new { current = Visitor.Password, @new = "Mallorys1Horse" });
        var removing = await thief.Delete($"account/passkeys/{(await owner.Get("account/passkeys")).Data[0].GetProperty("id").GetInt64()}");

        (enrolling.Status, enrolling.Code).ShouldBe((403, "CONFIRMATION_REQUIRED"));
        (confirming.Status, confirming.Code).ShouldBe((401, "SECOND_FACTOR_REQUIRED"));
        (changing.Status, changing.Code).ShouldBe((401, "SECOND_FACTOR_REQUIRED"));
        removing.Code.ShouldBe("CONFIRMATION_REQUIRED");
        var begun = (await Post(thief, "auth/passkey/options", null)).Data;
        (await Post(thief, "auth/confirm", new { ceremony = begun.GetProperty("ceremony").GetString(), credential = key.Answer(begun.GetProperty("options")) })).Status.ShouldBe(200);
        (await thief.Post("account/two-factor/setup")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_challenge_is_good_once_and_the_page_must_be_ours()
    {
        var (owner, key) = await WithPasskey();
        using var _1 = owner;
        using var _2 = key;
        var begun = (await Post(owner, "auth/passkey/options", null)).Data;
        var proof = new { ceremony = begun.GetProperty("ceremony").GetString(), credential = key.Answer(begun.GetProperty("options")) };
        (await Post(owner, "auth/passkey/login", proof)).Status.ShouldBe(200);

        var replayed = await Post(owner, "auth/passkey/login", proof);
        key.Origin = "https://evil.example";
        var phished = await SignIn(owner, key);
        using var stranger = new SoftAuthenticator(Origin, "localhost");
        var unknown = await SignIn(owner, stranger);

        foreach (var refused in new[] { replayed, phished, unknown })
        {
            (refused.Status, refused.Code).ShouldBe((401, "PASSKEY_REFUSED"));
        }
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("null")]
    [InlineData("[]")]
    [InlineData("\"text\"")]
    [InlineData("""{"id":"AA","rawId":"AA","type":"public-key","response":{},"clientExtensionResults":{}}""")]
    [InlineData("""{"id":"AA","rawId":"AA","type":"public-key","response":{"clientDataJSON":"e30","attestationObject":"oA","authenticatorData":"AA","signature":"AA"},"clientExtensionResults":{}}""")]
    public async Task Nonsense_is_refused(string credential)
    {
        using var owner = await Visitor.SignUp(server);
        var forNew = (await Post(owner, "account/passkeys/options", null)).Data.GetProperty("ceremony").GetString();
        var forSignIn = (await Post(owner, "auth/passkey/options", null)).Data.GetProperty("ceremony").GetString();

        (await Post(owner, "account/passkeys", $$"""{"ceremony":"{{forNew}}","name":"Laptop","credential":{{credential}}}""")).Status.ShouldBeOneOf(400, 401);
        (await Post(owner, "auth/passkey/login", $$"""{"ceremony":"{{forSignIn}}","credential":{{credential}}}""")).Status.ShouldBeOneOf(400, 401);
    }

    [Fact]
    public async Task A_removed_one_opens_nothing()
    {
        var (owner, key) = await WithPasskey();
        using var _1 = owner;
        using var _2 = key;
        var id = (await owner.Get("account/passkeys")).Data[0].GetProperty("id").GetInt64();

        (await owner.Delete($"account/passkeys/{id}")).Status.ShouldBe(200);

        (await SignIn(owner, key)).Status.ShouldBe(401);
    }

    static async Task<Answer> SignIn(Visitor visitor, SoftAuthenticator key)
    {
        var begun = (await Post(visitor, "auth/passkey/options", null)).Data;
        return await Post(visitor, "auth/passkey/login", new { ceremony = begun.GetProperty("ceremony").GetString(), credential = key.Answer(begun.GetProperty("options")) });
    }
}
