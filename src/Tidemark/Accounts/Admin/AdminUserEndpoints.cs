using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using Microsoft.EntityFrameworkCore;
using Tidemark.Accounts.Keys;
using Tidemark.Accounts.Profile;
using Tidemark.Accounts.SecondFactor;
using Tidemark.Accounts.SignIn;
using Tidemark.Platform.Api;
using Tidemark.Platform.Audit;
using Tidemark.Platform.Database;
using static Tidemark.Accounts.SignIn.AuthEndpoints;

namespace Tidemark.Accounts.Admin;

/// <summary>Users, as admins see and change them.</summary>
public static class AdminUserEndpoints
{
    public static void Map(RouteGroupBuilder users)
    {
        users.MapGet("", List).Allow(Caller.Operator, "admin:users").WithSummary("Users, newest first: search, filter, page").Shows(new Page<UserView>([Example], 50, null));
        users.MapPost("", Create).Allow(Caller.ConfirmedOperator).HandlesSecrets().WithSummary("Make an account; its owner chooses the password by mail").Shows(Example, new NewUser("bob@example.com", "Bob", Role.User, Plan.Pro));
        users.MapPost("/bulk", Bulk).Allow(Caller.ConfirmedOperator).HandlesSecrets().WithSummary("Do the same to many users; each is done or refused by itself").Shows(new BulkOutcome([17], [new(1, "CONFLICT", "This is the last admin who can sign in; make another first.")]), new BulkOrder([17, 1], BulkAction.Lock, Reason: "Spam"));
        users.MapGet("/{id:long}", One).Allow(Caller.Operator, "admin:users").WithSummary("One user").Shows(new UserDetail(Example, "Europe/Zurich", "en", "tidemark-…", 1, 1, 2, 0, [SecurityEndpoints.ExampleSession]));
        users.MapPatch("/{id:long}", Change).Allow(Caller.ConfirmedOperator).HandlesSecrets().WithSummary("Change role and plan").Shows(Example, new UserChange(Plan: Plan.Premium));
        users.MapDelete("/{id:long}", Delete).Allow(Caller.ConfirmedOperator).HandlesSecrets().WithSummary("Delete a user and everything of his").Shows(Done.Yes);
        users.MapPost("/{id:long}/lock", Lock).Allow(Caller.ConfirmedOperator).HandlesSecrets().WithSummary("Lock an account; its sessions end at once").Shows(Example, new LockOrder("Spam"));
        users.MapPost("/{id:long}/unlock", Unlock).Allow(Caller.ConfirmedOperator).HandlesSecrets().WithSummary("Unlock an account, and forget its failed sign-ins").Shows(Example);
        users.MapPost("/{id:long}/sign-out", SignOut).Allow(Caller.ConfirmedOperator).HandlesSecrets().WithSummary("End all sessions of a user").Shows(Done.Yes);
        users.MapPost("/{id:long}/send-reset", SendReset).Allow(Caller.ConfirmedOperator).HandlesSecrets().WithSummary("Mail the user a link to choose a password").Shows(Done.Yes);
        users.MapGet("/{id:long}/sessions", ListSessions).Allow(Caller.Operator, "admin:users").WithSummary("Where a user is signed in").Shows(new[] { SecurityEndpoints.ExampleSession });
        users.MapDelete("/{id:long}/sessions/{session:long}", EndSession).Allow(Caller.ConfirmedOperator).HandlesSecrets().WithSummary("End one session of a user").Shows(Done.Yes);
        users.MapGet("/{id:long}/audit", Audit).Allow(Caller.Operator, "admin:audit").WithSummary("What the audit log holds of a user, newest first").Shows(new Page<AuditEntry>([AuditEndpoints.Example], 50, null));
    }

    static UserView Example { get; } = new(17, "bob@example.com", "Bob", Role.User, Plan.Pro, UserStatus.Active, null, true, false, new(2026, 11, 21, 12, 0, 0, TimeSpan.Zero), null);

    /// <summary>Whether an account can be signed in to.</summary>
    public enum UserStatus
    {
        Active,

        /// <summary>Its address is not confirmed yet.</summary>
        Unconfirmed,
        Locked,
    }

    public enum BulkAction
    {
        Lock,
        Unlock,
        SignOut,
        SetPlan,
        SetRole,
        Delete,
    }

    public sealed record UserView(
        long Id, string Email, string Name, Role Role, Plan Plan, UserStatus Status,
        [property: Description("Why it is locked.")] string? LockReason,
        [property: Description("Whether an authenticator is on.")] bool HasAuthenticator,
        bool IsDemo, DateTimeOffset CreatedAt, DateTimeOffset? LastSeenAt);

    public sealed record UserDetail(
        UserView User, string TimeZone, string Language, string NtfyTopic,
        int Sessions, int Devices, int Passkeys, int ApiKeys,
        [property: Description("The sessions that are open.")] IReadOnlyList<SecurityEndpoints.SessionView> OpenSessions);

    public sealed record NewUser(string Email, string? Name = null, Role Role = Role.User, Plan Plan = Plan.Free);
    public sealed record UserChange(Role? Role = null, Plan? Plan = null);
    public sealed record LockOrder([property: Description("Why; the audit log keeps it."), StringLength(500, MinimumLength = 1)] string Reason);

    public sealed record BulkOrder(
        [property: Description("Ids of users, at most 200."), MinLength(1), MaxLength(200)] IReadOnlyList<long> Users,
        BulkAction Action,
        [property: Description("For lock."), StringLength(500)] string? Reason = null,
        [property: Description("For setPlan.")] Plan? Plan = null,
        [property: Description("For setRole.")] Role? Role = null);

    public sealed record BulkRefusal(long User, string Code, string Message);
    public sealed record BulkOutcome([property: Description("Users it was done to.")] IReadOnlyList<long> Done, IReadOnlyList<BulkRefusal> Refused);

    static async Task<Page<UserView>> List(
        [AsParameters] PageRequest page,
        [Description("Part of the address or name.")] string? search,
        [Description("Only this role.")] Word<Role>? role,
        [Description("Only this plan.")] Word<Plan>? plan,
        [Description("Only accounts in this state.")] Word<UserStatus>? status,
        TidemarkDb db, CancellationToken stop)
    {
        new Fields().Must("search", search?.Length > 100 ? "At most 100 characters." : null).Hold();
        var before = page.Before;
        var users = db.Set<User>().AsNoTracking().Where(user => user.Id < before);
        if (!string.IsNullOrWhiteSpace(search))
        {
            var pattern = $"%{search.Trim().Replace("\\", "\\\\", StringComparison.Ordinal).Replace("%", "\\%", StringComparison.Ordinal).Replace("_", "\\_", StringComparison.Ordinal)}%";
            users = users.Where(user => EF.Functions.ILike(user.Email, pattern, "\\") || EF.Functions.ILike(user.Name, pattern, "\\"));
        }
        users = role?.Value is { } onlyRole ? users.Where(user => user.Role == onlyRole) : users;
        users = plan?.Value is { } onlyPlan ? users.Where(user => user.Plan == onlyPlan) : users;
        users = status?.Value switch
        {
            UserStatus.Locked => users.Where(user => user.LockedAt != null),
            UserStatus.Unconfirmed => users.Where(user => user.LockedAt == null && user.EmailVerifiedAt == null),
            UserStatus.Active => users.Where(user => user.LockedAt == null && user.EmailVerifiedAt != null),
            _ => users,
        };
        var found = await users.OrderByDescending(user => user.Id).ToPage(page, user => user.Id, stop);
        return new Page<UserView>([.. found.Items.Select(View)], found.Limit, found.NextCursor);
    }

    static async Task<UserView> Create(NewUser wanted, HttpContext http, Caller caller, Registration registration, CancellationToken stop)
    {
        new Fields().Must("email", Fields.Email(wanted.Email)).Must("name", Fields.Name(wanted.Name ?? "")).Hold();
        var user = await registration.Invite(caller, new(wanted.Email, "", (wanted.Name ?? "").Trim(), "en", "UTC"), wanted.Role, wanted.Plan, stop);
        http.Response.StatusCode = StatusCodes.Status201Created;
        return View(user);
    }

    static async Task<UserDetail> One(long id, TidemarkDb db, TimeProvider clock, CancellationToken stop)
    {
        var user = await Find(id, db, stop);
        var open = await SecurityEndpoints.SessionsOf(id, null, db, clock, stop);
        var now = clock.GetUtcNow();
        return new UserDetail(
            View(user), user.TimeZone, user.Language, user.NtfyTopic, open.Count,
            await db.Set<Sessions.Device>().CountAsync(device => device.UserId == id, stop),
            await db.Set<Passkey>().CountAsync(passkey => passkey.UserId == id, stop),
            await db.Set<ApiKey>().CountAsync(key => key.UserId == id && key.RevokedAt == null && (key.ExpiresAt == null || key.ExpiresAt > now), stop),
            open);
    }

    static async Task<UserView> Change(long id, UserChange change, Caller caller, UserDesk desk, TidemarkDb db, CancellationToken stop)
    {
        await desk.SetStanding(new(caller), id, change.Role, change.Plan, stop);
        return View(await Find(id, db, stop));
    }

    static async Task<UserView> Lock(long id, LockOrder order, Caller caller, UserDesk desk, TidemarkDb db, CancellationToken stop)
    {
        await desk.Lock(new(caller), id, order.Reason, stop);
        return View(await Find(id, db, stop));
    }

    static async Task<UserView> Unlock(long id, Caller caller, UserDesk desk, TidemarkDb db, CancellationToken stop)
    {
        await desk.Unlock(new(caller), id, stop);
        return View(await Find(id, db, stop));
    }

    static async Task<Done> Delete(long id, Caller caller, UserDesk desk, CancellationToken stop)
    {
        await desk.Delete(new(caller), id, stop);
        return Done.Yes;
    }

    static async Task<Done> SignOut(long id, Caller caller, UserDesk desk, CancellationToken stop)
    {
        await desk.SignOut(new(caller), id, stop);
        return Done.Yes;
    }

    static async Task<Done> SendReset(long id, Caller caller, UserDesk desk, CancellationToken stop)
    {
        await desk.SendReset(new(caller), id, stop);
        return Done.Yes;
    }

    static async Task<Done> EndSession(long id, long session, Caller caller, UserDesk desk, CancellationToken stop)
    {
        await desk.EndSession(new(caller), id, session, stop);
        return Done.Yes;
    }

    static async Task<IReadOnlyList<SecurityEndpoints.SessionView>> ListSessions(long id, TidemarkDb db, TimeProvider clock, CancellationToken stop)
    {
        await Find(id, db, stop);
        return await SecurityEndpoints.SessionsOf(id, null, db, clock, stop);
    }

    static async Task<Page<AuditEntry>> Audit(long id, [AsParameters] PageRequest page, TidemarkDb db, AuditReader reader, CancellationToken stop)
    {
        await Find(id, db, stop);
        return await reader.Read(new AuditFilter(About: id), page, stop);
    }

    static async Task<BulkOutcome> Bulk(BulkOrder order, Caller caller, IServiceScopeFactory scopes, CancellationToken stop)
    {
        new Fields()
            .Must("plan", order.Action == BulkAction.SetPlan && order.Plan is null ? "setPlan needs a plan." : null)
            .Must("role", order.Action == BulkAction.SetRole && order.Role is null ? "setRole needs a role." : null)
            .Must("reason", order.Action == BulkAction.Lock && string.IsNullOrWhiteSpace(order.Reason) ? "lock needs a reason." : null)
            .Hold();
        var (done, refused) = (new List<long>(), new List<BulkRefusal>());
        foreach (var id in order.Users.Distinct())
        {
            try
            {
                // Each in a transaction of its own: what is refused to one is not undone for the others.
                await using var scope = scopes.CreateAsyncScope();
                await Do(order, new(caller), id, scope.ServiceProvider.GetRequiredService<UserDesk>(), stop);
                done.Add(id);
            }
            catch (TidemarkException refusal)
            {
                refused.Add(new(id, refusal.Code.Name, refusal.Message));
            }
        }
        return new BulkOutcome(done, refused);
    }

    static Task Do(BulkOrder order, UserDesk.Actor actor, long id, UserDesk desk, CancellationToken stop) => order.Action switch
    {
        BulkAction.Lock => desk.Lock(actor, id, order.Reason!, stop),
        BulkAction.Unlock => desk.Unlock(actor, id, stop),
        BulkAction.SignOut => desk.SignOut(actor, id, stop),
        BulkAction.SetPlan => desk.SetStanding(actor, id, null, order.Plan, stop),
        BulkAction.SetRole => desk.SetStanding(actor, id, order.Role, null, stop),
        _ => desk.Delete(actor, id, stop),
    };

    static async Task<User> Find(long id, TidemarkDb db, CancellationToken stop) =>
        await db.Set<User>().AsNoTracking().SingleOrDefaultAsync(user => user.Id == id, stop) ?? throw new TidemarkException(ErrorCode.NotFound);

    static UserView View(User user) => new(
        user.Id, user.Email, user.Name, user.Role, user.Plan,
        user.LockedAt is not null ? UserStatus.Locked : user.EmailVerifiedAt is null ? UserStatus.Unconfirmed : UserStatus.Active,
        user.LockReason, user.HasAuthenticator, user.IsDemo, user.CreatedAt, user.LastSeenAt);
}
