using Microsoft.EntityFrameworkCore;
using Tidemark.Accounts.Mails;
using Tidemark.Accounts.Sessions;
using Tidemark.Platform.Api;
using Tidemark.Platform.Audit;
using Tidemark.Platform.Database;

namespace Tidemark.Accounts.SignIn;

/// <summary>How accounts begin and passwords are replaced: everything that is proven by a mailed link.</summary>
public sealed class Registration(
    TidemarkDb db, Passwords passwords, MailedTokens links, SessionBook sessions, SignInGuard guard, AccountMailer mailer, AuditLog audit, RateLimits limits, TimeProvider clock)
{
    static readonly RateBucket MailsToOne = new("mails to an account", 3, TimeSpan.FromHours(1));
    static readonly TimeSpan InvitationLasts = TimeSpan.FromDays(3);

    public sealed record Newcomer(string Email, string Password, string Name, string Language, string TimeZone);

    /// <summary>Registers an address. Whether it had an account already is told to its owner by mail and to nobody else.</summary>
    public async Task Register(Caller caller, Newcomer newcomer, CancellationToken stop)
    {
        var email = User.Normal(newcomer.Email);
        // Hashed before anything is looked up: both ways take the same time.
        var hash = await passwords.Hash(newcomer.Password, stop);
        var mayMail = await MayMail(email, stop);
        await db.InTransaction(
            async _ =>
            {
                var known = await db.Set<User>().SingleOrDefaultAsync(user => user.Email == email, stop);
                if (known is { EmailVerifiedAt: not null })
                {
                    await Mail(mayMail, known.Email, AccountMails.AlreadyRegistered());
                    await db.SaveChangesAsync(stop);
                    await audit.Append(caller, "account.registered.again", known.Id, stop);
                    return;
                }
                var user = known ?? await Add(email, hash, stop);
                if (user is null)
                {
                    // Somebody else registered the address in this very moment, and gets the mail.
                    return;
                }
                Take(user, newcomer, hash);
                await db.SaveChangesAsync(stop);
                var link = await links.Issue(user, MailedPurpose.Verify, email, stop);
                await Mail(mayMail, email, AccountMails.Verify(link));
                await db.SaveChangesAsync(stop);
                await audit.Append(caller, "account.registered", user.Id, stop);
            },
            stop);
    }

    /// <summary>Whoever confirms the address decides by which registration: the newest one's password counts, and only its link works.</summary>
    void Take(User user, Newcomer newcomer, string hash)
    {
        var now = clock.GetUtcNow();
        user.PasswordHash = hash;
        (user.Name, user.Language, user.TimeZone) = (newcomer.Name, newcomer.Language, newcomer.TimeZone);
        (user.TermsAcceptedAt, user.PrivacyAcceptedAt, user.AdultConfirmedAt) = (now, now, now);
    }

    async Task<User?> Add(string email, string hash, CancellationToken stop)
    {
        var now = clock.GetUtcNow();
        var added = await db.Database.SqlQuery<long>(
            $"""
            INSERT INTO users (email, password_hash, role, plan, is_demo, created_at)
            VALUES ({email}, {hash}, 'USER', 'FREE', false, {now})
            ON CONFLICT (email) DO NOTHING
            RETURNING id AS "Value"
            """).ToListAsync(stop);
        return added is [var id] ? await db.Set<User>().SingleAsync(user => user.Id == id, stop) : null;
    }

    public Task Verify(Caller caller, string token, CancellationToken stop) =>
        db.InTransaction(
            async _ =>
            {
                var link = await links.Spend(MailedPurpose.Verify, token, stop);
                var user = await db.Set<User>().SingleAsync(known => known.Id == link.UserId, stop);
                user.EmailVerifiedAt = clock.GetUtcNow();
                await db.SaveChangesAsync(stop);
                await audit.Append(caller, "account.verified", user.Id, stop);
            },
            stop);

    /// <summary>Sends the confirmation anew, where one is missing.</summary>
    public Task SendVerification(Caller caller, string email, CancellationToken stop) =>
        SendLink(caller, email, user => user.EmailVerifiedAt is null, MailedPurpose.Verify, AccountMails.Verify, "account.verification.sent", stop);

    public Task ForgotPassword(Caller caller, string email, CancellationToken stop) =>
        SendLink(caller, email, user => user.EmailVerifiedAt is not null, MailedPurpose.Reset, AccountMails.Reset, "password.reset.asked", stop);

    async Task SendLink(Caller caller, string given, Func<User, bool> isDue, MailedPurpose purpose, Func<string, MailContent> write, string action, CancellationToken stop)
    {
        var email = User.Normal(given);
        var mayMail = await MayMail(email, stop);
        await db.InTransaction(
            async _ =>
            {
                var user = await db.Set<User>().SingleOrDefaultAsync(known => known.Email == email, stop);
                if (user is not null && isDue(user) && mayMail)
                {
                    var link = await links.Issue(user, purpose, email, stop);
                    await Mail(mayMail, email, write(link));
                    await db.SaveChangesAsync(stop);
                }
                await audit.Append(caller, action, user?.Id, stop);
            },
            stop);
    }

    /// <summary>Replaces a password by a mailed link. It opens no session and skips no second factor: one signs in after it.</summary>
    public async Task Reset(Caller caller, string token, string password, CancellationToken stop)
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
                user.EmailVerifiedAt ??= clock.GetUtcNow();
                await SetPassword(caller, user, hash, keep: null, "password.reset", stop);
            },
            stop);
    }

    /// <summary>One password is replaced by another: links, other sessions and known browsers end with it.</summary>
    public async Task SetPassword(Caller caller, User user, string hash, long? keep, string action, CancellationToken stop)
    {
        (user.PasswordHash, user.PasswordChangedAt) = (hash, clock.GetUtcNow());
        await links.Void(user.Id, MailedPurpose.Reset, stop);
        await sessions.EndAll(user.Id, keep, "password changed", stop);
        await sessions.ForgetDevices(user.Id, stop);
        await guard.Forgive(user.Email, stop);
        await mailer.Send(user.Email, AccountMails.PasswordChanged(caller, clock.GetUtcNow()));
        await db.SaveChangesAsync(stop);
        await audit.Append(caller, action, user.Id, stop);
    }

    /// <summary>An account made by an admin: nobody knows its password until its owner chooses one by the mailed link.</summary>
    public async Task<User> Invite(Caller caller, Newcomer newcomer, Role role, Plan plan, CancellationToken stop)
    {
        User? made = null;
        var email = User.Normal(newcomer.Email);
        await db.InTransaction(
            async _ =>
            {
                made = await Add(email, "", stop) ?? throw new TidemarkException(ErrorCode.Conflict, $"There is an account with the address {email}.");
                (made.Name, made.Language, made.TimeZone, made.Role, made.Plan) = (newcomer.Name, newcomer.Language, newcomer.TimeZone, role, plan);
                var link = await links.Issue(made, MailedPurpose.Reset, email, stop, InvitationLasts);
                await mailer.Send(email, AccountMails.Invited(link));
                await db.SaveChangesAsync(stop);
                await audit.Append(caller, "user.created", made.Id, stop, ("role", role.ToString()), ("plan", plan.ToString()));
            },
            stop);
        return made!;
    }

    async Task<bool> MayMail(string email, CancellationToken stop) =>
        (await limits.Spend(MailsToOne, Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(email)).AsSpan(0, 16)), stop)).Allowed;

    Task Mail(bool mayMail, string to, MailContent content) => mayMail ? mailer.Send(to, content) : Task.CompletedTask;
}
