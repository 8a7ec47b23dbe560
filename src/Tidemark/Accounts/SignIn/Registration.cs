using Microsoft.EntityFrameworkCore;
using Tidemark.Accounts.Mails;
using Tidemark.Accounts.Sessions;
using Tidemark.Platform.Api;
using Tidemark.Platform.Audit;
using Tidemark.Platform.Database;
using Tidemark.Platform.Mail;

namespace Tidemark.Accounts.SignIn;

/// <summary>How accounts begin and passwords are replaced: everything that is proven by a mailed link.</summary>
public sealed class Registration(
    TidemarkDb db, Passwords passwords, MailedTokens links, SessionBook sessions, SignInGuard guard, AccountMailer mailer, AuditLog audit, TimeProvider clock)
{
    const int MailsAnHour = 3;
    static readonly string[] AskedMails = ["verify", "alreadyRegistered", "reset", "confirmEmail"];
    static readonly TimeSpan InvitationLasts = TimeSpan.FromDays(3);

    /// <summary>No answer that depends on whether an address has an account comes earlier than this.</summary>
    static readonly TimeSpan Evenly = TimeSpan.FromMilliseconds(400);

    public sealed record Newcomer(string Email, string Password, string Name, string Language, string TimeZone);

    /// <summary>What somebody agreed to, where an account still lacks it.</summary>
    public sealed record Consent(bool Terms, bool Privacy, bool IsAdult);

    /// <summary>Registers an address. Whether it had an account already is told to its owner by mail and to nobody else.</summary>
    public async Task Register(Caller caller, Newcomer newcomer, CancellationToken stop)
    {
        var began = clock.GetTimestamp();
        var email = User.Normal(newcomer.Email);
        // Hashed before anything is looked up: both ways take the same time.
        var hash = await passwords.Hash(newcomer.Password, stop);
        await db.InTransaction(
            async _ =>
            {
                if (!await MayMail(email, stop))
                {
                    // The links that were sent go on as they were.
                    return;
                }
                var known = await db.Set<User>().SingleOrDefaultAsync(user => user.Email == email, stop);
                if (known is { EmailVerifiedAt: not null } or { InvitedAt: not null })
                {
                    await mailer.Send(known.Email, AccountMails.AlreadyRegistered());
                    await db.SaveChangesAsync(stop);
                    await audit.Append(caller, "account.registered.again", known.Id, stop);
                    return;
                }
                if ((known ?? await Add(email, stop)) is not { } user)
                {
                    // Somebody else registered the address in this very moment, and gets the mail.
                    return;
                }
                var link = links.Register(user, new PendingRegistration(hash, newcomer.Name, newcomer.Language, newcomer.TimeZone));
                await mailer.Send(email, AccountMails.Verify(link));
                await db.SaveChangesAsync(stop);
                await audit.Append(caller, "account.registered", user.Id, stop);
            },
            stop);
        await WaitOut(began, stop);
    }

    /// <summary>An account nothing opens yet; null when the address has one.</summary>
    async Task<User?> Add(string email, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var added = await db.Database.SqlQuery<long>(
            $"""
            INSERT INTO users (email, password_hash, role, plan, is_demo, created_at)
            VALUES ({email}, '', 'USER', 'FREE', false, {now})
            ON CONFLICT (email) DO NOTHING
            RETURNING id AS "Value"
            """).ToListAsync(stop);
        return added is [var id] ? await db.Set<User>().SingleAsync(user => user.Id == id, stop) : null;
    }

    /// <summary>
    /// Opens an account to who has both its mailbox and the password of the registration the link was sent for. A link to somebody
    /// else's registration with one's address opens nothing.
    /// </summary>
    public async Task<string> Verify(Caller caller, string token, string password, CancellationToken stop)
    {
        var pending = await links.Registration(token, stop);
        new Fields()
            .Must("password", await passwords.Matches(pending.PasswordHash, password, stop) ? null : "This is not the password this link was registered with. If you forgot it, register again; if it was not you who registered, leave it.")
            .Hold();
        var email = "";
        await db.InTransaction(
            async _ =>
            {
                var link = await links.Spend(MailedPurpose.Verify, token, stop);
                var user = await db.Set<User>().SingleAsync(known => known.Id == link.UserId, stop);
                var now = clock.GetUtcNow();
                (user.PasswordHash, user.EmailVerifiedAt) = (pending.PasswordHash, now);
                (user.Name, user.Language, user.TimeZone) = (pending.Name, pending.Language, pending.TimeZone);
                (user.TermsAcceptedAt, user.PrivacyAcceptedAt, user.AdultConfirmedAt) = (now, now, now);
                await db.SaveChangesAsync(stop);
                await links.VoidAll(user.Id, stop);
                await audit.Append(caller, "account.verified", user.Id, stop);
                email = user.Email;
            },
            stop);
        return email;
    }

    /// <summary>Sends the confirmation of the newest registration anew, where one is missing.</summary>
    public Task SendVerification(Caller caller, string email, CancellationToken stop) =>
        SendLink(
            caller, email, "account.verification.sent",
            async user => user is { EmailVerifiedAt: null, InvitedAt: null } && await links.NewestRegistration(user.Id, stop) is { } pending ? AccountMails.Verify(links.Register(user, pending)) : null,
            stop);

    public Task ForgotPassword(Caller caller, string email, CancellationToken stop) =>
        SendLink(
            caller, email, "password.reset.asked",
            async user => user is { EmailVerifiedAt: not null } ? AccountMails.Reset(await links.Issue(user, MailedPurpose.Reset, user.Email, stop))
                : user is { InvitedAt: not null } ? AccountMails.Invited(await links.Issue(user, MailedPurpose.Reset, user.Email, stop, InvitationLasts)) : null,
            stop);

    /// <summary>Writes what an address has coming; the answer and its time are the same where nothing is.</summary>
    async Task SendLink(Caller caller, string given, string action, Func<User, Task<MailContent?>> write, CancellationToken stop)
    {
        var began = clock.GetTimestamp();
        var email = User.Normal(given);
        await db.InTransaction(
            async _ =>
            {
                var user = await db.Set<User>().SingleOrDefaultAsync(known => known.Email == email, stop);
                if (await MayMail(email, stop) && user is not null && await write(user) is { } content)
                {
                    await mailer.Send(email, content);
                    await db.SaveChangesAsync(stop);
                }
                await audit.Append(caller, action, user?.Id, stop);
            },
            stop);
        await WaitOut(began, stop);
    }

    /// <summary>Replaces a password by a mailed link. It opens no session and skips no second factor: one signs in after it.</summary>
    public async Task Reset(Caller caller, string token, string password, Consent consent, CancellationToken stop)
    {
        var hash = await passwords.Hash(password, stop);
        await db.InTransaction(
            async _ =>
            {
                var link = await links.Spend(MailedPurpose.Reset, token, stop);
                var user = await db.Set<User>().SingleAsync(known => known.Id == link.UserId, stop);
                if (user.Email != link.Email)
                {
                    throw new TidemarkException(ErrorCode.LinkExpired);
                }
                if (user is { InvitedAt: not null, TermsAcceptedAt: null })
                {
                    Accept(user, consent);
                }
                user.EmailVerifiedAt ??= clock.GetUtcNow();
                await SetPassword(caller, user, hash, keep: null, "password.reset", stop);
            },
            stop);
    }

    /// <summary>An invited person agrees when the invitation is used, as everybody else does when registering.</summary>
    void Accept(User user, Consent consent)
    {
        new Fields()
            .Must("acceptTerms", Fields.Said(consent.Terms, "The terms of service have to be accepted."))
            .Must("acceptPrivacy", Fields.Said(consent.Privacy, "The privacy policy has to be acknowledged."))
            .Must("isAdult", Fields.Said(consent.IsAdult, "You have to be 18 or older."))
            .Hold();
        var now = clock.GetUtcNow();
        (user.TermsAcceptedAt, user.PrivacyAcceptedAt, user.AdultConfirmedAt) = (now, now, now);
    }

    /// <summary>One password is replaced by another: links, other sessions and known browsers end with it. A null caller is the console.</summary>
    public async Task SetPassword(Caller? caller, User user, string hash, long? keep, string action, CancellationToken stop)
    {
        (user.PasswordHash, user.PasswordChangedAt) = (hash, clock.GetUtcNow());
        // Saved first: a sign-in with the old password either has its session by now, or sees the new one.
        await db.SaveChangesAsync(stop);
        await links.VoidAll(user.Id, stop);
        await sessions.EndAll(user.Id, keep, "password changed", stop);
        await sessions.ForgetDevices(user.Id, stop);
        await guard.Forgive(user.Email, stop);
        await mailer.Send(user.Email, AccountMails.PasswordChanged(caller?.Address ?? "the console of the server", clock.GetUtcNow()));
        await db.SaveChangesAsync(stop);
        await (caller is not null ? audit.Append(caller, action, user.Id, stop) : audit.AppendFromConsole(action, user.Id, stop));
    }

    /// <summary>An account made by an admin: nobody knows its password until its owner chooses one by the mailed link.</summary>
    public async Task<User> Invite(Caller caller, Newcomer newcomer, Role role, Plan plan, CancellationToken stop)
    {
        User? made = null;
        var email = User.Normal(newcomer.Email);
        await db.InTransaction(
            async _ =>
            {
                made = await Add(email, stop) ?? throw new TidemarkException(ErrorCode.Conflict, $"There is an account with the address {email}.");
                (made.Name, made.Language, made.TimeZone, made.Role, made.Plan) = (newcomer.Name, newcomer.Language, newcomer.TimeZone, role, plan);
                made.InvitedAt = clock.GetUtcNow();
                var link = await links.Issue(made, MailedPurpose.Reset, email, stop, InvitationLasts);
                await mailer.Send(email, AccountMails.Invited(link));
                await db.SaveChangesAsync(stop);
                await audit.Append(caller, "user.created", made.Id, stop, ("role", role.ToString()), ("plan", plan.ToString()));
            },
            stop);
        return made!;
    }

    /// <summary>Whether an address may get another mail that a stranger can ask for: three in any hour.</summary>
    public async Task<bool> MayMail(string email, CancellationToken stop)
    {
        await db.Database.ExecuteSqlAsync($"SELECT pg_advisory_xact_lock(hashtextextended({email}, 0))", stop);
        var since = clock.GetUtcNow().AddHours(-1);
        return await db.Set<Mail>().CountAsync(mail => mail.Recipient == email && mail.WrittenAt > since && AskedMails.Contains(mail.Kind), stop) < MailsAnHour;
    }

    async Task WaitOut(long began, CancellationToken stop)
    {
        if (Evenly - clock.GetElapsedTime(began) is { Ticks: > 0 } left)
        {
            await Task.Delay(left, clock, stop);
        }
    }
}
