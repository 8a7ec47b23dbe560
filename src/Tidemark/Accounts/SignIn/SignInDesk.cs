using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Tidemark.Accounts.Mails;
using Tidemark.Accounts.SecondFactor;
using Tidemark.Accounts.Sessions;
using Tidemark.Platform.Api;
using Tidemark.Platform.Audit;
using Tidemark.Platform.Database;

namespace Tidemark.Accounts.SignIn;

/// <summary>How somebody wants to be signed in.</summary>
public sealed record Wish(bool Session, bool Remember, bool TrustDevice);

/// <summary>Who was signed in; the tokens for a program, nothing more for a browser, which has its cookie.</summary>
public sealed record SignedIn(User User, Session Session, string? AccessToken, string? RefreshToken);

/// <summary>
/// Every way in leads past this desk: password by form or JSON, second factor, passkey. It alone begins sessions,
/// so no door is weaker than another. Whatever is wrong, the answer is the same one and takes as long.
/// </summary>
public sealed class SignInDesk(
    TidemarkDb db, Passwords passwords, SignInGuard guard, Ceremonies ceremonies, SecondFactors factors, Passkeys passkeys,
    SessionBook sessions, AccessTokens tokens, AccountMailer mailer, AuditLog audit, TimeProvider clock)
{
    static readonly string[] SecondFactorMethods = ["code", "recoveryCode"];
    static readonly string[] PasskeyMethod = ["passkey"];

    /// <summary>What a right password still waits for.</summary>
    sealed record HalfWay(long UserId, Wish Wish, DateTimeOffset? PasswordOf);

    public async Task<SignedIn> ByPassword(HttpContext http, string email, string password, string? code, Wish wish, CancellationToken stop)
    {
        var address = User.Normal(email);
        var user = await db.Set<User>().SingleOrDefaultAsync(known => known.Email == address, stop);
        var device = await sessions.KnownDevice(http, null, stop);
        var attempt = SignInGuard.On(address, Caller.Of(http).Address, user is not null && device?.UserId == user.Id ? device.Id : null);
        await guard.Admit(attempt, stop);
        var isRight = await passwords.Matches(user, password, stop);
        if (!isRight || user is not { IsOpen: true })
        {
            await guard.Failed(attempt);
            await audit.Append(Caller.Of(http), "signin.failed", user?.Id, stop);
            throw new TidemarkException(ErrorCode.InvalidCredentials);
        }
        await guard.Succeeded(attempt, stop);
        await Rehash(user, password, stop);
        var isTrusted = device?.UserId == user.Id && device.TrustedUntil > clock.GetUtcNow();
        if (!user.HasAuthenticator)
        {
            // Whoever has a passkey shows it for what is sensitive: the password alone proves too little then.
            return await Open(http, user, wish, secondFactor: false, confirmed: !await passkeys.Has(user.Id, stop), "password", stop);
        }
        if (code is not null)
        {
            // In one request as in two: five tries in five minutes.
            return await BySecondFactor(http, await Challenge(user, wish, stop), code, null, wish.TrustDevice, stop);
        }
        if (isTrusted)
        {
            return await Open(http, user, wish with { TrustDevice = false }, secondFactor: true, confirmed: false, "password on a trusted device", stop);
        }
        throw new TidemarkException(ErrorCode.SecondFactorRequired, details: new Dictionary<string, object?>
        {
            ["challenge"] = await Challenge(user, wish, stop),
            ["methods"] = SecondFactorMethods,
            ["expiresInSeconds"] = 300,
        });
    }

    Task<string> Challenge(User user, Wish wish, CancellationToken stop) =>
        ceremonies.Begin(CeremonyKind.SecondFactor, user.Id, JsonSerializer.Serialize(new HalfWay(user.Id, wish, user.PasswordChangedAt)), stop);

    public async Task<SignedIn> BySecondFactor(HttpContext http, string challenge, string? code, string? recoveryCode, bool? trustDevice, CancellationToken stop)
    {
        if (await ceremonies.Try(CeremonyKind.SecondFactor, challenge, stop) is not { } begun)
        {
            throw new TidemarkException(ErrorCode.SecondFactorWrong);
        }
        var half = JsonSerializer.Deserialize<HalfWay>(begun.State)!;
        var user = await db.Set<User>().SingleAsync(known => known.Id == half.UserId, stop);
        await MayTryCode(user, stop);
        var isRight = user.IsOpen && user.PasswordChangedAt == half.PasswordOf && (code is not null ? await factors.SpendCode(user, code, stop) : recoveryCode is not null && await factors.SpendRecoveryCode(user, recoveryCode, stop));
        if (!isRight || await ceremonies.End(CeremonyKind.SecondFactor, challenge, stop) is null)
        {
            await audit.Append(Caller.Of(http), "signin.secondFactor.failed", user.Id, stop);
            throw new TidemarkException(ErrorCode.SecondFactorWrong);
        }
        await guard.Succeeded(CodeAttempt(user), stop);
        if (recoveryCode is not null && code is null)
        {
            await mailer.Send(user.Email, AccountMails.RecoveryCodeUsed(http, await factors.RecoveryCodesLeft(user.Id, stop), clock.GetUtcNow()));
        }
        return await Open(http, user, half.Wish with { TrustDevice = trustDevice ?? half.Wish.TrustDevice }, secondFactor: true, confirmed: true, code is not null ? "password and code" : "password and recovery code", stop);
    }

    /// <summary>Five guesses at codes in five minutes, counted for the account, whatever door and challenge they come through.</summary>
    Task MayTryCode(User user, CancellationToken stop) => guard.Admit(CodeAttempt(user), stop);

    static SignInGuard.Attempt CodeAttempt(User user) => new(SignInGuard.CodesOf(user.Id), "none", IsKnownBrowser: true) { FirstWait = TimeSpan.FromMinutes(5) };

    public async Task<SignedIn> ByPasskey(HttpContext http, string ceremony, JsonElement credential, Wish wish, CancellationToken stop)
    {
        var attempt = new SignInGuard.Attempt(null, Caller.Of(http).Address, IsKnownBrowser: false);
        await guard.Admit(attempt, stop);
        if (await passkeys.FinishSignIn(ceremony, credential, http, stop) is not ({ IsOpen: true } user, var isVerified) || (user.HasAuthenticator && !isVerified))
        {
            await guard.Failed(attempt);
            await audit.Append(Caller.Of(http), "signin.passkey.failed", null, stop);
            throw new TidemarkException(ErrorCode.PasskeyRefused);
        }
        await guard.Succeeded(attempt, stop);
        // Something one has that checked something one knows or is: two factors in one.
        return await Open(http, user, wish, secondFactor: isVerified, confirmed: true, "passkey", stop);
    }

    /// <summary>Whether the person in a session is who began it: password and, where there is one, a code.</summary>
    public async Task Confirm(HttpContext http, Caller caller, string? password, string? code, string? ceremony, JsonElement? credential, CancellationToken stop)
    {
        var user = await db.Set<User>().SingleAsync(known => known.Id == caller.UserId, stop);
        var isRight = ceremony is not null && credential is { } shown
            ? await passkeys.FinishSignIn(ceremony, shown, http, stop) is (var holder, var isVerified) && holder.Id == user.Id && (isVerified || !user.HasAuthenticator)
            : await IsPasswordAndCode(http, user, password, code, stop);
        if (!isRight)
        {
            await audit.Append(caller, "confirm.failed", user.Id, stop);
            throw new TidemarkException(user.HasAuthenticator ? ErrorCode.SecondFactorWrong : ErrorCode.InvalidCredentials, user.HasAuthenticator ? "The password or the code is wrong, or the code was used before." : "The password is wrong.");
        }
        await db.InTransaction(
            async _ =>
            {
                await sessions.Renew(http, caller, user.HasAuthenticator || ceremony is not null ? true : null, stop);
                await audit.Append(caller, "confirm.done", user.Id, stop);
            },
            stop);
    }

    async Task<bool> IsPasswordAndCode(HttpContext http, User user, string? password, string? code, CancellationToken stop)
    {
        if (!user.HasAuthenticator && await passkeys.Has(user.Id, stop))
        {
            throw new TidemarkException(ErrorCode.SecondFactorRequired, "Show your passkey: the password alone is not enough for an account that has one.", new Dictionary<string, object?> { ["methods"] = PasskeyMethod });
        }
        var attempt = SignInGuard.On(user.Email, Caller.Of(http).Address, (await sessions.KnownDevice(http, user.Id, stop))?.Id);
        await guard.Admit(attempt, stop);
        if (!await passwords.Matches(user, password ?? "", stop))
        {
            await guard.Failed(attempt);
            return false;
        }
        await guard.Succeeded(attempt, stop);
        if (!user.HasAuthenticator)
        {
            return true;
        }
        await MayTryCode(user, stop);
        if (!await factors.SpendCode(user, code ?? "", stop))
        {
            return false;
        }
        await guard.Succeeded(CodeAttempt(user), stop);
        return true;
    }

    async Task<SignedIn> Open(HttpContext http, User user, Wish wish, bool secondFactor, bool confirmed, string how, CancellationToken stop)
    {
        SignedIn? done = null;
        await db.InTransaction(
            async _ =>
            {
                // Whatever was changed since the proof was looked at, a new password or a lock, counts.
                if (await db.Set<User>().FromSql($"SELECT * FROM users WHERE id = {user.Id} FOR UPDATE").AsNoTracking().SingleOrDefaultAsync(stop) is not { IsOpen: true } now || now.PasswordChangedAt != user.PasswordChangedAt)
                {
                    throw new TidemarkException(ErrorCode.InvalidCredentials);
                }
                var isNewDevice = wish.Session && await sessions.NoteDevice(http, user, wish.TrustDevice && secondFactor && confirmed, stop);
                var isFirst = !await db.Set<Session>().AnyAsync(session => session.UserId == user.Id, stop);
                Session session;
                string? refresh = null;
                if (wish.Session)
                {
                    session = await sessions.BeginWeb(http, user, secondFactor, confirmed, wish.Remember, stop);
                }
                else
                {
                    (session, refresh) = await sessions.BeginApi(http, user, secondFactor, confirmed, stop);
                    isNewDevice = !await db.Set<Session>().AnyAsync(other => other.UserId == user.Id && other.Id != session.Id && other.Browser == session.Browser && other.Address == session.Address, stop);
                }
                if (isNewDevice && !isFirst)
                {
                    await mailer.Send(user.Email, AccountMails.SignedIn(http, clock.GetUtcNow()));
                }
                user.LastSeenAt = clock.GetUtcNow();
                await db.SaveChangesAsync(stop);
                await audit.Append(Caller.Of(http) with { Id = user.Id }, "signin.done", user.Id, stop, ("how", how), ("session", session.Id));
                done = new SignedIn(user, session, wish.Session ? null : await tokens.Issue(session, stop), refresh);
            },
            stop);
        return done!;
    }

    /// <summary>A hash made with less work than is usual now is made anew while its password is at hand.</summary>
    async Task Rehash(User user, string password, CancellationToken stop)
    {
        if (passwords.IsDated(user))
        {
            user.PasswordHash = await passwords.Hash(password, stop);
            await db.SaveChangesAsync(stop);
        }
    }
}
