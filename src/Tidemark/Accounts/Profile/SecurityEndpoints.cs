using System.ComponentModel;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Storage;
using Npgsql;
using QRCoder;
using Tidemark.Accounts.Mails;
using Tidemark.Accounts.SecondFactor;
using Tidemark.Accounts.Sessions;
using Tidemark.Accounts.SignIn;
using Tidemark.Platform.Api;
using Tidemark.Platform.Audit;
using Tidemark.Platform.Database;
using static Tidemark.Accounts.SignIn.AuthEndpoints;

namespace Tidemark.Accounts.Profile;

/// <summary>Password, second factor, passkeys, sessions, known browsers.</summary>
public static class SecurityEndpoints
{
    public static void Map(RouteGroupBuilder account)
    {
        account.MapGet("/security", Overview).Allow(Caller.InPerson).WithSummary("How your account is protected").Shows(new SecurityView(true, Noon, 9, 1, Noon.AddDays(-30), true));
        account.MapPost("/password", ChangePassword).Allow(Caller.InPerson).HandlesSecrets().WithSummary("Change your password; other sessions end").Shows(Done.Yes, new PasswordChange("Correct-horse-7", "Correct-horse-8"));
        account.MapPost("/two-factor/setup", SetUp).Allow(Caller.Confirmed).HandlesSecrets().WithSummary("Begin turning on an authenticator: its secret and QR code, shown this once").Shows(new NewAuthenticator("Qx7…", "JBSWY3DPEHPK3PXP", "otpauth://totp/Tidemark:ann%40example.com?secret=JBSWY3DPEHPK3PXP&issuer=Tidemark", "<svg …>"));
        account.MapPost("/two-factor/enable", Enable).Allow(Caller.Confirmed).HandlesSecrets().WithSummary("Turn it on with a first code; answers the recovery codes, shown this once").Shows(new RecoveryCodes(["k3v9x-2mqpt"]), new FirstCode("Qx7…", "123456"));
        account.MapPost("/two-factor/disable", Disable).Allow(Caller.Confirmed).HandlesSecrets().WithSummary("Turn the authenticator off; other sessions end").Shows(Done.Yes);
        account.MapPost("/two-factor/recovery-codes", Regenerate).Allow(Caller.Confirmed).HandlesSecrets().WithSummary("New recovery codes; the old ones open nothing any more").Shows(new RecoveryCodes(["k3v9x-2mqpt"]));
        account.MapGet("/passkeys", ListPasskeys).Allow(Caller.InPerson).WithSummary("Your passkeys").Shows(new[] { new PasskeyView(3, "Phone", Noon, Noon, true) });
        account.MapPost("/passkeys/options", PasskeyOptions).Allow(Caller.Confirmed).HandlesSecrets().WithSummary("Begin making a passkey").Shows(new Passkeys.Begun("Qx7…", JsonElement.Parse("{}")));
        account.MapPost("/passkeys", AddPasskey).Allow(Caller.Confirmed).HandlesSecrets().WithSummary("Finish making a passkey").Shows(new PasskeyView(3, "Phone", Noon, null, true));
        account.MapDelete("/passkeys/{id:long}", RemovePasskey).Allow(Caller.Confirmed).HandlesSecrets().WithSummary("Remove a passkey").Shows(Done.Yes);
        account.MapGet("/sessions", ListSessions).Allow(Caller.InPerson).WithSummary("Where you are signed in").Shows(new[] { ExampleSession });
        account.MapDelete("/sessions/{id:long}", EndSession).Allow(Caller.InPerson).HandlesSecrets().WithSummary("End one of your sessions, at once").Shows(Done.Yes);
        account.MapGet("/devices", ListDevices).Allow(Caller.InPerson).WithSummary("Browsers that have signed in to your account").Shows(new[] { new DeviceView(5, "Firefox on Linux", "203.0.113.7", Noon, Noon, Noon.AddDays(30)) });
        account.MapDelete("/devices/{id:long}", ForgetDevice).Allow(Caller.InPerson).HandlesSecrets().WithSummary("Forget a browser: it is asked for the second factor again").Shows(Done.Yes);
    }

    static readonly DateTimeOffset Noon = new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero);
    internal static SessionView ExampleSession { get; } = new(41, true, SessionKind.Web, "Firefox on Linux", "The internet", "203.0.113.7", Noon, Noon, Noon.AddDays(30), true);

    public sealed record SecurityView(
        [property: Description("Whether an authenticator is on.")] bool HasAuthenticator,
        DateTimeOffset? AuthenticatorSince,
        int RecoveryCodesLeft,
        int Passkeys,
        DateTimeOffset? PasswordChangedAt,
        [property: Description("Whether you have shown who you are within the last 10 minutes; changes here need it.")] bool IsConfirmed);

    public sealed record PasswordChange(string Current, string New, [property: Description("A code, when an authenticator is on.")] string? Code = null);

    public sealed record NewAuthenticator(
        [property: Description("Goes with the first code to /two-factor/enable, within 5 minutes.")] string Setup,
        [property: Description("To type into an app by hand.")] string Secret,
        string OtpauthUri,
        [property: Description("The same as a QR code: an SVG picture.")] string QrSvg);

    public sealed record FirstCode(string Setup, string Code);
    public sealed record RecoveryCodes(IReadOnlyList<string> Codes);
    public sealed record PasskeyView(long Id, string Name, DateTimeOffset CreatedAt, DateTimeOffset? LastUsedAt, [property: Description("Kept in several places by its maker.")] bool IsBackedUp);
    public sealed record NewPasskey(string Ceremony, string Name, [property: Description("What the browser's navigator.credentials.create answered, as JSON.")] JsonElement Credential);

    public sealed record SessionView(
        long Id,
        [property: Description("Whether it is the one that asks.")] bool IsThis,
        SessionKind Kind,
        [property: Description("What it was begun with, like Firefox on Linux.")] string Browser,
        [property: Description("This computer, The local network, The internet.")] string Place,
        [property: Description("The network address it was begun from.")] string Address,
        DateTimeOffset CreatedAt,
        DateTimeOffset LastSeenAt,
        DateTimeOffset ExpiresAt,
        [property: Description("Whether a second factor was shown.")] bool SecondFactor);

    public sealed record DeviceView(
        long Id,
        string Browser,
        string Address,
        DateTimeOffset CreatedAt,
        DateTimeOffset LastSeenAt,
        [property: Description("Until when it is asked for no second factor.")] DateTimeOffset? TrustedUntil);

    static async Task<SecurityView> Overview(Caller caller, TidemarkDb db, SecondFactors factors, CancellationToken stop)
    {
        var user = await ProfileEndpoints.Own(caller, db, stop);
        var passkeys = await db.Set<Passkey>().CountAsync(own => own.UserId == user.Id, stop);
        return new SecurityView(user.HasAuthenticator, user.TotpEnabledAt, await factors.RecoveryCodesLeft(user.Id, stop), passkeys, user.PasswordChangedAt, caller.IsFresh);
    }

    static async Task<Done> ChangePassword(PasswordChange change, HttpContext http, Caller caller, TidemarkDb db, SignInDesk desk, Passwords passwords, Registration registration, SessionBook sessions, CancellationToken stop)
    {
        new Fields().Must("new", Fields.Password(change.New)).Hold();
        await desk.Confirm(http, caller, change.Current, change.Code, null, null, stop);
        var hash = await passwords.Hash(change.New, stop);
        await db.InTransaction(
            async _ =>
            {
                var user = await ProfileEndpoints.Own(caller, db, stop);
                await sessions.Renew(http, caller, null, stop);
                await registration.SetPassword(caller, user, hash, caller.SessionId, "password.changed", stop);
            },
            stop);
        return Done.Yes;
    }

    static async Task<NewAuthenticator> SetUp(Caller caller, TidemarkDb db, SecondFactors factors, Ceremonies ceremonies, CancellationToken stop)
    {
        var user = await ProfileEndpoints.Own(caller, db, stop);
        if (user.HasAuthenticator)
        {
            throw new TidemarkException(ErrorCode.Conflict, "An authenticator is on; turn it off before you set up another.");
        }
        var secret = RandomNumberGenerator.GetBytes(20);
        var setup = await ceremonies.Begin(CeremonyKind.TotpNew, user.Id, factors.Seal(secret), stop);
        var address = Totp.Address(user.Email, secret);
        using var code = QRCodeGenerator.GenerateQrCode(address, QRCodeGenerator.ECCLevel.M);
        using var picture = new SvgQRCode(code);
        return new NewAuthenticator(setup, Totp.ToBase32(secret), address, picture.GetGraphic(4, "#000000", "#ffffff", drawQuietZones: true, SvgQRCode.SizingMode.ViewBoxAttribute));
    }

    static async Task<RecoveryCodes> Enable(FirstCode first, HttpContext http, Caller caller, TidemarkDb db, SecondFactors factors, Ceremonies ceremonies, MailedTokens links, SessionBook sessions, AccountMailer mailer, AuditLog audit, TimeProvider clock, CancellationToken stop)
    {
        if (await ceremonies.Try(CeremonyKind.TotpNew, first.Setup, stop) is not { } begun || begun.UserId != caller.Id
            || Totp.StepOf(factors.Open(begun.State), first.Code, clock.GetUtcNow(), 0) is not { } step
            || await ceremonies.End(CeremonyKind.TotpNew, first.Setup, stop) is null)
        {
            throw new TidemarkException(ErrorCode.SecondFactorWrong, "The code does not fit. Check the clock of your phone, or begin anew.");
        }
        IReadOnlyList<string> codes = [];
        await InOne(db, async (connection, transaction) =>
        {
            var user = await ProfileEndpoints.Own(caller, db, stop);
            if (user.HasAuthenticator)
            {
                throw new TidemarkException(ErrorCode.Conflict, "An authenticator is on already.");
            }
            (user.TotpSecret, user.TotpEnabledAt, user.TotpLastStep) = (begun.State, clock.GetUtcNow(), step);
            codes = await factors.NewRecoveryCodes(user, connection, transaction, stop);
            await Changed(http, caller, user, db, links, sessions, mailer, secondFactor: true, "An authenticator was turned on. Every other session was ended.", clock, stop);
            await audit.Append(caller, "secondFactor.on", user.Id, stop);
        }, stop);
        return new RecoveryCodes(codes);
    }

    static async Task<Done> Disable(HttpContext http, Caller caller, TidemarkDb db, MailedTokens links, SessionBook sessions, AccountMailer mailer, AuditLog audit, TimeProvider clock, CancellationToken stop)
    {
        await InOne(db, async (connection, transaction) =>
        {
            var user = await ProfileEndpoints.Own(caller, db, stop);
            if (!user.HasAuthenticator)
            {
                throw new TidemarkException(ErrorCode.Conflict, "No authenticator is on.");
            }
            (user.TotpSecret, user.TotpEnabledAt) = (null, null);
            await db.Database.ExecuteSqlAsync($"DELETE FROM recovery_codes WHERE user_id = {user.Id}", stop);
            await Changed(http, caller, user, db, links, sessions, mailer, secondFactor: false, "The authenticator was turned off. Every other session was ended.", clock, stop);
            await audit.Append(caller, "secondFactor.off", user.Id, stop);
        }, stop);
        return Done.Yes;
    }

    static async Task<RecoveryCodes> Regenerate(Caller caller, TidemarkDb db, SecondFactors factors, AccountMailer mailer, AuditLog audit, TimeProvider clock, CancellationToken stop)
    {
        IReadOnlyList<string> codes = [];
        await InOne(db, async (connection, transaction) =>
        {
            var user = await ProfileEndpoints.Own(caller, db, stop);
            if (!user.HasAuthenticator)
            {
                throw new TidemarkException(ErrorCode.Conflict, "Recovery codes go with an authenticator, and none is on.");
            }
            codes = await factors.NewRecoveryCodes(user, connection, transaction, stop);
            await mailer.Send(user.Email, AccountMails.SecondFactorChanged(caller, "New recovery codes were made; the old ones open nothing any more.", clock.GetUtcNow()));
            await db.SaveChangesAsync(stop);
            await audit.Append(caller, "recoveryCodes.made", user.Id, stop);
        }, stop);
        return new RecoveryCodes(codes);
    }

    /// <summary>After a change of factors this session gets a new id, every other one ends, and no browser is trusted.</summary>
    static async Task Changed(HttpContext http, Caller caller, User user, TidemarkDb db, MailedTokens links, SessionBook sessions, AccountMailer mailer, bool? secondFactor, string says, TimeProvider clock, CancellationToken stop)
    {
        await db.SaveChangesAsync(stop);
        await links.VoidAll(user.Id, stop);
        await sessions.EndAll(user.Id, caller.SessionId, "second factor changed", stop);
        await sessions.ForgetDevices(user.Id, stop);
        await sessions.Renew(http, caller, secondFactor, stop);
        await mailer.Send(user.Email, AccountMails.SecondFactorChanged(caller, says, clock.GetUtcNow()));
        await db.SaveChangesAsync(stop);
    }

    static async Task<IReadOnlyList<PasskeyView>> ListPasskeys(Caller caller, TidemarkDb db, CancellationToken stop) =>
        await db.Set<Passkey>().Where(own => own.UserId == caller.UserId).OrderBy(own => own.Id).Select(own => new PasskeyView(own.Id, own.Name, own.CreatedAt, own.LastUsedAt, own.IsBackedUp)).ToListAsync(stop);

    static async Task<Passkeys.Begun> PasskeyOptions(HttpContext http, Caller caller, TidemarkDb db, Passkeys passkeys, CancellationToken stop) =>
        await passkeys.BeginNew(await ProfileEndpoints.Own(caller, db, stop), http, stop);

    static async Task<PasskeyView> AddPasskey(NewPasskey made, HttpContext http, Caller caller, TidemarkDb db, Passkeys passkeys, MailedTokens links, SessionBook sessions, AccountMailer mailer, AuditLog audit, TimeProvider clock, CancellationToken stop)
    {
        var name = made.Name.Trim();
        new Fields().Must("name", name.Length is >= 1 and <= 80 ? Fields.Name(name) : "A name has 1 to 80 characters.").Hold();
        var user = await ProfileEndpoints.Own(caller, db, stop);
        if (await db.Set<Passkey>().CountAsync(own => own.UserId == user.Id, stop) >= 20)
        {
            throw new TidemarkException(ErrorCode.Conflict, "An account has at most 20 passkeys; remove one first.");
        }
        PasskeyView? view = null;
        await db.InTransaction(
            async _ =>
            {
                var info = await passkeys.FinishNew(user, made.Ceremony, made.Credential, name, http, stop);
                var added = await db.Set<Passkey>().SingleAsync(own => own.CredentialId == info.CredentialId, stop);
                view = new PasskeyView(added.Id, added.Name, added.CreatedAt, added.LastUsedAt, added.IsBackedUp);
                await Changed(http, caller, user, db, links, sessions, mailer, secondFactor: null, $"The passkey \"{name}\" was added. Every other session was ended.", clock, stop);
                await audit.Append(caller, "passkey.added", user.Id, stop, ("passkey", added.Id));
            },
            stop);
        http.Response.StatusCode = StatusCodes.Status201Created;
        return view!;
    }

    static async Task<Done> RemovePasskey(long id, HttpContext http, Caller caller, TidemarkDb db, MailedTokens links, SessionBook sessions, AccountMailer mailer, AuditLog audit, TimeProvider clock, CancellationToken stop)
    {
        await db.InTransaction(
            async _ =>
            {
                if (await db.Set<Passkey>().Where(own => own.Id == id && own.UserId == caller.UserId).ExecuteDeleteAsync(stop) == 0)
                {
                    throw new TidemarkException(ErrorCode.NotFound);
                }
                var user = await ProfileEndpoints.Own(caller, db, stop);
                await Changed(http, caller, user, db, links, sessions, mailer, secondFactor: null, "A passkey was removed. Every other session was ended.", clock, stop);
                await audit.Append(caller, "passkey.removed", user.Id, stop, ("passkey", id));
            },
            stop);
        return Done.Yes;
    }

    static Task<IReadOnlyList<SessionView>> ListSessions(Caller caller, TidemarkDb db, TimeProvider clock, CancellationToken stop) => SessionsOf(caller.UserId, caller.SessionId, db, clock, stop);

    internal static async Task<IReadOnlyList<SessionView>> SessionsOf(long user, long? own, TidemarkDb db, TimeProvider clock, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var sessions = await db.Set<Session>().AsNoTracking()
            .Where(session => session.UserId == user && session.RevokedAt == null && session.ExpiresAt > now && session.LastSeenAt.AddSeconds(session.IdleSeconds) > now)
            .OrderByDescending(session => session.LastSeenAt)
            .Take(200)
            .ToListAsync(stop);
        return [.. sessions.Select(session => new SessionView(
            session.Id, session.Id == own, session.Kind, session.Browser, Browser.Place(session.Address), session.Address,
            session.CreatedAt, session.LastSeenAt, session.ExpiresAt, session.SecondFactor))];
    }

    static async Task<Done> EndSession(long id, Caller caller, TidemarkDb db, SessionBook sessions, AuditLog audit, CancellationToken stop)
    {
        await db.InTransaction(
            async _ =>
            {
                if (!await sessions.End(caller.UserId, id, "ended by its owner", stop))
                {
                    throw new TidemarkException(ErrorCode.NotFound);
                }
                await audit.Append(caller, "session.ended", caller.Id, stop, ("session", id));
            },
            stop);
        return Done.Yes;
    }

    static async Task<IReadOnlyList<DeviceView>> ListDevices(Caller caller, TidemarkDb db, CancellationToken stop) =>
        await db.Set<Device>().Where(own => own.UserId == caller.UserId).OrderByDescending(own => own.LastSeenAt)
            .Select(own => new DeviceView(own.Id, own.Browser, own.Address, own.CreatedAt, own.LastSeenAt, own.TrustedUntil)).Take(200).ToListAsync(stop);

    static async Task<Done> ForgetDevice(long id, Caller caller, TidemarkDb db, CancellationToken stop) =>
        await db.Set<Device>().Where(own => own.Id == id && own.UserId == caller.UserId).ExecuteDeleteAsync(stop) > 0 ? Done.Yes : throw new TidemarkException(ErrorCode.NotFound);

    static Task InOne(TidemarkDb db, Func<NpgsqlConnection, NpgsqlTransaction, Task> work, CancellationToken stop) =>
        db.InTransaction(
            transaction =>
            {
                var within = (NpgsqlTransaction)transaction.GetDbTransaction();
                return work(within.Connection!, within);
            },
            stop);
}
