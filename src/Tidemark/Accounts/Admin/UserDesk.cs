using Microsoft.EntityFrameworkCore;
using Tidemark.Accounts.Mails;
using Tidemark.Accounts.Sessions;
using Tidemark.Accounts.SignIn;
using Tidemark.Platform.Api;
using Tidemark.Platform.Audit;
using Tidemark.Platform.Database;

namespace Tidemark.Accounts.Admin;

/// <summary>What admins and operators do to accounts. Nobody here sets a password or reads a secret; whoever is locked, unlocked, changed, signed out or deleted gets a mail.</summary>
public sealed class UserDesk(TidemarkDb db, SessionBook sessions, MailedTokens links, SignInGuard guard, AccountMailer mailer, AuditLog audit, StandingNews news, TimeProvider clock)
{
    /// <summary>Who acts: an admin, or the operator at the machine's console.</summary>
    public sealed record Actor(Caller? Admin)
    {
        public static Actor Console { get; } = new((Caller?)null);
    }

    public Task SetStanding(Actor actor, long id, Role? role, Plan? plan, CancellationToken stop) =>
        On(id, async user =>
        {
            if (role is { } other && other != user.Role)
            {
                await LastAdmin.Guard(db, user, stop);
                await Note(actor, "user.role", user, stop, ("from", user.Role.ToString()), ("to", other.ToString()));
                user.Role = other;
                await db.SaveChangesAsync(stop);
                await sessions.EndAll(user.Id, null, "role changed", stop);
            }
            if (plan is { } bought && bought != user.Plan)
            {
                await Note(actor, "user.plan", user, stop, ("from", user.Plan.ToString()), ("to", bought.ToString()));
                user.Plan = bought;
            }
            await mailer.Send(user.Email, AccountMails.StandingChanged(user.Role, user.Plan));
        }, stop);

    public Task Lock(Actor actor, long id, string reason, CancellationToken stop) =>
        On(id, async user =>
        {
            if (user.LockedAt is null)
            {
                await LastAdmin.Guard(db, user, stop);
            }
            (user.LockedAt, user.LockReason) = (clock.GetUtcNow(), reason);
            await db.SaveChangesAsync(stop);
            await links.VoidAll(user.Id, stop);
            await sessions.EndAll(user.Id, null, "account locked", stop);
            await mailer.Send(user.Email, AccountMails.Locked(reason));
            await Note(actor, "user.locked", user, stop, ("reason", reason));
        }, stop);

    /// <summary>Opens a locked account, and forgets the failed attempts that made it wait.</summary>
    public Task Unlock(Actor actor, long id, CancellationToken stop) =>
        On(id, async user =>
        {
            if (user.LockedAt is not null)
            {
                await mailer.Send(user.Email, AccountMails.Unlocked());
            }
            (user.LockedAt, user.LockReason) = (null, null);
            await guard.Forgive(user.Email, stop);
            await guard.ForgiveCodes(user.Id, stop);
            await Note(actor, "user.unlocked", user, stop);
        }, stop);

    public Task SignOut(Actor actor, long id, CancellationToken stop) =>
        On(id, async user =>
        {
            await sessions.EndAll(user.Id, null, "ended by an admin", stop);
            await mailer.Send(user.Email, AccountMails.SignedOut(clock.GetUtcNow()));
            await Note(actor, "user.signedOut", user, stop);
        }, stop);

    public Task EndSession(Actor actor, long id, long session, CancellationToken stop) =>
        On(id, async user =>
        {
            if (!await sessions.End(user.Id, session, "ended by an admin", stop))
            {
                throw new TidemarkException(ErrorCode.NotFound);
            }
            await Note(actor, "session.ended", user, stop, ("session", session));
        }, stop);

    /// <summary>Mails the owner a link to choose a password. The console gets the link too: its operator may have no mail server.</summary>
    public async Task<string> SendReset(Actor actor, long id, CancellationToken stop)
    {
        var link = "";
        await On(id, async user =>
        {
            link = await links.Issue(user, MailedPurpose.Reset, user.Email, stop);
            await mailer.Send(user.Email, AccountMails.Reset(link));
            await Note(actor, "user.resetSent", user, stop);
        }, stop);
        return link;
    }

    /// <summary>For who lost phone, recovery codes or passkeys; only at the machine's console.</summary>
    public Task RemoveSecondFactor(long id, CancellationToken stop) =>
        On(id, async user =>
        {
            (user.TotpSecret, user.TotpEnabledAt) = (null, null);
            await db.SaveChangesAsync(stop);
            await db.Database.ExecuteSqlAsync($"DELETE FROM recovery_codes WHERE user_id = {user.Id}", stop);
            await db.Database.ExecuteSqlAsync($"DELETE FROM passkeys WHERE user_id = {user.Id}", stop);
            await links.VoidAll(user.Id, stop);
            await sessions.EndAll(user.Id, null, "second factor removed", stop);
            await sessions.ForgetDevices(user.Id, stop);
            await mailer.Send(user.Email, AccountMails.SecondFactorRemoved());
            await Note(Actor.Console, "secondFactor.removed", user, stop);
        }, stop);

    public Task Delete(Actor actor, long id, CancellationToken stop) =>
        On(id, async user =>
        {
            await LastAdmin.Guard(db, user, stop);
            await mailer.Send(user.Email, AccountMails.Deleted());
            await sessions.EndAll(user.Id, null, "account deleted", stop);
            db.Remove(user);
            await db.SaveChangesAsync(stop);
            await Profile.PersonalData.Forget(db, user, stop);
            await Note(actor, "user.deleted", user, stop);
        }, stop);

    async Task On(long id, Func<User, Task> work, CancellationToken stop)
    {
        await db.InTransaction(
            async _ =>
            {
                var user = await db.Set<User>().FromSql($"SELECT * FROM users WHERE id = {id} FOR UPDATE").SingleOrDefaultAsync(stop) ?? throw new TidemarkException(ErrorCode.NotFound);
                await work(user);
                await db.SaveChangesAsync(stop);
            },
            stop);
        await news.Tell(id, stop);
    }

    Task Note(Actor actor, string action, User user, CancellationToken stop, params ReadOnlySpan<(string Name, object? Value)> details) =>
        actor.Admin is { } admin ? audit.Append(admin, action, user.Id, stop, details) : audit.AppendFromConsole(action, user.Id, stop, details);
}
