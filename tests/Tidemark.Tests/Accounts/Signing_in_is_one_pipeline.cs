using Microsoft.Extensions.DependencyInjection;
using Tidemark.Accounts.SignIn;
using Tidemark.Running;

namespace Tidemark.Accounts;

public sealed class Signing_in_is_one_pipeline(Signing_in_is_one_pipeline.Server server) : IClassFixture<Signing_in_is_one_pipeline.Server>
{
    public sealed class Server(TestPostgres postgres) : RunningServer(postgres)
    {
        // Room for hundreds of failures from one address; the counts per account are the standard ones.
        protected override void Replace(IServiceCollection services) =>
            services.AddSingleton(new GuardLimits { NetworkTries = 100_000, StormTries = 100_000 }).AddSingleton(new PasswordCost(20_000));
    }

    [Fact]
    [Trait("Threat", "T01")]
    public async Task Whatever_is_wrong_the_answer_is_the_same()
    {
        var cases = await Cases(server);

        var answers = new List<string>();
        foreach (var (email, password) in cases.Values)
        {
            var answer = await server.Http.Post("/api/v1/auth/login", new { email, password });
            answers.Add($"{answer.Status} {answer.Body.GetProperty("error")} {string.Join(' ', answer.Message.Headers.Select(header => header.Key).Order())} {answer.Header("Set-Cookie")}");
        }

        answers.Distinct().ShouldHaveSingleItem().ShouldContain("INVALID_CREDENTIALS");
    }

    /// <summary>Everything that can be wrong with a sign-in.</summary>
    internal static async Task<Dictionary<string, (string Email, string Password)>> Cases(RunningServer server)
    {
        using var known = await Visitor.Make(server);
        using var locked = await Visitor.Make(server);
        using var unverified = await Visitor.Make(server);
        await Execute(server, $"UPDATE users SET locked_at = now() WHERE id = {locked.Id}");
        await Execute(server, $"UPDATE users SET email_verified_at = NULL WHERE id = {unverified.Id}");
        return new()
        {
            ["unknown"] = ("nobody@example.com", Visitor.Password),
            ["wrong"] = (known.Email, "Wrong1Horse"),
            ["locked"] = (locked.Email, Visitor.Password),
            ["unverified"] = (unverified.Email, Visitor.Password),
        };
    }

    [Fact]
    [Trait("Threat", "T05")]
    public async Task Guessing_makes_a_stranger_wait_longer_and_longer_but_not_the_owner()
    {
        using var owner = await Visitor.SignUp(server);
        using var stranger = owner.Elsewhere();

        var answers = new List<Answer>();
        for (var i = 0; i < 7; i++)
        {
            answers.Add(await stranger.SignIn(password: "Wrong1Horse"));
        }
        var withTheRightOne = await stranger.SignIn();
        var owners = await owner.SignIn();

        answers.Take(5).ShouldAllBe(answer => answer.Status == 401);
        answers.Skip(5).ShouldAllBe(answer => answer.Status == 429 && answer.Code == "TOO_MANY_ATTEMPTS");
        withTheRightOne.Status.ShouldBe(429);
        int.Parse(withTheRightOne.Header("Retry-After")!).ShouldBeGreaterThanOrEqualTo(1);
        owners.Status.ShouldBe(200, "a browser that has signed in before has a count of its own");
    }

    [Fact]
    [Trait("Threat", "T05")]
    public async Task Fifty_guesses_at_once_are_no_more_than_five()
    {
        using var victim = await Visitor.Make(server);

        var answers = await Task.WhenAll(Enumerable.Range(0, 50).Select(async _ =>
        {
            using var guesser = victim.Elsewhere();
            return (await guesser.SignIn(password: "Wrong1Horse")).Status;
        }));

        answers.Count(status => status == 401).ShouldBeInRange(1, 6);
        answers.ShouldAllBe(status => status == 401 || status == 429);
    }

    [Fact]
    [Trait("Threat", "T07")]
    public async Task A_planted_cookie_is_worth_nothing_after_signing_in()
    {
        using var owner = await Visitor.SignUp(server);
        var before = owner.Cookie("session")!;

        await owner.SignIn();
        var after = owner.Cookie("session")!;
        using var thief = new Visitor(server);
        thief.Cookies.Add(server.Address, new System.Net.Cookie("tidemark-session", before));

        after.ShouldNotBe(before);
        (await thief.Get("account")).Status.ShouldBe(401);
        (await owner.Get("account")).Status.ShouldBe(200);
    }

    [Fact]
    [Trait("Threat", "T07")]
    public async Task A_change_of_password_gives_the_session_a_new_id_and_ends_the_others()
    {
        using var owner = await Visitor.SignUp(server);
        using var other = owner.Elsewhere();
        await other.SignIn(byToken: true);
        var before = owner.Cookie("session")!;

        (await owner.Post("account/password", new { current = Visitor.Password, @new = "Another1Horse" })).Status.ShouldBe(200);

        owner.Cookie("session").ShouldNotBe(before);
        (await owner.Get("account")).Status.ShouldBe(200);
        (await other.Get("account")).Status.ShouldBe(401);
        (await other.Http.Post("/api/v1/auth/refresh", new { refresh_token = other.RefreshToken })).Status.ShouldBe(401);
    }

    [Fact]
    [Trait("Threat", "T16")]
    public async Task A_forged_request_changes_nothing()
    {
        using var owner = await Visitor.SignUp(server);
        var change = new { name = "Forged" };

        var withoutToken = await owner.Ask(HttpMethod.Patch, "account", change, ("X-CSRF-Token", "wrong"));
        var foreign = await owner.Ask(HttpMethod.Patch, "account", change, ("Origin", "https://evil.example"));
        var sandboxed = await owner.Ask(HttpMethod.Patch, "account", change, ("Origin", "null"));
        var foreignLogin = await owner.Http.Post("/api/v1/auth/login", new { email = owner.Email, password = Visitor.Password, session = true }, ("Origin", "https://evil.example"));
        using var text = new HttpRequestMessage(HttpMethod.Post, "/api/v1/auth/logout-everywhere") { Content = new StringContent("{}", System.Text.Encoding.UTF8, "text/plain") };
        var asText = await owner.Http.SendAsync(text);
        var byGet = await owner.Http.Get("/api/v1/auth/logout");

        (withoutToken.Status, withoutToken.Code).ShouldBe((403, "CSRF_REFUSED"));
        (foreign.Status, foreign.Code).ShouldBe((403, "ORIGIN_REFUSED"));
        sandboxed.Status.ShouldBe(403);
        foreignLogin.Status.ShouldBe(403);
        ((int)asText.StatusCode).ShouldBe(403);
        byGet.Status.ShouldBe(405);
        (await owner.Get("account")).Data.GetProperty("name").GetString().ShouldBe("");
    }

    [Fact]
    public async Task Cookies_are_kept_from_scripts_and_other_sites()
    {
        using var owner = await Visitor.Make(server);
        var answer = await owner.SignIn();

        var cookies = answer.Message.Headers.GetValues("Set-Cookie").ToList();

        cookies.ShouldContain(cookie => cookie.StartsWith("tidemark-session=", StringComparison.Ordinal) && cookie.Contains("httponly") && cookie.Contains("samesite=lax"));
        cookies.ShouldContain(cookie => cookie.StartsWith("tidemark-csrf=", StringComparison.Ordinal) && !cookie.Contains("httponly"));
        cookies.ShouldNotContain(cookie => cookie.StartsWith("tidemark-session=", StringComparison.Ordinal) && cookie.Contains("max-age"));
    }

    static async Task Execute(RunningServer server, string sql)
    {
        await using var command = server.Source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
