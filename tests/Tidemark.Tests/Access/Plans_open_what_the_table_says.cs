using System.Text.Json;
using FsCheck.Fluent;
using Microsoft.Extensions.DependencyInjection;
using Tidemark.Accounts;
using Tidemark.Platform.Api;
using Tidemark.Running;

namespace Tidemark.Access;

public sealed class Plans_open_what_the_table_says(ClockedServer server) : IClassFixture<ClockedServer>
{
    [Theory]
    // The table of pages by plan, as the product promises it; Premium's pages are an admin's too.
    [InlineData("landing", true, true, true, true)]
    [InlineData("dashboard", true, true, true, true)]
    [InlineData("patterns", false, true, true, true)]
    [InlineData("signals", false, true, true, true)]
    [InlineData("alerts", true, true, true, true)]
    [InlineData("portfolio", false, true, true, true)]
    [InlineData("analytics", false, true, true, true)]
    [InlineData("backtest", false, false, true, true)]
    [InlineData("api", false, false, true, true)]
    [InlineData("profile", true, true, true, true)]
    [InlineData("admin", false, false, false, true)]
    public void Pages(string page, bool free, bool pro, bool premium, bool admin)
    {
        bool IsOpen(Plan plan, Role role) => PageAccess.For(plan, role).Single(standing => standing.Page == page).Open;

        (IsOpen(Plan.Free, Role.User), IsOpen(Plan.Pro, Role.User), IsOpen(Plan.Premium, Role.User), IsOpen(Plan.Free, Role.Admin)).ShouldBe((free, pro, premium, admin));
    }

    [Theory]
    [InlineData("symbols", 1, 5, null)]
    [InlineData("patterns.kinds", 1, 3, 3)]
    [InlineData("patterns.history", 0, 100, null)]
    [InlineData("signals.read", 0, 50, null)]
    [InlineData("portfolios", 0, 1, null)]
    [InlineData("portfolios.transactions", 0, 5, null)]
    [InlineData("backtest.run", 0, 0, null)]
    [InlineData("analytics", 0, null, null)]
    [InlineData("notifications", 1, 20, null)]
    [InlineData("notifications.delay", 10, 0, 0)]
    [InlineData("alerts", 3, 50, 1_000)]
    [InlineData("alerts.conditions", 8, null, null)]
    [InlineData("api.access", 0, 0, null)]
    public async Task Limits(string name, int? free, int? pro, int? premium)
    {
        var row = (await server.Http.Get("/api/v1/access/catalogue")).Data.EnumerateArray().Single(row => row.GetProperty("entitlement").GetString() == name);

        new[] { Number("free"), Number("pro"), Number("premium") }.ShouldBe([free, pro, premium]);

        int? Number(string plan) => row.GetProperty(plan).ValueKind == JsonValueKind.Null ? null : row.GetProperty(plan).GetInt32();
    }

    [Fact]
    public void Free_has_bitcoin_and_gaps_only()
    {
        Entitlements.Symbols.Explain(Plan.Free, Role.User, item: "BTC/USDT").Allowed.ShouldBeTrue();
        Entitlements.Symbols.Explain(Plan.Free, Role.User, item: "ETH/USDT").OpensWith.ShouldBe(Plan.Pro);
        Entitlements.PatternKinds.Explain(Plan.Free, Role.User, item: "FVG").Allowed.ShouldBeTrue();
        Entitlements.PatternKinds.Explain(Plan.Free, Role.User, item: "OB").Allowed.ShouldBeFalse();
        Entitlements.PatternKinds.Explain(Plan.Pro, Role.User, item: "SWEEP").Allowed.ShouldBeTrue();
    }

    [Fact]
    public void A_provider_tests_strategies_by_quota()
    {
        Entitlements.Backtest.Explain(Plan.Free, Role.Provider).Limit.ShouldBe(20);
        Entitlements.Backtest.Explain(Plan.Premium, Role.Provider).Limit.ShouldBeNull();
    }

    [Fact]
    public async Task A_refusal_explains_itself()
    {
        using var free = await Visitor.SignUp(server);

        var why = (await free.Get("access/backtest.run")).Data;

        why.GetProperty("allowed").GetBoolean().ShouldBeFalse();
        why.GetProperty("plan").GetString().ShouldBe("free");
        why.GetProperty("limit").GetInt32().ShouldBe(0);
        why.GetProperty("opensWith").GetString().ShouldBe("premium");
        why.GetProperty("whatToDo").GetString().ShouldBe("Free does not include backtests. Premium has no limit.");
        var pages = (await free.Get("access/pages")).Data.EnumerateArray().ToDictionary(page => page.GetProperty("page").GetString()!, page => page.GetProperty("open").GetBoolean());
        (pages["dashboard"], pages["backtest"], pages["admin"]).ShouldBe((true, false, false));
    }

    [Fact]
    [Trait("Threat", "T52")]
    public async Task A_daily_limit_holds_however_many_ask_at_once_and_ends_at_midnight_UTC()
    {
        using var pro = await Visitor.Make(server, Plan.Pro);
        var subject = new Subject(pro.Id, Plan.Pro, Role.User);

        var spent = await Task.WhenAll(Enumerable.Range(0, 40).Select(_ => TrySpend(subject, Entitlements.Transactions)));
        var standing = await Standing(subject, Entitlements.Transactions);
        server.Clock.Move(standing.ResetsAt!.Value - server.Clock.GetUtcNow() + TimeSpan.FromSeconds(1));
        var nextDay = await TrySpend(subject, Entitlements.Transactions);

        spent.Count(done => done).ShouldBe(5);
        (standing.Used, standing.Allowed).ShouldBe((5, false));
        standing.ResetsAt!.Value.TimeOfDay.ShouldBe(TimeSpan.Zero);
        standing.WhatToDo!.ShouldContain("midnight UTC");
        nextDay.ShouldBeTrue();
    }

    [Fact]
    public async Task The_database_itself_holds_the_limit()
    {
        using var free = await Visitor.Make(server);
        await TrySpend(new(free.Id, Plan.Free, Role.User), Entitlements.Notifications);

        await using var beyond = server.Source.CreateCommand($"UPDATE entitlement_use SET used = used + 1 WHERE user_id = {free.Id}");

        (await Should.ThrowAsync<Npgsql.PostgresException>(() => beyond.ExecuteNonQueryAsync())).SqlState.ShouldBe(Npgsql.PostgresErrorCodes.CheckViolation);
    }

    [Fact]
    [Trait("Threat", "T52")]
    public async Task What_is_held_never_exceeds_the_plan_and_room_is_made_by_giving_up()
    {
        using var pro = await Visitor.Make(server, Plan.Pro);
        var subject = new Subject(pro.Id, Plan.Pro, Role.User);

        var taken = await Task.WhenAll(Enumerable.Range(0, 30).Select(i => TryTake(subject, Entitlements.Symbols, $"S{i % 15}/USDT")));
        var held = (await Standing(subject, Entitlements.Symbols)).Used;
        await using var scope = server.Services.CreateAsyncScope();
        await using var one = server.Source.CreateCommand($"SELECT item FROM entitlement_places WHERE user_id = {pro.Id} LIMIT 1");
        var item = (string)(await one.ExecuteScalarAsync())!;
        await scope.ServiceProvider.GetRequiredService<PlanAccess>().GiveUp(pro.Id, Entitlements.Symbols, item, CancellationToken.None);

        held.ShouldBe(5);
        taken.Count(done => done).ShouldBeInRange(5, 10);
        (await TryTake(subject, Entitlements.Symbols, "NEW/USDT")).ShouldBeTrue();
        (await TryTake(subject, Entitlements.Symbols, "MORE/USDT")).ShouldBeFalse();
    }

    [Fact]
    public async Task Counting_agrees_with_a_model_of_it()
    {
        // Any walk of spending, changing plan and sleeping over: what was let through never exceeds the limit of its time, and what is left is exact.
        var walks = Gen.Choose(0, 9).ArrayOf(15).Sample(15, 12);
        foreach (var walk in walks)
        {
            using var person = await Visitor.Make(server);
            var (plan, used) = (Plan.Free, 0);
            foreach (var step in walk)
            {
                var limit = Entitlements.Notifications.Of(plan, Role.User).Most;
                switch (step)
                {
                    case 8:
                        plan = (Plan)(((int)plan + 1) % 3);
                        break;
                    case 9:
                        server.Clock.Move(TimeSpan.FromDays(1));
                        used = 0;
                        break;
                    default:
                        var expected = limit is null || used < limit;
                        (await TrySpend(new(person.Id, plan, Role.User), Entitlements.Notifications)).ShouldBe(expected);
                        used += expected ? 1 : 0;
                        break;
                }
                (await Standing(new(person.Id, plan, Role.User), Entitlements.Notifications)).Used.ShouldBe(used);
            }
        }
    }

    async Task<bool> TrySpend(Subject subject, Entitlement entitlement)
    {
        await using var scope = server.Services.CreateAsyncScope();
        try
        {
            await scope.ServiceProvider.GetRequiredService<PlanAccess>().Spend(subject, entitlement, CancellationToken.None);
            return true;
        }
        catch (TidemarkException refused)
        {
            refused.Code.ShouldBeOneOf(ErrorCode.LimitReached, ErrorCode.PlanRequired);
            return false;
        }
    }

    async Task<bool> TryTake(Subject subject, Entitlement entitlement, string item)
    {
        await using var scope = server.Services.CreateAsyncScope();
        try
        {
            await scope.ServiceProvider.GetRequiredService<PlanAccess>().Take(subject, entitlement, item, CancellationToken.None);
            return true;
        }
        catch (TidemarkException refused)
        {
            refused.Code.ShouldBe(ErrorCode.LimitReached);
            return false;
        }
    }

    async Task<Standing> Standing(Subject subject, Entitlement entitlement)
    {
        await using var scope = server.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<PlanAccess>().Allows(subject, entitlement, CancellationToken.None);
    }
}
