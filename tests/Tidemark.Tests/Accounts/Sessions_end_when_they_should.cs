using System.Diagnostics;
using System.Net.WebSockets;
using Tidemark.Platform.Api;
using Tidemark.Platform.Realtime;
using Tidemark.Running;

namespace Tidemark.Accounts;

[Collection<Alone>]
public sealed class Sessions_end_when_they_should(ClockedServer server) : IClassFixture<ClockedServer>
{
    static readonly TimeSpan Promise = TimeSpan.FromSeconds(5);

    [Fact]
    [Trait("Threat", "T09")]
    public async Task Doing_nothing_for_an_hour_ends_it_and_what_the_page_asks_by_itself_is_nothing()
    {
        using var owner = await Visitor.SignUp(server);
        using var idle = owner.Elsewhere();
        await idle.SignIn();

        for (var i = 0; i < 4; i++)
        {
            server.Clock.Move(TimeSpan.FromMinutes(20));
            (await owner.Get("account")).Status.ShouldBe(200);
            await idle.Get("account", ("X-Background", "1"));
        }

        (await idle.Get("account")).Status.ShouldBe(401);
        (await owner.Get("account")).Status.ShouldBe(200);
    }

    [Fact]
    [Trait("Threat", "T09")]
    public async Task However_busy_it_ends_after_a_day_or_thirty()
    {
        using var daily = await Visitor.SignUp(server);
        using var monthly = daily.Elsewhere();
        (await monthly.SignIn(remember: true)).Message.Headers.GetValues("Set-Cookie").ShouldContain(cookie => cookie.StartsWith("tidemark-session=") && cookie.Contains("max-age=2592000"));

        for (var i = 0; i < 49; i++)
        {
            server.Clock.Move(TimeSpan.FromMinutes(30));
            await daily.Get("account");
        }
        (await daily.Get("account")).Status.ShouldBe(401);
        for (var i = 0; i < 5; i++)
        {
            (await monthly.Get("account")).Status.ShouldBe(200);
            server.Clock.Move(TimeSpan.FromDays(6));
        }
        (await monthly.Get("account")).Status.ShouldBe(401);
    }

    [Theory]
    [InlineData("logout")]
    [InlineData("password")]
    [InlineData("locked")]
    [InlineData("role")]
    [InlineData("revoked")]
    [InlineData("deleted")]
    [Trait("Threat", "T08")]
    public async Task Every_credential_of_it_ends_at_once(string how)
    {
        using var admin = await Visitor.SignUp(server, role: Role.Admin);
        using var owner = await Visitor.SignUp(server);
        using var program = owner.Elsewhere();
        await program.SignIn(byToken: true);
        using var browser = owner.Elsewhere();
        await browser.SignIn();
        await using var socket = await Connect(program);
        await using var page = await Connect(browser);
        await socket.Subscribe($"account:{owner.Id}");

        var began = Stopwatch.GetTimestamp();
        var answer = how switch
        {
            "logout" => await owner.Post("auth/logout-everywhere", new { }),
            "password" => await owner.Post("account/password", new { current = Visitor.Password, @new = "Another1Horse" }),
            "locked" => await admin.Post($"admin/users/{owner.Id}/lock", new { reason = "Test" }),
            "role" => await admin.Patch($"admin/users/{owner.Id}", new { role = "provider" }),
            "revoked" => await admin.Post($"admin/users/{owner.Id}/sign-out"),
            _ => await owner.Post("account/delete", new { email = owner.Email }),
        };
        answer.Status.ShouldBe(200, answer.Body.ToString());

        (await browser.Get("account")).Status.ShouldBe(401);
        (await program.Get("account")).Status.ShouldBe(401);
        (await program.Http.Post("/api/v1/auth/refresh", new { refresh_token = program.RefreshToken })).Status.ShouldBe(401);
        (await socket.HearClose()).ShouldBe(CloseCodes.SignedOut);
        (await page.HearClose()).ShouldBe(CloseCodes.SignedOut);
        Stopwatch.GetElapsedTime(began).ShouldBeLessThan(Promise);
    }

    [Fact]
    public async Task One_can_be_ended_among_many()
    {
        using var owner = await Visitor.SignUp(server);
        using var lost = owner.Elsewhere();
        await lost.Http.Post("/api/v1/auth/login", new { email = owner.Email, password = Visitor.Password, session = true }, ("User-Agent", "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"));
        var sessions = (await owner.Get("account/sessions")).Data.EnumerateArray().ToList();
        var other = sessions.Single(session => !session.GetProperty("isThis").GetBoolean());

        var ended = await owner.Delete($"account/sessions/{other.GetProperty("id").GetInt64()}");

        other.GetProperty("browser").GetString().ShouldBe("Firefox on Linux");
        other.GetProperty("place").GetString().ShouldBe("This computer");
        ended.Status.ShouldBe(200);
        (await lost.Get("account")).Status.ShouldBe(401);
        (await owner.Get("account")).Status.ShouldBe(200);
        using var stranger = await Visitor.SignUp(server);
        (await stranger.Delete($"account/sessions/{sessions.Single(session => session.GetProperty("isThis").GetBoolean()).GetProperty("id").GetInt64()}")).Status.ShouldBe(404);
    }

    [Fact]
    public async Task A_new_browser_is_told_to_the_owner_and_a_known_one_is_not()
    {
        using var owner = await Visitor.SignUp(server);
        await owner.SignIn();
        (await Visitor.CountMails(server, owner.Email, "signedIn")).ShouldBe(0);

        using var elsewhere = owner.Elsewhere();
        await elsewhere.SignIn();

        (await Visitor.CountMails(server, owner.Email, "signedIn")).ShouldBe(1);
    }

    [Fact]
    public async Task A_session_survives_a_restart_and_is_good_on_another_node()
    {
        var database = await server.Postgres.Clone();
        await using var first = new Node(server.Postgres, database);
        await first.InitializeAsync();
        using var owner = await Visitor.SignUp(first);
        using var program = owner.Elsewhere();
        await program.SignIn(byToken: true);

        await using var second = new Node(server.Postgres, database);
        await second.InitializeAsync();
        using var there = new Visitor(second);
        there.Cookies.Add(second.Address, new System.Net.Cookie("tidemark-session", owner.Cookie("session")));
        using var programThere = new Visitor(second) { Token = program.Token };

        (await there.Get("account")).Data.GetProperty("email").GetString().ShouldBe(owner.Email);
        (await programThere.Get("account")).Status.ShouldBe(200);
        await using (var command = second.Source.CreateCommand("SELECT string_agg(xml, '') FROM protection_keys"))
        {
            ((string)(await command.ExecuteScalarAsync())!).ShouldContain("KeyWrap", Case.Sensitive, "keys are wrapped where ENCRYPTION_KEY is set");
        }
        await owner.Post("auth/logout");
        (await there.Get("account")).Status.ShouldBe(401);
    }

    sealed class Node(TestPostgres postgres, string database) : RunningServer(postgres)
    {
        protected override IReadOnlyDictionary<string, string?> Settings { get; } = new Dictionary<string, string?>
        {
            ["DATABASE_URL"] = database,
            ["SECRET_KEY"] = new string('s', 32),
            ["ENCRYPTION_KEY"] = new string('e', 32),
            ["ENCRYPTION_SALT"] = new string('t', 16),
        };
    }

    [Fact]
    [Trait("Threat", "T28")]
    public async Task A_private_channel_is_its_owners()
    {
        using var owner = await Visitor.SignUp(server, byToken: true);
        using var other = await Visitor.SignUp(server);
        await using var anonymous = await Talker.Connect(server.Address);
        await using var foreign = await Connect(other);
        await using var own = await Connect(owner);

        (await Refused(anonymous)).ShouldBe("SIGN_IN_REQUIRED");
        (await Refused(foreign)).ShouldBe("NOT_FOUND");
        await own.Subscribe($"account:{owner.Id}");
        var refused = await Should.ThrowAsync<WebSocketException>(() => Talker.Connect(server.Address, "https://evil.example", ("Cookie", $"tidemark-session={other.Cookie("session")}")));
        refused.Message.ShouldContain("403");
        (await Should.ThrowAsync<WebSocketException>(() => Talker.Connect(server.Address, null, ("Authorization", "Bearer nonsense")))).Message.ShouldContain("401");

        async Task<string> Refused(Talker talker)
        {
            await talker.Say(new { op = "subscribe", channel = $"account:{owner.Id}", id = "x" });
            return (await talker.Hear("error")).GetProperty("code").GetString()!;
        }
    }

    [Fact]
    [Trait("Threat", "T26")]
    [Trait("Threat", "T28")]
    public async Task A_key_hears_what_its_scopes_open()
    {
        using var owner = await Visitor.SignUp(server, Plan.Premium);
        var narrow = (await owner.Post("api-keys", new { name = "Bot", scopes = new[] { "read:candles" } })).Data;
        await using var socket = await Talker.Connect(server.Address, null, ("X-API-Key", narrow.GetProperty("secret").GetString()!));

        foreach (var channel in new[] { $"account:{owner.Id}", "prices" })
        {
            await socket.Say(new { op = "subscribe", channel, id = "x" });
            (await socket.Hear("error")).GetProperty("code").GetString().ShouldBe("SCOPE_MISSING", channel);
        }
    }

    [Fact]
    [Trait("Threat", "T29")]
    public async Task A_token_that_expires_ends_its_connection()
    {
        using var owner = await Visitor.SignUp(server, byToken: true);
        await using var socket = await Connect(owner);
        var began = Stopwatch.GetTimestamp();

        server.Clock.Move(TimeSpan.FromMinutes(11));

        (await socket.HearClose()).ShouldBe(CloseCodes.SignedOut);
        Stopwatch.GetElapsedTime(began).ShouldBeLessThan(Promise);
    }

    [Fact]
    [Trait("Threat", "T29")]
    public async Task A_key_that_is_revoked_or_whose_plan_fell_ends_its_connection()
    {
        using var owner = await Visitor.SignUp(server, Plan.Premium);
        var made = (await owner.Post("api-keys", new { name = "Bot", scopes = new[] { "read:account" } })).Data;
        var second = (await owner.Post("api-keys", new { name = "Bot 2", scopes = new[] { "read:account" } })).Data;
        await using var revoked = await Talker.Connect(server.Address, null, ("X-API-Key", made.GetProperty("secret").GetString()!));
        await using var fallen = await Talker.Connect(server.Address, null, ("X-API-Key", second.GetProperty("secret").GetString()!));
        var began = Stopwatch.GetTimestamp();

        await owner.Delete($"api-keys/{made.GetProperty("key").GetProperty("id").GetInt64()}");
        (await revoked.HearClose()).ShouldBe(CloseCodes.SignedOut);
        // As another node would do it: only the row tells.
        await using (var command = server.Source.CreateCommand($"UPDATE users SET plan = 'PRO' WHERE id = {owner.Id}"))
        {
            await command.ExecuteNonQueryAsync();
        }
        (await fallen.HearClose()).ShouldBe(CloseCodes.SignedOut);

        Stopwatch.GetElapsedTime(began).ShouldBeLessThan(Promise);
    }

    [Fact]
    [Trait("Threat", "T29")]
    public async Task A_change_of_standing_is_told_to_the_open_page()
    {
        using var admin = await Visitor.SignUp(server, role: Role.Admin);
        using var owner = await Visitor.SignUp(server);
        await using var page = await Connect(owner);
        await page.Subscribe($"account:{owner.Id}");

        await admin.Patch($"admin/users/{owner.Id}", new { plan = "pro" });

        (await page.Hear("message")).GetProperty("data").GetProperty("changed").GetString().ShouldBe("standing");
        (await owner.Get("account")).Data.GetProperty("plan").GetString().ShouldBe("pro");
    }

    Task<Talker> Connect(Visitor visitor) => visitor.Token is { } token
        ? Talker.Connect(server.Address, null, ("Authorization", $"Bearer {token}"))
        : Talker.Connect(server.Address, null, ("Cookie", $"tidemark-session={visitor.Cookie("session")}"));
}
