using Tidemark.Running;

namespace Tidemark.Accounts;

public sealed class An_account_begins_with_a_confirmed_address(RunningServer server) : IClassFixture<RunningServer>
{
    static object NewAccount(string email, string password = Visitor.Password, bool terms = true, bool adult = true) =>
        new { email, password, acceptTerms = terms, acceptPrivacy = true, isAdult = adult, name = "Ann" };

    static Task<Answer> Login(HttpClient http, string email, string password = Visitor.Password) => http.Post("/api/v1/auth/login", new { email, password });

    [Fact]
    public async Task Registering_confirming_and_signing_in()
    {
        using var ann = new Visitor(server);
        var registered = await ann.Post("auth/register", NewAccount("Ann.New@Example.com"));
        registered.Status.ShouldBe(201, registered.Body.ToString());
        var early = await Login(ann.Http, "ann.new@example.com");

        var confirmed = await ann.Post("auth/verify-email", new { token = await Visitor.LinkTo(server, "ann.new@example.com", "verify"), password = Visitor.Password });
        var signedIn = await Login(ann.Http, "ann.new@example.com");

        registered.Data.GetProperty("email").GetString().ShouldBe("ann.new@example.com");
        (early.Status, early.Code).ShouldBe((401, "INVALID_CREDENTIALS"));
        confirmed.Status.ShouldBe(200, confirmed.Body.ToString());
        signedIn.Status.ShouldBe(200, signedIn.Body.ToString());
        ann.Token = signedIn.Data.GetProperty("access_token").GetString();
        (await ann.Get("auth/me")).Data.GetProperty("name").GetString().ShouldBe("Ann");
    }

    [Fact]
    [Trait("Threat", "T02")]
    public async Task A_registration_of_somebody_else_with_ones_address_opens_nothing()
    {
        const string email = "raced@example.com";
        await server.Http.Post("/api/v1/auth/register", NewAccount(email));
        var ours = await Visitor.LinkTo(server, email, "verify");
        await server.Http.Post("/api/v1/auth/register", NewAccount(email, "Mallorys1Horse"));
        var theirs = await Visitor.LinkTo(server, email, "verify");

        var followed = await server.Http.Post("/api/v1/auth/verify-email", new { token = theirs, password = Visitor.Password });
        var opened = await server.Http.Post("/api/v1/auth/verify-email", new { token = ours, password = Visitor.Password });
        var late = await server.Http.Post("/api/v1/auth/verify-email", new { token = theirs, password = "Mallorys1Horse" });

        (followed.Status, opened.Status, late.Status).ShouldBe((400, 200, 410));
        (await Login(server.Http, email, "Mallorys1Horse")).Status.ShouldBe(401);
        (await Login(server.Http, email)).Status.ShouldBe(200);
    }

    [Fact]
    [Trait("Threat", "T03")]
    public async Task Registering_an_address_again_and_again_takes_no_link_away()
    {
        const string email = "flooded@example.com";
        await server.Http.Post("/api/v1/auth/register", NewAccount(email));
        var link = await Visitor.LinkTo(server, email, "verify");
        for (var i = 0; i < 5; i++)
        {
            (await server.Http.Post("/api/v1/auth/register", NewAccount(email, "Mallorys1Horse"))).Status.ShouldBe(201);
            await server.Http.Post("/api/v1/auth/resend-verification", new { email });
        }

        (await Visitor.CountMails(server, email, "verify")).ShouldBe(3);
        (await server.Http.Post("/api/v1/auth/verify-email", new { token = link, password = Visitor.Password })).Status.ShouldBe(200);
    }

    [Fact]
    [Trait("Threat", "T04")]
    public async Task A_new_password_calls_off_a_change_of_address()
    {
        using var owner = await Visitor.SignUp(server);
        (await owner.Post("account/email", new { email = "mallory@example.com" })).Status.ShouldBe(200);
        var change = await Visitor.LinkTo(server, "mallory@example.com", "confirmEmail");
        await server.Http.Post("/api/v1/auth/forgot-password", new { email = owner.Email });
        await server.Http.Post("/api/v1/auth/reset-password", new { token = await Visitor.LinkTo(server, owner.Email, "reset"), password = "Another1Horse" });

        (await server.Http.Post("/api/v1/account/email/confirm", new { token = change })).Status.ShouldBe(410);

        (await owner.SignIn(password: "Another1Horse")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task A_form_with_a_username_signs_in_too()
    {
        using var bob = await Visitor.Make(server);

        var answer = await Visitor.Form(bob.Http, "/api/v1/auth/login", ("username", bob.Email), ("password", Visitor.Password));

        answer.Status.ShouldBe(200, answer.Body.ToString());
        answer.Data.GetProperty("token_type").GetString().ShouldBe("bearer");
        bob.Token = answer.Data.GetProperty("access_token").GetString();
        (await bob.Get("auth/me")).Data.GetProperty("email").GetString().ShouldBe(bob.Email);
    }

    [Theory]
    [InlineData("not an address", Visitor.Password, true, true, "email")]
    [InlineData("weak@example.com", "password", true, true, "password")]
    [InlineData("weak@example.com", "Password1", true, true, "password")]
    [InlineData("terms@example.com", Visitor.Password, false, true, "acceptTerms")]
    [InlineData("young@example.com", Visitor.Password, true, false, "isAdult")]
    public async Task What_is_missing_is_named(string email, string password, bool terms, bool adult, string field)
    {
        var refused = await server.Http.Post("/api/v1/auth/register", NewAccount(email, password, terms, adult));

        refused.Status.ShouldBe(400);
        refused.Body.GetProperty("error").GetProperty("details").GetProperty("fields").TryGetProperty(field, out _).ShouldBeTrue();
        (await Visitor.CountMails(server, email, "verify")).ShouldBe(0);
    }

    [Fact]
    [Trait("Threat", "T02")]
    public async Task An_address_that_has_an_account_is_answered_the_same_and_its_owner_told()
    {
        using var owner = await Visitor.Make(server);

        var again = await server.Http.Post("/api/v1/auth/register", NewAccount(owner.Email, "Another1Horse"));
        var fresh = await server.Http.Post("/api/v1/auth/register", NewAccount("fresh@example.com", "Another1Horse"));

        again.Status.ShouldBe(fresh.Status);
        again.Data.GetProperty("status").GetString().ShouldBe(fresh.Data.GetProperty("status").GetString());
        again.Data.EnumerateObject().Select(field => field.Name).ShouldBe(fresh.Data.EnumerateObject().Select(field => field.Name));
        (await Visitor.CountMails(server, owner.Email, "alreadyRegistered")).ShouldBe(1);
        (await Login(server.Http, owner.Email, "Another1Horse")).Status.ShouldBe(401);
        (await owner.SignIn()).Status.ShouldBe(200);
    }

    [Fact]
    [Trait("Threat", "T03")]
    public async Task A_forgotten_password_is_answered_the_same_for_all_and_mailed_three_times_an_hour()
    {
        using var owner = await Visitor.Make(server);

        var known = await server.Http.Post("/api/v1/auth/forgot-password", new { email = owner.Email });
        var unknown = await server.Http.Post("/api/v1/auth/forgot-password", new { email = "nobody@example.com" });
        for (var i = 0; i < 6; i++)
        {
            (await server.Http.Post("/api/v1/auth/forgot-password", new { email = owner.Email })).Status.ShouldBe(200);
        }

        known.Data.ToString().ShouldBe(unknown.Data.ToString());
        (await Visitor.CountMails(server, owner.Email, "reset")).ShouldBe(3);
        (await owner.SignIn()).Status.ShouldBe(200);
    }

    [Fact]
    [Trait("Threat", "T04")]
    public async Task A_reset_link_works_once_and_only_the_newest()
    {
        using var owner = await Visitor.SignUp(server);
        await server.Http.Post("/api/v1/auth/forgot-password", new { email = owner.Email }, ("X-Forwarded-Host", "evil.example"));
        var older = await Visitor.LinkTo(server, owner.Email, "reset");
        await server.Http.Post("/api/v1/auth/forgot-password", new { email = owner.Email });
        var newer = await Visitor.LinkTo(server, owner.Email, "reset");

        var withOlder = await Reset(older);
        var withNewer = await Reset(newer);
        var again = await Reset(newer);

        (withOlder.Status, withNewer.Status, again.Status).ShouldBe((410, 200, 410));
        (await Visitor.MailTo(server, owner.Email, "reset"))!.Text.ShouldNotContain("evil.example");
        (await owner.Get("account")).Status.ShouldBe(401, "every session ends with the old password");
        (await owner.SignIn()).Status.ShouldBe(401);
        (await owner.SignIn(password: "Another1Horse")).Status.ShouldBe(200);
        (await Visitor.CountMails(server, owner.Email, "passwordChanged")).ShouldBe(1);

        Task<Answer> Reset(string token) => server.Http.Post("/api/v1/auth/reset-password", new { token, password = "Another1Horse" });
    }

    [Fact]
    [Trait("Threat", "T04")]
    public async Task A_reset_link_is_void_after_a_change_of_password_and_kept_as_a_hash()
    {
        using var owner = await Visitor.SignUp(server);
        await server.Http.Post("/api/v1/auth/forgot-password", new { email = owner.Email });
        var link = await Visitor.LinkTo(server, owner.Email, "reset");
        await using (var command = server.Source.CreateCommand("SELECT count(*) FROM mailed_tokens WHERE encode(hash, 'escape') LIKE '%' || $1 || '%'"))
        {
            command.Parameters.Add(new() { Value = link });
            (await command.ExecuteScalarAsync()).ShouldBe(0L);
        }

        var changed = await owner.Post("account/password", new { current = Visitor.Password, @new = "Another1Horse" });
        changed.Status.ShouldBe(200, changed.Body.ToString());

        (await server.Http.Post("/api/v1/auth/reset-password", new { token = link, password = "Third1Horsey" })).Status.ShouldBe(410);
    }

    [Fact]
    public async Task Letters_are_readable_as_text_and_as_a_page_and_encrypted_at_rest()
    {
        await server.Http.Post("/api/v1/auth/register", NewAccount("letters@example.com"));

        var letter = (await Visitor.MailTo(server, "letters@example.com", "verify"))!;

        letter.Text.ShouldContain("http://localhost:5000/confirm?token=");
        letter.Html.ShouldContain("<!DOCTYPE html>");
        letter.Html.ShouldContain("max-width:560px");
        await using var command = server.Source.CreateCommand("SELECT letter FROM mails WHERE recipient = 'letters@example.com'");
        ((string)(await command.ExecuteScalarAsync())!).ShouldNotContain("token");
        var outbox = await server.Http.Get("/api/v1/outbox?recipient=letters@example.com");
        outbox.Data[0].GetProperty("subject").GetString().ShouldBe("Confirm your address");
        (await server.Http.GetStringAsync(new Uri("/outbox", UriKind.Relative))).ShouldContain("letters@example.com");
    }

    [Fact]
    public async Task An_account_gets_a_topic_of_its_own()
    {
        using var one = await Visitor.SignUp(server);
        using var two = await Visitor.SignUp(server);

        var topics = new[] { await Topic(one), await Topic(two) };

        topics.ShouldBeUnique();
        topics.ShouldAllBe(topic => topic.StartsWith("tidemark-") && topic.Length == 41);

        static async Task<string> Topic(Visitor visitor) => (await visitor.Get("account")).Data.GetProperty("ntfyTopic").GetString()!;
    }
}
