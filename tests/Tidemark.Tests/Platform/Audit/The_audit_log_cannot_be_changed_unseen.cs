using FsCheck;
using FsCheck.Fluent;
using Microsoft.Extensions.DependencyInjection;
using Tidemark.Accounts;
using Tidemark.Platform.Api;
using Tidemark.Platform.Database;
using Tidemark.Running;

namespace Tidemark.Platform.Audit;

public sealed class The_audit_log_cannot_be_changed_unseen(TestPostgres postgres) : IAsyncLifetime
{
    readonly RunningServer _server = new(postgres);

    public ValueTask InitializeAsync() => _server.InitializeAsync();
    public ValueTask DisposeAsync() => _server.DisposeAsync();

    [Theory]
    [InlineData("UPDATE audit_log SET action = 'nothing'")]
    [InlineData("DELETE FROM audit_log")]
    [InlineData("TRUNCATE audit_log")]
    [InlineData("DELETE FROM audit_head")]
    [InlineData("UPDATE audit_head SET seq = 0")]
    public async Task The_database_refuses_every_change(string sql)
    {
        await Append(3);

        (await Should.ThrowAsync<Npgsql.PostgresException>(() => Execute(sql))).SqlState.ShouldBe(Npgsql.PostgresErrorCodes.InsufficientPrivilege);

        (await Verify()).Intact.ShouldBeTrue();
    }

    [Theory]
    [InlineData("UPDATE audit_log SET details = '{}' WHERE seq = 4", 4)]
    [InlineData("UPDATE audit_log SET actor = 99 WHERE seq = 2", 2)]
    [InlineData("DELETE FROM audit_log WHERE seq = 3", 3)]
    [InlineData("DELETE FROM audit_log WHERE seq = 6", 6)]
    [InlineData("UPDATE audit_log SET seq = CASE seq WHEN 2 THEN 1003 ELSE 1002 END WHERE seq IN (2, 3); UPDATE audit_log SET seq = seq - 1000 WHERE seq > 1000", 2)]
    public async Task Who_switches_the_guards_off_is_still_found(string sql, long at)
    {
        await Append(6);
        await Execute("ALTER TABLE audit_log DISABLE TRIGGER USER");

        await Execute(sql);

        var verdict = await Verify();
        verdict.Intact.ShouldBeFalse();
        verdict.FaultAt.ShouldBe(at);
    }

    [Fact]
    public async Task Many_appenders_at_once_make_one_chain()
    {
        await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => Append(5)));

        var verdict = await Verify();

        (verdict.Intact, verdict.Rows).ShouldBe((true, 60L));
    }

    [Fact]
    public async Task What_is_rolled_back_was_never_written()
    {
        await using var scope = _server.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TidemarkDb>();
        await using (await db.Database.BeginTransactionAsync())
        {
            await scope.ServiceProvider.GetRequiredService<AuditLog>().AppendFromConsole("nothing", null, CancellationToken.None);
        }

        (await Verify()).Rows.ShouldBe(0);
    }

    [Fact]
    public async Task Admins_read_all_of_it_and_people_their_own_part()
    {
        using var admin = await Visitor.SignUp(_server, role: Role.Admin);
        using var ann = await Visitor.SignUp(_server);
        using var bob = await Visitor.SignUp(_server);
        await admin.Post($"admin/users/{ann.Id}/lock", new { reason = "Test" });
        await admin.Post($"admin/users/{ann.Id}/unlock");
        await ann.SignIn();

        var all = await admin.Get($"admin/audit?subject={ann.Id}&action=user");
        var own = (await ann.Get("account/audit")).Data.EnumerateArray().Select(entry => entry.GetProperty("action").GetString()).ToList();
        var bobs = (await bob.Get("account/audit")).Data.EnumerateArray().ToList();

        all.Data.EnumerateArray().Select(entry => entry.GetProperty("action").GetString()).ShouldBe(["user.unlocked", "user.locked"]);
        own.ShouldContain("user.locked");
        own.ShouldContain("signin.done");
        bobs.ShouldAllBe(entry => entry.GetProperty("actor").GetInt64() == bob.Id);
        (await ann.Get("admin/audit")).Status.ShouldBe(403);
        (await admin.Get("admin/audit/verify")).Data.GetProperty("intact").GetBoolean().ShouldBeTrue();
    }

    [Fact]
    public void Whatever_is_changed_in_a_chain_shows_where()
    {
        var chains = ArbMap.Default.ArbFor<string>().Generator.Select(text => text ?? "").Two().Select(pair => (Action: pair.Item1, Details: pair.Item2)).ArrayOf(8);
        Prop.ForAll(chains.ToArbitrary(), Gen.Choose(0, 7).Two().ToArbitrary(), (facts, places) =>
        {
            var rows = new List<AuditRow>();
            foreach (var (action, details) in facts)
            {
                var row = new AuditRow(0, DateTimeOffset.UnixEpoch.AddSeconds(rows.Count), null, "none", action, null, "net", details, AuditRow.Root, []);
                rows.Add(row.Chained(rows.Count + 1, rows.Count > 0 ? rows[^1].Hash : AuditRow.Root));
            }
            var changed = rows.ToList();
            changed[places.Item1] = changed[places.Item1] with { Details = changed[places.Item1].Details + "!" };
            // A row whose hash was made anew, too, no longer fits the one after it, or the head.
            var rewritten = rows.ToList();
            rewritten[places.Item2] = (rewritten[places.Item2] with { Action = rewritten[places.Item2].Action + "!" }).Chained(places.Item2 + 1, rewritten[places.Item2].Previous);
            // Characters moved from one field into the next make another row.
            var moved = rows.ToList();
            moved[places.Item1] = moved[places.Item1] with { Action = moved[places.Item1].Action + "x", Details = moved[places.Item1].Details };

            return FaultOf(rows, rows) is null
                && FaultOf(changed, rows) == places.Item1 + 1
                && FaultOf(rewritten, rows) == Math.Min(places.Item2 + 2, rows.Count)
                && FaultOf(moved, rows) == places.Item1 + 1
                && FaultOf([.. rows.SkipLast(1)], rows) == rows.Count;
        }).QuickCheckThrowOnFailure();

        static long? FaultOf(List<AuditRow> walked, List<AuditRow> written)
        {
            var chain = new AuditChain();
            foreach (var row in walked)
            {
                if (chain.Add(row) is { } fault)
                {
                    return fault.Seq;
                }
            }
            return chain.EndsAt(written[^1].Seq, written[^1].Hash)?.Seq;
        }
    }

    async Task Append(int count)
    {
        for (var i = 0; i < count; i++)
        {
            await using var scope = _server.Services.CreateAsyncScope();
            await scope.ServiceProvider.GetRequiredService<AuditLog>().AppendFromConsole("test.happened", 7, CancellationToken.None, ("i", i), ("text", "Ünïcode \"quoted\""));
        }
    }

    Task<AuditVerdict> Verify() => _server.Services.GetRequiredService<AuditReader>().Verify(CancellationToken.None);

    async Task Execute(string sql)
    {
        await using var command = _server.Source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
