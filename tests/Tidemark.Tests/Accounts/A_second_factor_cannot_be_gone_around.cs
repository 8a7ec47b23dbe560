using System.Text;
using Tidemark.Accounts.SecondFactor;
using Tidemark.Platform.Api;
using Tidemark.Running;

namespace Tidemark.Accounts;

public sealed class A_second_factor_cannot_be_gone_around(ClockedServer server) : IClassFixture<ClockedServer>
{
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    public void Codes_are_those_of_the_standard(long seconds, string code) =>
        // RFC 6238, appendix B, its last six digits.
        Totp.CodeAt("12345678901234567890"u8, Totp.StepAt(DateTimeOffset.FromUnixTimeSeconds(seconds))).ShouldBe(code);

    [Fact]
    public void Secrets_are_written_as_the_standard_writes_them()
    {
        // RFC 4648, section 10.
        Totp.ToBase32("foobar"u8).ShouldBe("MZXW6YTBOI");
        Totp.ToBase32("f"u8).ShouldBe("MY");
    }

    [Fact]
    [Trait("Threat", "T11")]
    public async Task Turning_it_on_needs_a_code_and_shows_its_secret_once()
    {
        using var owner = await Visitor.SignUp(server);
        var setup = (await owner.Post("account/two-factor/setup")).Data;
        setup.GetProperty("otpauthUri").GetString()!.ShouldStartWith("otpauth://totp/Tidemark:");
        setup.GetProperty("qrSvg").GetString()!.ShouldContain("<svg");
        var before = owner.Cookie("session");

        var wrong = await owner.Post("account/two-factor/enable", new { setup = setup.GetProperty("setup").GetString(), code = "000000" });
        var right = await owner.Post("account/two-factor/enable", new { setup = setup.GetProperty("setup").GetString(), code = CodeOf(setup.GetProperty("secret").GetString()!) });

        wrong.Status.ShouldBe(401);
        right.Status.ShouldBe(200, right.Body.ToString());
        right.Data.GetProperty("codes").GetArrayLength().ShouldBe(10);
        owner.Cookie("session").ShouldNotBe(before);
        (await owner.Post("account/two-factor/setup")).Status.ShouldBe(409);
        var shown = (await owner.Get("account/security")).Body + (await owner.Get("account")).Body.ToString() + (await owner.Get("account/export")).Body;
        shown.ShouldNotContain(setup.GetProperty("secret").GetString()!);
        await using var command = server.Source.CreateCommand($"SELECT totp_secret FROM users WHERE id = {owner.Id}");
        ((string)(await command.ExecuteScalarAsync())!).ShouldNotContain(setup.GetProperty("secret").GetString()!);
    }

    [Fact]
    [Trait("Threat", "T10")]
    public async Task A_code_works_once_even_when_sent_twice_at_once()
    {
        var (owner, secret, _) = await WithAuthenticator();
        using var _1 = owner;
        NextStep();
        var code = CodeOf(secret);

        var statuses = await Task.WhenAll(Enumerable.Range(0, 6).Select(async _ =>
        {
            using var elsewhere = owner.Elsewhere();
            return (await elsewhere.SignIn(code: code)).Status;
        }));
        using var later = owner.Elsewhere();

        statuses.Count(status => status == 200).ShouldBe(1);
        (await later.SignIn(code: code)).Status.ShouldBeOneOf(401, 429);
    }

    [Fact]
    [Trait("Threat", "T04")]
    [Trait("Threat", "T12")]
    public async Task What_the_old_password_began_ends_with_it()
    {
        var (owner, secret, _) = await WithAuthenticator();
        using var _1 = owner;
        NextStep();
        using var thief = owner.Elsewhere();
        var challenge = (await thief.SignIn()).Body.GetProperty("error").GetProperty("details").GetProperty("challenge").GetString();
        await server.Http.Post("/api/v1/auth/forgot-password", new { email = owner.Email });
        (await server.Http.Post("/api/v1/auth/reset-password", new { token = await Visitor.LinkTo(server, owner.Email, "reset"), password = "Another1Horse" })).Status.ShouldBe(200);

        (await thief.Post("auth/second-factor", new { challenge, code = CodeOf(secret) })).Status.ShouldBe(401);
    }

    [Fact]
    [Trait("Threat", "T11")]
    public async Task Codes_cannot_be_guessed()
    {
        var (owner, secret, _) = await WithAuthenticator();
        using var _1 = owner;
        NextStep();
        using var guesser = owner.Elsewhere();
        var challenge = (await guesser.SignIn()).Body.GetProperty("error").GetProperty("details").GetProperty("challenge").GetString();

        for (var i = 0; i < 5; i++)
        {
            (await guesser.Post("auth/second-factor", new { challenge, code = $"{i:000000}" })).Status.ShouldBe(401);
        }
        var right = await guesser.Post("auth/second-factor", new { challenge, code = CodeOf(secret) });
        var anew = await guesser.SignIn(code: CodeOf(secret));

        server.Clock.Move(TimeSpan.FromMinutes(4));
        var still = await guesser.SignIn(code: CodeOf(secret));
        server.Clock.Move(TimeSpan.FromMinutes(2));
        var later = await guesser.SignIn(code: CodeOf(secret));

        right.Status.ShouldBe(401);
        anew.Status.ShouldBe(429, "guesses count for the account, whatever challenge they come through");
        still.Status.ShouldBe(429);
        later.Status.ShouldBe(200);
    }

    [Fact]
    [Trait("Threat", "T11")]
    public async Task A_code_two_steps_off_is_refused_and_one_step_off_is_not()
    {
        var (owner, secret, _) = await WithAuthenticator();
        using var _1 = owner;
        server.Clock.Move(TimeSpan.FromSeconds(120));

        using var off = owner.Elsewhere();
        (await off.SignIn(code: CodeOf(secret, -2))).Status.ShouldBe(401);
        (await off.SignIn(code: CodeOf(secret, -1))).Status.ShouldBe(200);
    }

    [Fact]
    [Trait("Threat", "T12")]
    public async Task No_door_leads_around_it()
    {
        var (owner, _, _) = await WithAuthenticator();
        using var _1 = owner;
        using var stranger = owner.Elsewhere();

        var byJson = await stranger.SignIn();
        var byForm = await Visitor.Form(stranger.Http, "/api/v1/auth/login", ("username", owner.Email), ("password", Visitor.Password));
        var byAlias = await stranger.Http.Post("/api/auth/login", new { email = owner.Email, password = Visitor.Password });
        await stranger.Post("auth/forgot-password", new { email = owner.Email });
        var byReset = await stranger.Post("auth/reset-password", new { token = await Visitor.LinkTo(server, owner.Email, "reset"), password = "Another1Horse" });
        var afterReset = await stranger.SignIn(password: "Another1Horse");

        foreach (var answer in new[] { byJson, byForm, byAlias, afterReset })
        {
            (answer.Status, answer.Code).ShouldBe((401, "SECOND_FACTOR_REQUIRED"));
            answer.Header("Set-Cookie").ShouldBeNull();
        }
        byReset.Status.ShouldBe(200);
        byReset.Header("Set-Cookie").ShouldBeNull();
        (await stranger.Get("account")).Status.ShouldBe(401);
    }

    [Fact]
    [Trait("Threat", "T12")]
    public async Task A_trusted_browser_skips_the_code_for_signing_in_and_for_nothing_else()
    {
        var (owner, secret, _) = await WithAuthenticator();
        using var _1 = owner;
        NextStep();
        (await owner.SignIn(code: CodeOf(secret), trustDevice: true)).Status.ShouldBe(200);

        var again = await owner.SignIn();
        var sensitive = await owner.Post("account/two-factor/disable");
        using var other = await Visitor.Make(server);
        using var sameBrowser = new Visitor(server, owner.Cookies) { };
        var device = (await owner.Get("account/devices")).Data[0];
        await owner.Delete($"account/devices/{device.GetProperty("id").GetInt64()}");
        var forgotten = await owner.SignIn();

        again.Status.ShouldBe(200);
        (sensitive.Status, sensitive.Code).ShouldBe((403, "CONFIRMATION_REQUIRED"));
        forgotten.Code.ShouldBe("SECOND_FACTOR_REQUIRED");
    }

    [Fact]
    [Trait("Threat", "T13")]
    public async Task A_recovery_code_works_once_and_the_old_set_ends_with_a_new_one()
    {
        var (owner, secret, codes) = await WithAuthenticator();
        using var _1 = owner;

        (await ByRecovery(codes[0])).ShouldBe(200);
        (await ByRecovery(codes[0])).ShouldBe(401);
        (await Visitor.CountMails(server, owner.Email, "recoveryCodeUsed")).ShouldBe(1);
        NextStep();
        await Confirm(owner, secret);
        var fresh = (await owner.Post("account/two-factor/recovery-codes")).Data.GetProperty("codes")[0].GetString()!;
        (await ByRecovery(codes[1])).ShouldBe(401);
        (await ByRecovery(fresh.ToUpperInvariant().Replace("-", " ", StringComparison.Ordinal))).ShouldBe(200);
        (await Visitor.CountMails(server, owner.Email, "secondFactorChanged")).ShouldBe(2);

        async Task<int> ByRecovery(string recoveryCode)
        {
            using var elsewhere = owner.Elsewhere();
            var challenge = (await elsewhere.SignIn()).Body.GetProperty("error").GetProperty("details").GetProperty("challenge").GetString();
            return (await elsewhere.Post("auth/second-factor", new { challenge, recoveryCode })).Status;
        }
    }

    [Fact]
    [Trait("Threat", "T08")]
    public async Task Changing_it_ends_every_other_session()
    {
        using var owner = await Visitor.SignUp(server);
        using var other = owner.Elsewhere();
        await other.SignIn(byToken: true);

        await TurnOn(owner);

        (await other.Get("account")).Status.ShouldBe(401);
        (await owner.Get("account")).Status.ShouldBe(200);
    }

    async Task<(Visitor Owner, string Secret, string[] Codes)> WithAuthenticator(Role role = Role.User)
    {
        var owner = await Visitor.SignUp(server, role: role);
        var (secret, codes) = await TurnOn(owner);
        return (owner, secret, codes);
    }

    async Task<(string Secret, string[] Codes)> TurnOn(Visitor owner)
    {
        var setup = (await owner.Post("account/two-factor/setup")).Data;
        var secret = setup.GetProperty("secret").GetString()!;
        var enabled = await owner.Post("account/two-factor/enable", new { setup = setup.GetProperty("setup").GetString(), code = CodeOf(secret) });
        enabled.Status.ShouldBe(200, enabled.Body.ToString());
        return (secret, [.. enabled.Data.GetProperty("codes").EnumerateArray().Select(code => code.GetString()!)]);
    }

    async Task Confirm(Visitor owner, string secret) => (await owner.Post("auth/confirm", new { password = Visitor.Password, code = CodeOf(secret) })).Status.ShouldBe(200);

    /// <summary>Lets the half minute pass whose code was used.</summary>
    void NextStep() => server.Clock.Move(TimeSpan.FromSeconds(31));

    string CodeOf(string base32, int off = 0) => Totp.CodeAt(FromBase32(base32), Totp.StepAt(server.Clock.GetUtcNow()) + off);

    internal static byte[] FromBase32(string text)
    {
        var bits = new StringBuilder();
        foreach (var letter in text)
        {
            bits.Append(Convert.ToString("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567".IndexOf(letter, StringComparison.Ordinal), 2).PadLeft(5, '0'));
        }
        return [.. Enumerable.Range(0, bits.Length / 8).Select(i => Convert.ToByte(bits.ToString(i * 8, 8), 2))];
    }
}
