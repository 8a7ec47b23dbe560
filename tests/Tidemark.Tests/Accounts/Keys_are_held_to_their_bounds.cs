using System.Net;
using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Tidemark.Accounts.Keys;
using Tidemark.Platform.Api;
using Tidemark.Running;

namespace Tidemark.Accounts;

public sealed class Keys_are_held_to_their_bounds(Keys_are_held_to_their_bounds.Proxied server) : IClassFixture<Keys_are_held_to_their_bounds.Proxied>
{
    public sealed class Proxied(TestPostgres postgres) : ClockedServer(postgres)
    {
        protected override IReadOnlyDictionary<string, string?> Settings { get; } = new Dictionary<string, string?> { ["TRUSTED_PROXIES"] = "127.0.0.1" };
    }

    static async Task<(long Id, string Secret)> Make(Visitor owner, object? more = null, params string[] scopes)
    {
        var body = JsonSerializer.SerializeToNode(more ?? new { })!.AsObject();
        body["name"] = "Bot";
        body["scopes"] = JsonSerializer.SerializeToNode(scopes is [] ? ["read:account"] : scopes);
        var made = await owner.Post("api-keys", body.ToJsonString());
        made.Status.ShouldBe(201, made.Body.ToString());
        return (made.Data.GetProperty("key").GetProperty("id").GetInt64(), made.Data.GetProperty("secret").GetString()!);
    }

    Task<Answer> Use(string secret, string path = "auth/me", string? from = null) =>
        server.Http.Get($"/api/v1/{path}", from is null ? [("X-API-Key", secret)] : [("X-API-Key", secret), ("X-Forwarded-For", from)]);

    [Fact]
    public async Task A_key_is_shown_once_kept_as_a_hash_and_its_use_is_noted()
    {
        using var owner = await Visitor.SignUp(server, Plan.Premium);
        var (id, secret) = await Make(owner);

        var asKey = await Use(secret);
        var asBearer = await server.Http.Get("/api/v1/auth/me", ("Authorization", $"Bearer {secret}"));

        asKey.Data.GetProperty("credential").GetString().ShouldBe("apiKey");
        asBearer.Status.ShouldBe(200);
        (await owner.Get($"api-keys/{id}")).Body.ToString().ShouldNotContain(secret);
        await using var command = server.Source.CreateCommand($"SELECT encode(hash, 'escape') || prefix FROM api_keys WHERE id = {id}");
        ((string)(await command.ExecuteScalarAsync())!).ShouldNotContain(secret[12..]);
        await Eventually(async () => (await owner.Get($"api-keys/{id}")).Data.GetProperty("uses").GetInt64() == 2);
        (await owner.Get($"api-keys/{id}")).Data.GetProperty("lastAddress").GetString().ShouldBe("127.0.0.1");
        (await Visitor.CountMails(server, owner.Email, "apiKeyMade")).ShouldBe(1);
    }

    [Theory]
    [InlineData(Plan.Free)]
    [InlineData(Plan.Pro)]
    public async Task Below_Premium_there_is_none_and_one_is_told_why(Plan plan)
    {
        using var owner = await Visitor.SignUp(server, plan);

        var refused = await owner.Post("api-keys", new { name = "Bot", scopes = new[] { "read:account" } });

        (refused.Status, refused.Code).ShouldBe((403, "PLAN_REQUIRED"));
        refused.Body.GetProperty("error").GetProperty("details").GetProperty("opensWith").GetString().ShouldBe("premium");
    }

    [Fact]
    [Trait("Threat", "T26")]
    public async Task Wrong_expired_and_revoked_keys_open_nothing()
    {
        using var owner = await Visitor.SignUp(server, Plan.Premium);
        var (_, expiring) = await Make(owner, new { expiresAt = server.Clock.GetUtcNow().AddHours(1) });
        var (revokedId, revoked) = await Make(owner);
        (await Use(revoked)).Status.ShouldBe(200);
        (await Use(expiring)).Status.ShouldBe(200);

        await owner.Delete($"api-keys/{revokedId}");
        var afterRevoking = await Use(revoked);
        server.Clock.Move(TimeSpan.FromHours(2));

        foreach (var answer in new[] { afterRevoking, await Use(expiring), await Use(expiring[..^1] + "x"), await Use("tdm_guess"), await Use(new string('x', 5_000)) })
        {
            (answer.Status, answer.Code).ShouldBe((401, "CREDENTIAL_REFUSED"));
        }
    }

    [Fact]
    [Trait("Threat", "T26")]
    public async Task A_key_ends_with_the_plan_and_with_the_account()
    {
        using var owner = await Visitor.SignUp(server, Plan.Premium);
        var (_, secret) = await Make(owner);

        await Execute($"UPDATE users SET plan = 'PRO' WHERE id = {owner.Id}");
        var fallen = await Use(secret);
        await Execute($"UPDATE users SET plan = 'PREMIUM', locked_at = now() WHERE id = {owner.Id}");
        var locked = await Use(secret);

        (fallen.Status, fallen.Code).ShouldBe((403, "PLAN_REQUIRED"));
        (locked.Status, locked.Code).ShouldBe((401, "CREDENTIAL_REFUSED"));
    }

    [Fact]
    [Trait("Threat", "T25")]
    public async Task A_lapsed_plan_ends_what_it_opened_and_leaves_the_way_out()
    {
        using var admin = await Visitor.SignUp(server, role: Role.Admin);
        using var owner = await Visitor.SignUp(server, Plan.Premium);
        var (id, secret) = await Make(owner);
        (await Use(secret)).Status.ShouldBe(200);

        await admin.Patch($"admin/users/{owner.Id}", new { plan = "free" });

        var used = await Use(secret);
        (used.Status, used.Code).ShouldBe((403, "PLAN_REQUIRED"));
        var another = await owner.Post("api-keys", new { name = "Bot", scopes = new[] { "read:account" } });
        (another.Status, another.Code).ShouldBe((403, "PLAN_REQUIRED"));
        (await owner.Get("api-keys")).Data.GetArrayLength().ShouldBe(1);
        (await owner.Delete($"api-keys/{id}")).Status.ShouldBeLessThan(300);
        (await owner.Get("account/export")).Status.ShouldBe(200);
    }

    [Fact]
    [Trait("Threat", "T26")]
    public async Task A_key_needs_the_scope_and_cannot_be_given_an_admins()
    {
        using var owner = await Visitor.SignUp(server, Plan.Premium);
        using var admin = await Visitor.SignUp(server, role: Role.Admin);
        var (_, narrow) = await Make(owner, null, "read:candles");
        var (_, watching) = await Make(admin, null, "admin:scheduler");

        var lacking = await Use(narrow);
        var tooMuch = await owner.Post("api-keys", new { name = "Bot", scopes = new[] { "admin:users" } });
        var asAdmin = await Use(watching, "scheduler/status");
        var asUser = await Use(narrow, "scheduler/status");

        (lacking.Status, lacking.Code).ShouldBe((403, "SCOPE_MISSING"));
        lacking.Body.GetProperty("error").GetProperty("details").GetProperty("scope").GetString().ShouldBe("read:account");
        tooMuch.Status.ShouldBe(400);
        asAdmin.Status.ShouldBe(200);
        asUser.Status.ShouldBe(403);
        await Execute($"UPDATE users SET role = 'USER', plan = 'PREMIUM' WHERE id = {admin.Id}");
        (await Use(watching, "scheduler/status")).Status.ShouldBe(403, "a scope that came with the role goes with it");
    }

    [Fact]
    [Trait("Threat", "T26")]
    public async Task Networks_bound_a_key_however_an_address_is_written()
    {
        using var owner = await Visitor.SignUp(server, Plan.Premium);
        var (_, bounded) = await Make(owner, new { allowed = new[] { "203.0.113.0/24", "::ffff:198.51.100.0/120", "2001:db8::/48" }, denied = new[] { "203.0.113.66" } });

        foreach (var (from, status) in new[]
        {
            ("203.0.113.7", 200), ("::ffff:203.0.113.7", 200), ("198.51.100.9", 200), ("2001:db8:0:1::1", 200),
            ("203.0.113.66", 403), ("::ffff:203.0.113.66", 403), ("203.0.114.1", 403), ("2001:db8:1::1", 403), ("::1", 403),
        })
        {
            (await Use(bounded, from: from)).Status.ShouldBe(status, from);
        }
        (await Use(bounded, from: "203.0.113.66")).Code.ShouldBe("ADDRESS_REFUSED");
    }

    [Theory]
    [InlineData("10.0.0.0/8", "10.0.0.0/8")]
    [InlineData("10.1.2.3/8", "10.0.0.0/8")]
    [InlineData("192.0.2.1", "192.0.2.1/32")]
    [InlineData("::ffff:10.0.0.0/104", "10.0.0.0/8")]
    [InlineData("2001:db8::1", "2001:db8::1/128")]
    [InlineData("10.0.0.0/33", null)]
    [InlineData("10.0.0.0/-1", null)]
    [InlineData("10.0.0", null)]
    [InlineData("2130706433", null)]
    [InlineData("localhost", null)]
    [InlineData("10.0.0.0/8/8", null)]
    public void A_range_is_read_strictly(string text, string? range) => Networks.Normal(text).ShouldBe(range);

    [Fact]
    public void A_range_holds_exactly_the_addresses_that_share_its_bits()
    {
        var bytes = Gen.Choose(0, 255).Select(number => (byte)number);
        var v4 = bytes.ArrayOf(4);
        var v6 = bytes.ArrayOf(16);
        Prop.ForAll(
            Gen.OneOf(v4, v6).Two().ToArbitrary(), Gen.Choose(0, 128).ToArbitrary(), Gen.Choose(0, 128).ToArbitrary(),
            (pair, length, shared) =>
            {
                var (range, address) = pair;
                length = Math.Min(length, range.Length * 8);
                if (address.Length == range.Length)
                {
                    // Half of the cases should be near misses: take a beginning from the range.
                    for (var bit = 0; bit < Math.Min(shared, range.Length * 8); bit++)
                    {
                        var mask = (byte)(0x80 >> (bit % 8));
                        address[bit / 8] = (byte)((address[bit / 8] & ~mask) | (range[bit / 8] & mask));
                    }
                }
                var (rangeAddress, caller) = (new IPAddress(range), new IPAddress(address));
                if (rangeAddress.IsIPv4MappedToIPv6 || caller.IsIPv4MappedToIPv6)
                {
                    return true;
                }
                var expected = range.Length == address.Length && Bits(range)[..length] == Bits(address)[..length];
                var text = $"{rangeAddress}/{length}";
                var mapped = caller.AddressFamily == System.Net.Sockets.AddressFamily.InterNetwork ? caller.MapToIPv6() : caller;
                return Networks.Admits([text], [], caller) == expected
                    && Networks.Admits([text], [], mapped) == expected
                    && Networks.Admits([], [text], caller) == !expected
                    && Networks.Admits([Networks.Normal(text)!], [], caller) == expected
                    && !Networks.Admits([text], [text], caller);
            }).Check(Config.QuickThrowOnFailure.WithMaxTest(2_000));

        static string Bits(byte[] bytes) => string.Concat(bytes.Select(part => Convert.ToString(part, 2).PadLeft(8, '0')));
    }

    [Fact]
    public async Task A_key_has_limits_of_its_own()
    {
        using var owner = await Visitor.SignUp(server, Plan.Premium);
        var (_, secret) = await Make(owner, new { perMinute = 3, perHour = 5, perDay = 6 });

        var minute = await Statuses(5);
        server.Clock.Move(TimeSpan.FromMinutes(1));
        var hour = await Statuses(4);
        server.Clock.Move(TimeSpan.FromHours(1));
        var day = await Statuses(3);

        // Within one hour and day, unless the clock crossed either in between.
        minute.Count(status => status == 200).ShouldBe(3);
        hour.Count(status => status == 200).ShouldBeLessThanOrEqualTo(3);
        day.Count(status => status == 200).ShouldBeLessThanOrEqualTo(3);
        minute.Concat(hour).Concat(day).Where(status => status != 200).ShouldAllBe(status => status == 429);

        async Task<List<int>> Statuses(int count)
        {
            var statuses = new List<int>();
            for (var i = 0; i < count; i++)
            {
                statuses.Add((await Use(secret)).Status);
            }
            return statuses;
        }
    }

    [Fact]
    public async Task A_replaced_key_goes_on_for_its_overlap()
    {
        using var owner = await Visitor.SignUp(server, Plan.Premium);
        var (id, old) = await Make(owner);

        var replaced = await owner.Post($"api-keys/{id}/rotate", new { overlapHours = 2 });
        var fresh = replaced.Data.GetProperty("secret").GetString()!;
        var both = ((await Use(old)).Status, (await Use(fresh)).Status);
        server.Clock.Move(TimeSpan.FromHours(3));
        var after = ((await Use(old)).Status, (await Use(fresh)).Status);

        replaced.Status.ShouldBe(200, replaced.Body.ToString());
        both.ShouldBe((200, 200));
        after.ShouldBe((401, 200));
        (await owner.SignIn()).Status.ShouldBe(200);
        (await owner.Post($"api-keys/{id}/rotate", new { overlapHours = 2 })).Status.ShouldBe(409);
    }

    [Fact]
    [Trait("Threat", "T27")]
    public async Task A_key_manages_no_keys_and_no_security()
    {
        using var owner = await Visitor.SignUp(server, Plan.Premium);
        var (id, secret) = await Make(owner, null, [.. Scopes.All.Where(scope => !scope.AdminsOnly).Select(scope => scope.Name)]);
        (HttpMethod, string, object?)[] forbidden =
        [
            (HttpMethod.Get, "api-keys", null), (HttpMethod.Post, "api-keys", new { name = "x", scopes = new[] { "read:account" } }), (HttpMethod.Delete, $"api-keys/{id}", null),
            (HttpMethod.Post, "account/password", new { current = Visitor.Password, @new = "Another1Horse" }), (HttpMethod.Post, "account/two-factor/setup", null),
            (HttpMethod.Post, "account/passkeys/options", null), (HttpMethod.Get, "account/sessions", null), (HttpMethod.Post, "account/email", new { email = "x@example.com" }),
            (HttpMethod.Get, "account/export", null), (HttpMethod.Post, "account/delete", new { email = owner.Email }), (HttpMethod.Post, "auth/logout-everywhere", new { }), (HttpMethod.Get, "account", null),
        ];

        foreach (var (method, path, body) in forbidden)
        {
            var answer = await server.Http.Ask(method, $"/api/v1/{path}", body is null ? null : JsonSerializer.Serialize(body), [("X-API-Key", secret)]);
            (answer.Status, answer.Code).ShouldBe((403, "FORBIDDEN"), path);
        }
    }

    [Fact]
    [Trait("Threat", "T27")]
    public async Task Making_a_key_needs_a_person_who_was_there_just_now()
    {
        using var owner = await Visitor.SignUp(server, Plan.Premium);
        server.Clock.Move(TimeSpan.FromMinutes(11));

        var stale = await owner.Post("api-keys", new { name = "Bot", scopes = new[] { "read:account" } });
        var wrong = await owner.Post("auth/confirm", new { password = "Wrong1Horse" });
        var confirmed = await owner.Post("auth/confirm", new { password = Visitor.Password });

        (stale.Status, stale.Code).ShouldBe((403, "CONFIRMATION_REQUIRED"));
        wrong.Status.ShouldBe(401);
        confirmed.Status.ShouldBe(200);
        await Make(owner);
    }

    [Fact]
    public async Task A_key_in_the_address_reads_only_and_is_warned_about()
    {
        using var owner = await Visitor.SignUp(server, Plan.Premium);
        var (_, secret) = await Make(owner, null, "read:account");

        var reading = await server.Http.Get($"/api/v1/auth/me?api_key={secret}");
        var changing = await server.Http.Post($"/api/v1/auth/logout?api_key={secret}", "{}");

        reading.Status.ShouldBe(200);
        reading.Header("Warning")!.ShouldContain("X-API-Key");
        (changing.Status, changing.Code).ShouldBe((401, "CREDENTIAL_REFUSED"));
    }

    [Fact]
    [Trait("Threat", "T19")]
    public async Task Somebody_elses_key_is_not_there()
    {
        using var owner = await Visitor.SignUp(server, Plan.Premium);
        using var other = await Visitor.SignUp(server, Plan.Premium);
        var (id, secret) = await Make(owner);

        (await other.Get($"api-keys/{id}")).Status.ShouldBe(404);
        (await other.Patch($"api-keys/{id}", new { name = "Mine" })).Status.ShouldBe(404);
        (await other.Post($"api-keys/{id}/rotate", new { overlapHours = 0 })).Status.ShouldBe(404);
        (await other.Delete($"api-keys/{id}")).Status.ShouldBe(404);
        (await Use(secret)).Status.ShouldBe(200);
    }

    async Task Execute(string sql)
    {
        await using var command = server.Source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    static async Task Eventually(Func<Task<bool>> holds)
    {
        for (var i = 0; i < 100; i++)
        {
            if (await holds())
            {
                return;
            }
            await Task.Delay(100);
        }
        throw new TimeoutException("It did not come about within ten seconds.");
    }
}
