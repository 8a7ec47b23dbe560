using System.Text.Json;
using Tidemark.Accounts.SecondFactor;
using Tidemark.Platform.Api;
using Tidemark.Running;

namespace Tidemark.Accounts;

public sealed class Admins_serve_and_do_not_own(RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task They_find_and_filter()
    {
        using var admin = await Visitor.SignUp(server, role: Role.Admin);
        using var pro = await Visitor.SignUp(server, Plan.Pro, email: "searched-for_me%x@example.com");
        using var other = await Visitor.SignUp(server, Plan.Pro);

        (await Found("search=searched-FOR")).ShouldBe([pro.Id]);
        (await Found("search=for_me%25x")).ShouldBe([pro.Id]);
        (await Found("search=for%25x")).ShouldBeEmpty("a wildcard of SQL is a letter here");
        (await Found("search=' OR 1=1 --")).ShouldBeEmpty();
        (await Found("plan=pro&limit=200")).ShouldContain(other.Id);
        (await Found("plan=free&role=admin&limit=200")).ShouldContain(admin.Id);
        (await Found("status=locked")).ShouldBeEmpty();
        var first = await admin.Get("admin/users?limit=2");
        var second = await admin.Get($"admin/users?limit=2&cursor={first.Meta.GetProperty("next_cursor").GetString()}");
        first.Data.EnumerateArray().Concat(second.Data.EnumerateArray()).Select(user => user.GetProperty("id").GetInt64()).ShouldBeUnique();

        async Task<List<long>> Found(string query) => [.. (await admin.Get($"admin/users?{query}")).Data.EnumerateArray().Select(user => user.GetProperty("id").GetInt64())];
    }

    [Fact]
    public async Task Who_they_make_chooses_the_password_by_mail()
    {
        using var admin = await Visitor.SignUp(server, role: Role.Admin);
        var made = await admin.Post("admin/users", new { email = "Invited@Example.com", plan = "pro" });
        using var invited = new Visitor(server) { Email = "invited@example.com" };
        var before = await invited.SignIn();

        var link = await Visitor.LinkTo(server, invited.Email, "invited");
        var unwilling = await invited.Post("auth/reset-password", new { token = link, password = Visitor.Password });
        await invited.Post("auth/reset-password", new { token = link, password = Visitor.Password, acceptTerms = true, acceptPrivacy = true, isAdult = true });

        made.Status.ShouldBe(201, made.Body.ToString());
        made.Data.GetProperty("status").GetString().ShouldBe("unconfirmed");
        before.Status.ShouldBe(401);
        (unwilling.Status, unwilling.Code).ShouldBe((400, "VALIDATION_FAILED"));
        (await invited.SignIn()).Status.ShouldBe(200);
        (await invited.Get("account")).Data.GetProperty("plan").GetString().ShouldBe("pro");
        (await admin.Post("admin/users", new { email = "invited@example.com" })).Code.ShouldBe("CONFLICT");
    }

    [Fact]
    [Trait("Threat", "T30")]
    public async Task Nobody_registers_into_an_invitation()
    {
        using var admin = await Visitor.SignUp(server, role: Role.Admin);
        const string email = "next-admin@example.com";
        (await admin.Post("admin/users", new { email, role = "admin" })).Status.ShouldBe(201);

        var registered = await server.Http.Post("/api/v1/auth/register", new { email, password = "Mallorys1Horse", acceptTerms = true, acceptPrivacy = true, isAdult = true });

        registered.Status.ShouldBe(201, "the answer tells nothing");
        (await Visitor.CountMails(server, email, "verify")).ShouldBe(0);
        (await server.Http.Post("/api/v1/auth/resend-verification", new { email })).Status.ShouldBe(200);
        (await Visitor.CountMails(server, email, "verify")).ShouldBe(0);
        (await server.Http.Post("/api/v1/auth/forgot-password", new { email })).Status.ShouldBe(200);
        (await Visitor.CountMails(server, email, "invited")).ShouldBe(2, "a lost invitation is sent again");
    }

    [Fact]
    [Trait("Threat", "T05")]
    public async Task They_lock_and_unlock_and_it_is_written_down()
    {
        using var admin = await Visitor.SignUp(server, role: Role.Admin);
        using var owner = await Visitor.SignUp(server);

        (await admin.Post($"admin/users/{owner.Id}/lock", new { reason = "Spam" })).Data.GetProperty("status").GetString().ShouldBe("locked");
        (await owner.Get("account")).Status.ShouldBe(401);
        (await owner.SignIn()).Status.ShouldBe(401);
        using var stranger = owner.Elsewhere();
        for (var i = 0; i < 7; i++)
        {
            await stranger.SignIn(password: "Wrong1Horse");
        }
        (await admin.Post($"admin/users/{owner.Id}/unlock")).Status.ShouldBe(200);

        (await stranger.SignIn()).Status.ShouldBe(200, "the waiting is forgiven with the lock");
        var written = (await admin.Get($"admin/users/{owner.Id}/audit")).Data.EnumerateArray().ToList();
        written.ShouldContain(entry => entry.GetProperty("action").GetString() == "user.locked" && entry.GetProperty("actor").GetInt64() == admin.Id && entry.GetProperty("details").GetProperty("reason").GetString() == "Spam");
        written.ShouldContain(entry => entry.GetProperty("action").GetString() == "user.unlocked");
        written.ShouldContain(entry => entry.GetProperty("action").GetString() == "signin.failed");
    }

    [Fact]
    public async Task They_do_the_same_to_many_and_are_told_what_was_refused()
    {
        using var admin = await Visitor.SignUp(server, role: Role.Admin);
        using var one = await Visitor.SignUp(server);
        using var two = await Visitor.SignUp(server);

        var outcome = await admin.Post("admin/users/bulk", new { users = new[] { one.Id, two.Id, 999_999 }, action = "setPlan", plan = "premium" });

        outcome.Data.GetProperty("done").EnumerateArray().Select(id => id.GetInt64()).ShouldBe([one.Id, two.Id]);
        outcome.Data.GetProperty("refused")[0].GetProperty("code").GetString().ShouldBe("NOT_FOUND");
        (await two.Get("account")).Data.GetProperty("plan").GetString().ShouldBe("premium");
        (await Visitor.CountMails(server, two.Email, "standingChanged")).ShouldBe(1);
        (await admin.Post("admin/users/bulk", new { users = new[] { one.Id }, action = "setPlan" })).Status.ShouldBe(400);
        (await admin.Post("admin/users/bulk", new { users = new[] { one.Id, two.Id }, action = "delete" })).Data.GetProperty("done").GetArrayLength().ShouldBe(2);
        (await one.SignIn()).Status.ShouldBe(401);
    }

    [Fact]
    [Trait("Threat", "T30")]
    public async Task They_can_neither_set_a_password_nor_read_a_secret()
    {
        using var admin = await Visitor.SignUp(server, role: Role.Admin);
        using var owner = await Visitor.SignUp(server, Plan.Premium);
        await owner.Post("api-keys", new { name = "Bot", scopes = new[] { "read:account" } });

        foreach (var body in new object[] { new { password = "Another1Horse" }, new { passwordHash = "x" }, new { emailVerifiedAt = "2026-01-01T00:00:00Z" }, new { isDemo = true } })
        {
            (await admin.Patch($"admin/users/{owner.Id}", body)).Code.ShouldBe("INVALID_JSON");
        }
        (await admin.Post("admin/users", new { email = "x@example.com", password = "Another1Horse" })).Code.ShouldBe("INVALID_JSON");
        var seen = string.Concat((await admin.Get($"admin/users/{owner.Id}")).Body, (await admin.Get("admin/users")).Body, (await admin.Get($"admin/users/{owner.Id}/sessions")).Body, (await admin.Get($"admin/users/{owner.Id}/audit")).Body);
        await using var command = server.Source.CreateCommand($"SELECT password_hash FROM users WHERE id = {owner.Id}");
        seen.ShouldNotContain((string)(await command.ExecuteScalarAsync())!);
        foreach (var word in new[] { "hash", "secret", "totp", "tdm_" })
        {
            seen.ShouldNotContain(word, Case.Insensitive);
        }
        (await owner.SignIn()).Status.ShouldBe(200);
    }

    [Fact]
    [Trait("Threat", "T30")]
    public async Task The_last_admin_stays()
    {
        await using var own = new RunningServer(server.Postgres);
        await own.InitializeAsync();
        using var admin = new Visitor(own) { Email = "admin@tidemark.local" };
        await admin.SignIn(password: "Admin123");
        var id = (await admin.Get("auth/me")).Data.GetProperty("id").GetInt64();

        (await admin.Patch($"admin/users/{id}", new { role = "user" })).Code.ShouldBe("CONFLICT");
        (await admin.Post($"admin/users/{id}/lock", new { reason = "me" })).Code.ShouldBe("CONFLICT");
        (await admin.Delete($"admin/users/{id}")).Code.ShouldBe("CONFLICT");
        (await admin.Post("account/delete", new { email = admin.Email })).Code.ShouldBe("CONFLICT");

        using var second = await Visitor.SignUp(own, role: Role.Admin);
        var leaving = await Task.WhenAll(admin.Patch($"admin/users/{id}", new { role = "user" }), second.Patch($"admin/users/{second.Id}", new { role = "user" }));
        leaving.Count(answer => answer.Status == 200).ShouldBe(1, "two who leave at once are one too many");
    }

    [Fact]
    [Trait("Threat", "T30")]
    public async Task Where_it_is_demanded_they_need_a_second_factor()
    {
        await using var strict = new Strict(server.Postgres);
        await strict.InitializeAsync();
        using var admin = await Visitor.SignUp(strict, role: Role.Admin);

        var without = await admin.Get("admin/users");
        var byKey = await admin.Post("api-keys", new { name = "Around", scopes = new[] { "admin:users" } });
        var setup = (await admin.Post("account/two-factor/setup")).Data;
        var secret = A_second_factor_cannot_be_gone_around.FromBase32(setup.GetProperty("secret").GetString()!);
        var enabled = await admin.Post("account/two-factor/enable", new { setup = setup.GetProperty("setup").GetString(), code = Totp.CodeAt(secret, Totp.StepAt(DateTimeOffset.UtcNow)) });
        var with = await admin.Get("admin/users");
        var key = (await admin.Post("api-keys", new { name = "Bot", scopes = new[] { "admin:users" } })).Data;
        var id = key.GetProperty("key").GetProperty("id").GetInt64();
        (await strict.Http.Get("/api/v1/admin/users", ("X-API-Key", key.GetProperty("secret").GetString()!))).Status.ShouldBe(200);
        await using (var off = strict.Source.CreateCommand($"UPDATE users SET totp_secret = NULL, totp_enabled_at = NULL WHERE id = {admin.Id}"))
        {
            await off.ExecuteNonQueryAsync();
        }
        await admin.SignIn();
        var byOldKey = await strict.Http.Get("/api/v1/admin/users", ("X-API-Key", key.GetProperty("secret").GetString()!));
        var rotated = await admin.Post($"api-keys/{id}/rotate", new { overlapHours = 1 });
        var widened = await admin.Patch($"api-keys/{id}", new { allowed = Array.Empty<string>() });

        byOldKey.Status.ShouldBe(403, "a key is worth no more than its owner");
        (rotated.Status, rotated.Code).ShouldBe((403, "ADMIN_NEEDS_SECOND_FACTOR"));
        widened.Status.ShouldBe(403);
        (without.Status, without.Code).ShouldBe((403, "ADMIN_NEEDS_SECOND_FACTOR"));
        byKey.Status.ShouldBe(400, "a key is no way around it");
        enabled.Status.ShouldBe(200, enabled.Body.ToString());
        with.Status.ShouldBe(200);
    }

    sealed class Strict(TestPostgres postgres) : RunningServer(postgres)
    {
        protected override IReadOnlyDictionary<string, string?> Settings { get; } = new Dictionary<string, string?> { ["ADMIN_NEEDS_SECOND_FACTOR"] = "true" };
    }

    [Fact]
    [Trait("Threat", "T21")]
    public async Task Nobody_writes_what_is_the_servers()
    {
        using var owner = await Visitor.SignUp(server);
        foreach (var field in new[] { "role", "plan", "isAdmin", "emailVerified", "userId", "id", "email", "isDemo", "createdAt", "ntfyTopic", "Role" })
        {
            (await owner.Patch("account", new Dictionary<string, object> { ["name"] = "Ann", [field] = "admin" })).Code.ShouldBe("INVALID_JSON", field);
            (await server.Http.Post("/api/v1/auth/register", new Dictionary<string, object> { ["email"] = "mass@example.com", ["password"] = Visitor.Password, ["acceptTerms"] = true, ["acceptPrivacy"] = true, ["isAdult"] = true, [field] = "admin" })).Status.ShouldBe(400, field);
        }
        var me = (await owner.Get("account")).Data;
        (me.GetProperty("role").GetString(), me.GetProperty("plan").GetString(), me.GetProperty("name").GetString()).ShouldBe(("user", "free", ""));
    }

    [Fact]
    [Trait("Threat", "T22")]
    public async Task Answers_hold_no_more_than_they_promise()
    {
        using var owner = await Visitor.SignUp(server);
        var answers = new[] { await owner.Get("account"), await owner.Get("auth/me"), await owner.Get("account/security"), await owner.Get("account/sessions"), await owner.Get("account/devices"), await owner.SignIn(byToken: true) };

        foreach (var word in new[] { "passwordHash", "totpSecret", "tokenHash", "refreshSeed", "securityStamp" })
        {
            answers.ShouldAllBe(answer => !answer.Body.ToString().Contains(word, StringComparison.OrdinalIgnoreCase));
        }
    }

    [Fact]
    public async Task A_person_takes_everything_along_and_leaves_nothing()
    {
        using var owner = await Visitor.SignUp(server, Plan.Premium);
        await owner.Put("account/trading", new { accountSize = 5_000, accountCurrency = "USDT", riskPerTrade = 0.02, riskReward = 3, dailyLossLimit = 0.04, mostOpenPositions = 3, defaultSymbol = "ETH/USDT", defaultTimeframe = "4h" });
        await owner.Post("api-keys", new { name = "Bot", scopes = new[] { "read:account" } });
        await owner.Ask(HttpMethod.Patch, "account", new { name = "Ann" }, ("Idempotency-Key", "once"));
        using var admin = await Visitor.SignUp(server, role: Role.Admin);
        await admin.Post($"admin/users/{owner.Id}/sign-out");
        (await owner.SignIn()).Status.ShouldBe(200);
        var seen = (await owner.Get("account/audit")).Data.EnumerateArray().Single(entry => entry.GetProperty("action").GetString() == "user.signedOut");
        seen.GetProperty("address").GetString().ShouldBeEmpty("where an admin sits is his own");

        var export = await owner.Get("account/export");
        export.Status.ShouldBe(200, export.Body.ToString());
        var text = export.Data.ToString();
        var wrong = await owner.Post("account/delete", new { email = "other@example.com" });
        var deleted = await owner.Post("account/delete", new { email = owner.Email });

        text.ShouldContain(owner.Email);
        text.ShouldContain("ETH/USDT");
        text.ShouldContain("user.signedOut");
        text.ShouldContain("apiKeyMade");
        text.ShouldContain("Bot");
        foreach (var name in new[] { "password_hash", "token_hash", "refresh_seed", "\"hash\"" })
        {
            text.ShouldNotContain(name);
        }
        wrong.Status.ShouldBe(400);
        deleted.Status.ShouldBe(200);
        (await owner.Get("account")).Status.ShouldBe(401);
        (await owner.SignIn()).Status.ShouldBe(401);
        await using var left = server.Source.CreateCommand($"SELECT (SELECT count(*) FROM mails WHERE recipient = '{owner.Email}' AND kind <> 'deleted') + (SELECT count(*) FROM idempotency_keys WHERE caller = 'user:{owner.Id}') + (SELECT count(*) FROM users WHERE id = {owner.Id}) + (SELECT count(*) FROM api_keys WHERE user_id = {owner.Id}) + (SELECT count(*) FROM sessions WHERE user_id = {owner.Id}) + (SELECT count(*) FROM audit_log WHERE position('{owner.Email}' in details) > 0)");
        (await left.ExecuteScalarAsync()).ShouldBe(0L);
    }

    [Fact]
    public async Task Trading_preferences_have_bounds()
    {
        using var owner = await Visitor.SignUp(server);
        var defaults = (await owner.Get("account/trading")).Data;
        var wanted = JsonSerializer.Deserialize<Dictionary<string, JsonElement>>(defaults)!;

        (await owner.Put("account/trading", wanted)).Status.ShouldBe(200);
        foreach (var (field, value) in new (string, string)[] { ("riskPerTrade", "0.5"), ("riskPerTrade", "0"), ("riskReward", "-1"), ("mostOpenPositions", "0"), ("defaultTimeframe", "\"3m\""), ("accountCurrency", "\"usd!\""), ("accountSize", "-1"), ("dailyLossLimit", "1.5"), ("accountSize", "\"1,5\"") })
        {
            (await owner.Put("account/trading", new Dictionary<string, JsonElement>(wanted) { [field] = JsonElement.Parse(value) })).Status.ShouldBe(400, $"{field} {value}");
        }
    }

    [Fact]
    public async Task An_address_changes_once_the_new_one_confirms()
    {
        using var owner = await Visitor.SignUp(server);
        var wanted = $"new-{owner.Email}";

        (await owner.Post("account/email", new { email = wanted })).Status.ShouldBe(200);
        (await owner.Get("account")).Data.GetProperty("email").GetString().ShouldBe(owner.Email);
        (await server.Http.Post("/api/v1/account/email/confirm", new { token = await Visitor.LinkTo(server, wanted, "confirmEmail") })).Status.ShouldBe(200);

        (await owner.SignIn()).Status.ShouldBe(401);
        (await Visitor.CountMails(server, owner.Email, "emailChanging")).ShouldBe(1);
        (await Visitor.CountMails(server, owner.Email, "emailChanged")).ShouldBe(1);
        using var renamed = new Visitor(server) { Email = wanted };
        (await renamed.SignIn()).Status.ShouldBe(200);
    }
}
