using System.ComponentModel;
using System.Text.Json;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http.Features;
using Tidemark.Accounts.Mails;
using Tidemark.Accounts.SecondFactor;
using Tidemark.Accounts.Sessions;
using Tidemark.Platform.Api;
using Tidemark.Platform.Audit;
using Tidemark.Platform.Database;

namespace Tidemark.Accounts.SignIn;

/// <summary>Register, sign in, stay signed in, sign out, and get back in.</summary>
public static class AuthEndpoints
{
    public static void Map(RouteGroupBuilder auth)
    {
        Open(auth.MapPost("/register", Register)).WithSummary("Register; the answer is the same whether or not the address has an account")
            .Shows(new Registered("ann@example.com", "confirmationSent"), new NewAccount("ann@example.com", "Correct-horse-7", true, true, true, "Ann"));
        Open(auth.MapPost("/verify-email", VerifyEmail)).WithSummary("Open an account with the mailed token and the password it was registered with").Shows(new Registered("ann@example.com", "confirmed"), new Confirmation("oF3…", "Correct-horse-7"));
        Open(auth.MapPost("/resend-verification", ResendVerification)).WithSummary("Mail the confirmation again").Shows(Done.Yes, new Address("ann@example.com"));
        Open(auth.MapPost("/login", Login)).Accepts<LoginRequest>("application/json", "application/x-www-form-urlencoded")
            .WithSummary("Sign in with a password: JSON with email, or a form with username").Shows(ExampleTokens, new LoginRequest("Correct-horse-7", "ann@example.com"));
        Open(auth.MapPost("/second-factor", SecondFactor)).WithSummary("Finish signing in with a code or a recovery code").Shows(ExampleTokens, new SecondFactorProof("Qx7…", "123456"));
        Open(auth.MapPost("/passkey/options", PasskeyOptions)).WithSummary("Begin signing in with a passkey").Shows(new Passkeys.Begun("Qx7…", JsonElement.Parse("{}")));
        Open(auth.MapPost("/passkey/login", PasskeyLogin)).WithSummary("Finish signing in with a passkey").Shows(ExampleTokens);
        Open(auth.MapPost("/refresh", Refresh)).Accepts<RefreshRequest>("application/json", "application/x-www-form-urlencoded")
            .WithSummary("Exchange a refresh token for new tokens; each is good once").Shows(ExampleTokens, new RefreshRequest("b1Z…"));
        Open(auth.MapPost("/forgot-password", ForgotPassword)).WithSummary("Mail a link to choose a new password").Shows(Done.Yes, new Address("ann@example.com"));
        Open(auth.MapPost("/reset-password", ResetPassword)).WithSummary("Choose a new password with the mailed token").Shows(Done.Yes, new NewPassword("oF3…", "Correct-horse-8"));
        auth.MapPost("/confirm", Confirm).Allow(Caller.InPerson).HandlesSecrets().WithSummary("Show again who you are, for what needs it").Shows(Done.Yes, new Proof("Correct-horse-7", "123456"));
        auth.MapPost("/logout", Logout).Allow(Caller.InPerson).HandlesSecrets().WithSummary("End this session").Shows(Done.Yes);
        auth.MapPost("/logout-everywhere", LogoutEverywhere).Allow(Caller.InPerson).HandlesSecrets().WithSummary("End every session of yours, or all but this one").Shows(new Ended(3), new Everywhere(KeepThis: true));
        auth.MapGet("/me", Me).Allow(Caller.SignedIn, "read:account").WithSummary("Who you are to this server").Shows(ExampleMe);
    }

    /// <summary>For who is not signed in yet; nothing of it is kept for repeats.</summary>
    static RouteHandlerBuilder Open(RouteHandlerBuilder route) => route.Allow(Caller.Anyone).HandlesSecrets().IgnoresCredential();

    static Tokens ExampleTokens { get; } = new(new(17, "ann@example.com", "Ann", Role.User, Plan.Free), "eyJhbGciOiJFUzI1NiJ9…", "bearer", 600, "b1Z…");
    static Identity ExampleMe { get; } = new(17, "ann@example.com", "Ann", Role.User, Plan.Pro, Credential.Session, true, false, true, false, null, 41);

    public sealed record Done([property: Description("Always true; what failed is an error.")] bool Ok)
    {
        public static Done Yes { get; } = new(true);
    }

    public sealed record NewAccount(
        string Email,
        [property: Description("8 to 128 characters; fewer than 15 need upper case, lower case and a digit.")] string Password,
        [property: Description("The terms of service are accepted.")] bool AcceptTerms,
        [property: Description("The privacy policy was read.")] bool AcceptPrivacy,
        [property: Description("The person is 18 or older.")] bool IsAdult,
        string? Name = null,
        [property: Description("en, de, fr or id.")] string? Language = null,
        [property: Description("A name of the tz database, like Europe/Zurich.")] string? TimeZone = null);

    public sealed record Registered(string Email, [property: Description("confirmationSent: a mail is on its way to the address; confirmed: the account is open.")] string Status);

    public sealed record Address(string Email);
    public sealed record MailedProof([property: Description("The token of the mailed link.")] string Token);
    public sealed record Confirmation([property: Description("The token of the mailed link.")] string Token, [property: Description("The password chosen when registering.")] string Password);

    public sealed record NewPassword(
        [property: Description("The token of the mailed link.")] string Token,
        string Password,
        [property: Description("Where an invited person opens the account: the terms of service are accepted.")] bool AcceptTerms = false,
        [property: Description("There too: the privacy policy was read.")] bool AcceptPrivacy = false,
        [property: Description("There too: the person is 18 or older.")] bool IsAdult = false);

    public sealed record LoginRequest(
        string Password,
        [property: Description("The e-mail address; a form may call it username.")] string? Email = null,
        string? Username = null,
        [property: Description("A code of the authenticator, if one is on; without it a second step asks.")] string? Code = null,
        [property: Description("True for a browser: a session cookie instead of tokens.")] bool Session = false,
        [property: Description("Stay signed in when the browser is closed.")] bool Remember = false,
        [property: Description("Ask this browser for no second factor for 30 days.")] bool TrustDevice = false);

    public sealed record SecondFactorProof(
        [property: Description("details.challenge of SECOND_FACTOR_REQUIRED.")] string Challenge,
        [property: Description("Six digits of the authenticator.")] string? Code = null,
        [property: Description("One of the recovery codes, in its stead.")] string? RecoveryCode = null,
        bool TrustDevice = false);

    public sealed record PasskeyProof(
        string Ceremony,
        [property: Description("What the browser's navigator.credentials.get answered, as JSON.")] JsonElement Credential,
        bool Session = false,
        bool Remember = false);

    public sealed record RefreshRequest([property: JsonPropertyName("refresh_token")] string RefreshToken);

    public sealed record Proof(
        string? Password = null,
        string? Code = null,
        [property: Description("With credential, in place of password and code.")] string? Ceremony = null,
        JsonElement? Credential = null);

    public sealed record Everywhere(bool KeepThis = false);
    public sealed record Ended([property: Description("Sessions that were ended.")] int Sessions);

    public sealed record Person(long Id, string Email, string Name, Role Role, Plan Plan);

    public sealed record Tokens(
        Person User,
        [property: JsonPropertyName("access_token"), Description("Send as Authorization: Bearer; null for a browser, which has a cookie.")] string? AccessToken,
        [property: JsonPropertyName("token_type"), Description("bearer, or cookie.")] string TokenType,
        [property: JsonPropertyName("expires_in"), Description("Seconds the access token lasts.")] int? ExpiresIn,
        [property: JsonPropertyName("refresh_token"), Description("Good once, for new tokens at /auth/refresh.")] string? RefreshToken);

    public sealed record Identity(
        long? Id,
        string? Email,
        string? Name,
        Role Role,
        Plan Plan,
        Credential Credential,
        [property: Description("Whether the caller acts as an admin.")] bool IsAdmin,
        [property: Description("An admin by role who has to sign in with a second factor first.")] bool NeedsSecondFactor,
        [property: Description("Shown who he is within the last 10 minutes; sensitive changes ask for it.")] bool IsConfirmed,
        [property: Description("A demo account with a public password.")] bool IsDemo,
        [property: Description("What the API key was made for; null for a person.")] IReadOnlyCollection<string>? Scopes,
        long? SessionId);

    static async Task<Registered> Register(NewAccount account, HttpContext http, Registration registration, CancellationToken stop)
    {
        new Fields()
            .Must("email", Fields.Email(account.Email))
            .Must("password", Fields.Password(account.Password))
            .Must("acceptTerms", Fields.Said(account.AcceptTerms, "The terms of service have to be accepted."))
            .Must("acceptPrivacy", Fields.Said(account.AcceptPrivacy, "The privacy policy has to be acknowledged."))
            .Must("isAdult", Fields.Said(account.IsAdult, "You have to be 18 or older."))
            .Must("name", Fields.Name(account.Name ?? ""))
            .Must("language", Fields.Language(account.Language ?? "en"))
            .Must("timeZone", Fields.TimeZone(account.TimeZone ?? "UTC"))
            .Hold();
        await registration.Register(Caller.Of(http), new(account.Email, account.Password, (account.Name ?? "").Trim(), account.Language ?? "en", account.TimeZone ?? "UTC"), stop);
        http.Response.StatusCode = StatusCodes.Status201Created;
        return new Registered(User.Normal(account.Email), "confirmationSent");
    }

    static async Task<Registered> VerifyEmail(Confirmation proof, Caller caller, Registration registration, CancellationToken stop)
    {
        new Fields().Must("password", proof.Password.Length is > 0 and <= 128 ? null : "The password chosen when registering is needed.").Hold();
        return new Registered(await registration.Verify(caller, proof.Token, proof.Password, stop), "confirmed");
    }

    static async Task<Done> ResendVerification(Address address, Caller caller, Registration registration, CancellationToken stop)
    {
        new Fields().Must("email", Fields.Email(address.Email)).Hold();
        await registration.SendVerification(caller, address.Email, stop);
        return Done.Yes;
    }

    static async Task<Tokens> Login(HttpContext http, SignInDesk desk, CancellationToken stop)
    {
        var request = http.Request.HasFormContentType ? FromForm(await Form(http, stop)) : await FromJson<LoginRequest>(http, stop);
        if ((request.Email ?? request.Username) is not { Length: > 0 and <= 254 } email || request.Password.Length is 0 or > 128)
        {
            throw new TidemarkException(ErrorCode.InvalidCredentials);
        }
        return Answer(await desk.ByPassword(http, email, request.Password, Blank(request.Code), new Wish(request.Session, request.Remember, request.TrustDevice), stop));
    }

    static async Task<Tokens> SecondFactor(SecondFactorProof proof, HttpContext http, SignInDesk desk, CancellationToken stop) =>
        Answer(await desk.BySecondFactor(http, proof.Challenge, Blank(proof.Code), Blank(proof.RecoveryCode), proof.TrustDevice ? true : null, stop));

    static Task<Passkeys.Begun> PasskeyOptions(HttpContext http, Passkeys passkeys, CancellationToken stop) => passkeys.BeginSignIn(http, stop);

    static async Task<Tokens> PasskeyLogin(PasskeyProof proof, HttpContext http, SignInDesk desk, CancellationToken stop) =>
        Answer(await desk.ByPasskey(http, proof.Ceremony, proof.Credential, new Wish(proof.Session, proof.Remember, false), stop));

    static async Task<Tokens> Refresh(HttpContext http, TidemarkDb db, RefreshTokens refresh, AccessTokens tokens, SessionBook sessions, AccountMailer mailer, AuditLog audit, TimeProvider clock, CancellationToken stop)
    {
        var shown = http.Request.HasFormContentType ? (await Form(http, stop))["refresh_token"].ToString() : (await FromJson<RefreshRequest>(http, stop)).RefreshToken;
        RefreshTokens.Outcome? outcome = null;
        await db.InTransaction(
            async _ =>
            {
                outcome = await refresh.Rotate(shown, stop);
                if (outcome is { Exchange: Exchange.Stolen, Session: { } stolen, User: { } owner })
                {
                    await sessions.End(owner.Id, stolen.Id, "refresh token used again", stop);
                    await mailer.Send(owner.Email, AccountMails.TokenStolen(clock.GetUtcNow()));
                    await db.SaveChangesAsync(stop);
                    await audit.Append(Caller.Of(http), "session.tokenReused", owner.Id, stop, ("session", stolen.Id));
                }
            },
            stop);
        return outcome is { Exchange: Exchange.Renewed, Session: { } session, User: { } user, Next: { } next }
            ? Answer(new SignedIn(user, session, await tokens.Issue(session, stop), next))
            : throw new TidemarkException(ErrorCode.CredentialRefused, "The refresh token is not good any more; sign in again.");
    }

    static async Task<Done> ForgotPassword(Address address, Caller caller, Registration registration, CancellationToken stop)
    {
        new Fields().Must("email", Fields.Email(address.Email)).Hold();
        await registration.ForgotPassword(caller, address.Email, stop);
        return Done.Yes;
    }

    static async Task<Done> ResetPassword(NewPassword request, Caller caller, Registration registration, CancellationToken stop)
    {
        new Fields().Must("password", Fields.Password(request.Password)).Hold();
        await registration.Reset(caller, request.Token, request.Password, new(request.AcceptTerms, request.AcceptPrivacy, request.IsAdult), stop);
        return Done.Yes;
    }

    static async Task<Done> Confirm(Proof proof, HttpContext http, Caller caller, SignInDesk desk, CancellationToken stop)
    {
        await desk.Confirm(http, caller, proof.Password, Blank(proof.Code), proof.Ceremony, proof.Credential, stop);
        return Done.Yes;
    }

    static async Task<Done> Logout(HttpContext http, Caller caller, TidemarkDb db, SessionBook sessions, SessionCookie cookie, AuditLog audit, CancellationToken stop)
    {
        await db.InTransaction(
            async _ =>
            {
                await sessions.End(caller.UserId, caller.SessionId!.Value, "signed out", stop);
                await audit.Append(caller, "session.ended", caller.Id, stop, ("session", caller.SessionId));
            },
            stop);
        cookie.Clear(http);
        return Done.Yes;
    }

    static async Task<Ended> LogoutEverywhere(Everywhere where, HttpContext http, Caller caller, TidemarkDb db, SessionBook sessions, SessionCookie cookie, AuditLog audit, CancellationToken stop)
    {
        var ended = 0;
        await db.InTransaction(
            async _ =>
            {
                ended = await sessions.EndAll(caller.UserId, where.KeepThis ? caller.SessionId : null, "signed out everywhere", stop);
                await audit.Append(caller, "session.ended.all", caller.Id, stop, ("sessions", ended));
            },
            stop);
        if (!where.KeepThis)
        {
            cookie.Clear(http);
        }
        return new Ended(ended);
    }

    static async Task<Identity> Me(Caller caller, TidemarkDb db, CancellationToken stop)
    {
        var user = caller.Id is { } id ? await db.Set<User>().FindAsync([id], stop) : null;
        return new Identity(
            user?.Id, user?.Email, user?.Name, caller.Role, caller.Plan, caller.Credential, caller.IsOperator, caller.LacksSecondFactor, caller.IsFresh, user?.IsDemo ?? false, caller.Scopes, caller.SessionId);
    }

    internal static Tokens Answer(SignedIn signedIn)
    {
        var (user, _, access, refresh) = signedIn;
        return new Tokens(
            new Person(user.Id, user.Email, user.Name, user.Role, user.Plan),
            access, access is null ? "cookie" : "bearer", access is null ? null : (int)AccessTokens.Lifetime.TotalSeconds, refresh);
    }

    static LoginRequest FromForm(IFormCollection form) => new(
        form["password"].ToString(), Blank(form["email"].ToString()), Blank(form["username"].ToString()), Blank(form["code"].ToString()),
        form["session"] == "true", form["remember"] == "true", form["trustDevice"] == "true");

    static async Task<IFormCollection> Form(HttpContext http, CancellationToken stop)
    {
        if (http.Request.HasFormContentType && http.Request.ContentType!.StartsWith("multipart", StringComparison.OrdinalIgnoreCase))
        {
            throw new TidemarkException(ErrorCode.UnsupportedMediaType);
        }
        try
        {
            return await new FormFeature(http.Request, new FormOptions { ValueCountLimit = 20, ValueLengthLimit = 4_096 }).ReadFormAsync(stop);
        }
        catch (InvalidDataException)
        {
            throw new TidemarkException(ErrorCode.BadRequest, "The form could not be read.");
        }
    }

    static async Task<T> FromJson<T>(HttpContext http, CancellationToken stop)
        where T : class
    {
        if (!http.Request.HasJsonContentType())
        {
            throw new TidemarkException(ErrorCode.UnsupportedMediaType, "The body must be application/json or application/x-www-form-urlencoded.");
        }
        try
        {
            return await http.Request.ReadFromJsonAsync<T>(ApiJson.Options, stop) ?? throw new TidemarkException(ErrorCode.InvalidJson, "The body is empty.");
        }
        catch (JsonException fault)
        {
            throw new BadHttpRequestException("The body could not be read.", StatusCodes.Status400BadRequest, fault);
        }
    }

    static string? Blank(string? text) => string.IsNullOrWhiteSpace(text) ? null : text;
}
