using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.Extensions.DependencyInjection;
using Tidemark.Accounts.Keys;
using Tidemark.Accounts.SignIn;
using Tidemark.Platform.Api;
using Tidemark.Running;

namespace Tidemark.Accounts;

/// <summary>
/// Every operation of the API's own description is called by everybody there is: role by plan by credential, with ids of his own
/// account and of another's. What the description says of who may call is what happens; nobody meets another's data or a 500.
/// </summary>
public sealed partial class Who_may_call_what(Who_may_call_what.Server server) : IClassFixture<Who_may_call_what.Server>
{
    public sealed class Server(TestPostgres postgres) : WithAMarket(postgres)
    {
        // Every caller also tries the doors with examples' passwords, from one address.
        protected override void Replace(IServiceCollection services) => services.AddSingleton(new GuardLimits { NetworkTries = 100_000, StormTries = 100_000 });
    }

    sealed record Operation(HttpMethod Method, string Path, string Rule, string? Scope, string? Body)
    {
        public override string ToString() => $"{Method} {Path}";
    }

    sealed record Caller(string Name, Visitor? Person, string? Key, IReadOnlyCollection<string> Scopes, Role Role, Plan Plan, bool IsStale = false);

    [Fact]
    public async Task Every_operation_has_a_rule_the_test_knows() =>
        (await Operations()).Where(operation => operation.Rule is not ("anyone" or "signed in" or "signed in, not by API key" or "signed in, not by API key, confirmed within 10 minutes" or "admin" or "admin, not by API key, confirmed within 10 minutes"))
            .Select(operation => $"{operation}: {operation.Rule}").ShouldBeEmpty();

    [Fact]
    public async Task Every_scope_opens_something_and_every_one_asked_for_can_be_given() =>
        (await Operations()).Select(operation => operation.Scope).OfType<string>().Distinct().ShouldBe(Scopes.All.Select(scope => scope.Name), ignoreOrder: true);

    [Fact]
    [Trait("Threat", "T18")]
    [Trait("Threat", "T19")]
    [Trait("Threat", "T20")]
    [Trait("Threat", "T23")]
    [Trait("Threat", "T24")]
    public async Task Everybody_everywhere()
    {
        var operations = await Operations();
        operations.Count.ShouldBeGreaterThan(60);
        using var victim = await Victim();
        var before = await Fingerprint(victim);
        var wrong = new List<string>();
        foreach (var caller in await Callers())
        {
            var mayHaveEnded = true;
            foreach (var operation in operations)
            {
                if (caller.Person is { } person && mayHaveEnded)
                {
                    // Whatever a call before did to this session is not this call's matter.
                    (await person.SignIn(byToken: person.Token is not null)).Status.ShouldBe(200, caller.Name);
                    if (caller.IsStale)
                    {
                        await Execute($"UPDATE sessions SET confirmed_at = confirmed_at - interval '1 hour' WHERE user_id = {person.Id}");
                    }
                }
                var answer = await Call(caller, operation, await Place(operation.Path, victim));
                mayHaveEnded = operation.Method != HttpMethod.Get && ConcernsSessions().IsMatch(operation.Path);
                if (Fault(caller, operation, answer) is { } fault)
                {
                    wrong.Add($"{caller.Name}: {operation} ({operation.Rule}) -> {answer.Status} {answer.Code}: {fault}");
                }
            }
            caller.Person?.Dispose();
        }

        wrong.ShouldBeEmpty(string.Join("\n", wrong));
        (await Fingerprint(victim)).ShouldBe(before, "nothing of another's was changed");
    }

    [Fact]
    [Trait("Threat", "T17")]
    [Trait("Threat", "T21")]
    public async Task Nobody_writes_for_another_by_naming_him_in_the_body()
    {
        using var victim = await Victim();
        var before = await Fingerprint(victim);
        using var other = await Visitor.SignUp(server, Plan.Premium);
        var wrong = new List<string>();
        foreach (var operation in (await Operations()).Where(operation => operation.Body is not null && operation.Rule != "anyone"))
        {
            (await other.SignIn()).Status.ShouldBe(200);
            var body = System.Text.Json.Nodes.JsonNode.Parse(operation.Body!)!.AsObject();
            body["userId"] = victim.Id;
            var answer = await other.Ask(operation.Method, await Place(operation.Path, victim), body.ToJsonString());
            if (answer.Status is < 400 or >= 500)
            {
                wrong.Add($"{operation} -> {answer.Status} {answer.Code}");
            }
        }

        wrong.ShouldBeEmpty();
        (await Fingerprint(victim)).ShouldBe(before);
    }

    static string? Fault(Caller caller, Operation operation, Answer answer)
    {
        if (answer.Status >= 500)
        {
            return "it broke";
        }
        var expected = Expected(caller, operation);
        var isRefused = answer.Status is 401 or 403 && answer.Code is "SIGN_IN_REQUIRED" or "FORBIDDEN" or "SCOPE_MISSING" or "CONFIRMATION_REQUIRED" or "ADMIN_NEEDS_SECOND_FACTOR";
        if (expected is null && operation.Path.Contains("{userId}", StringComparison.Ordinal) && caller.Role != Role.Admin)
        {
            // The address names its owner, who is somebody else.
            return answer is { Status: 403, Code: "FORBIDDEN" } or { Status: 400 } ? null : "it is another's";
        }
        return (expected, isRefused) switch
        {
            (null, true) => "it should be let through",
            ({ } status, false) => $"it should be refused with {status}",
            ({ } status, true) when answer.Status != status => $"it should be refused with {status}",
            // Ids that stand in the path are the victim's or nobody's: for whoever is let through, they are not there.
            (null, false) when operation.Path.Contains('{', StringComparison.Ordinal) && !operation.Path.Contains("{entitlement}", StringComparison.Ordinal) && answer.Status is not (400 or 404) && caller.Role != Role.Admin => "it should not be there",
            _ => null,
        };
    }

    /// <summary>The status a caller is refused with; null when he is let through.</summary>
    static int? Expected(Caller caller, Operation operation)
    {
        if (operation.Rule == "anyone")
        {
            return caller.Key is not null && operation.Scope is { } needed && !caller.Scopes.Contains(needed) ? 403 : null;
        }
        if (caller is { Person: null, Key: null })
        {
            return 401;
        }
        if (caller.Key is not null)
        {
            return operation.Scope is { } scope && caller.Scopes.Contains(scope) && (operation.Rule == "signed in" || caller.Role == Role.Admin) ? null : 403;
        }
        return (operation.Rule.StartsWith("admin", StringComparison.Ordinal) && caller.Role != Role.Admin) || (caller.IsStale && operation.Rule.EndsWith("confirmed within 10 minutes", StringComparison.Ordinal)) ? 403 : null;
    }

    async Task<List<Caller>> Callers()
    {
        var callers = new List<Caller> { new("a stranger", null, null, [], Role.User, Plan.Free) };
        foreach (var role in Enum.GetValues<Role>())
        {
            foreach (var plan in Enum.GetValues<Plan>())
            {
                foreach (var byToken in new[] { false, true })
                {
                    callers.Add(new($"{role} {plan} by {(byToken ? "token" : "cookie")}", await Visitor.SignUp(server, plan, role, byToken), null, [], role, plan));
                }
            }
        }
        foreach (var role in new[] { Role.User, Role.Admin })
        {
            callers.Add(new($"{role} who showed an hour ago who he is", await Visitor.SignUp(server, Plan.Premium, role), null, [], role, Plan.Premium, IsStale: true));
        }
        foreach (var role in new[] { Role.User, Role.Admin })
        {
            using var owner = await Visitor.SignUp(server, Plan.Premium, role);
            var all = Scopes.All.Where(scope => Scopes.MayHave(role, scope.Name)).Select(scope => scope.Name).ToArray();
            callers.Add(new($"{role} by a key with every scope", null, await Key(owner, all), all, role, Plan.Premium));
            callers.Add(new($"{role} by a key with one scope", null, await Key(owner, "read:candles"), ["read:candles"], role, Plan.Premium));
        }
        return callers;

        static async Task<string> Key(Visitor owner, params string[] scopes) => (await owner.Post("api-keys", new { name = "Bot", scopes, perMinute = 6_000, perHour = 100_000 })).Data.GetProperty("secret").GetString()!;
    }

    async Task<Answer> Call(Caller caller, Operation operation, string path)
    {
        // Addresses that end the account or all sessions of the caller get a body that only tries.
        if (caller.Person is { } person)
        {
            return await person.Ask(operation.Method, path, operation.Body);
        }
        (string, string)[] headers = caller.Key is { } key ? [("X-API-Key", key)] : [];
        return await server.Http.Ask(operation.Method, $"/api/v1/{path}", operation.Body, headers);
    }

    /// <summary>Somebody with one of everything.</summary>
    async Task<Visitor> Victim()
    {
        var victim = await Visitor.SignUp(server, Plan.Premium);
        (await victim.Post("api-keys", new { name = "Bot", scopes = new[] { "read:account" } })).Status.ShouldBe(201);
        await Execute($"INSERT INTO passkeys (credential_id, user_id, name, public_key, sign_count, is_user_verified, is_backup_eligible, is_backed_up, attestation_object, client_data_json, created_at) VALUES ('x{victim.Id}', {victim.Id}, 'Phone', '', 0, true, false, false, '', '', now())");
        await Execute(
            $"""
            INSERT INTO push_subscriptions (user_id, endpoint_hash, sealed, browser, created_at) VALUES ({victim.Id}, '', '', 'Phone', now());
            INSERT INTO notifications (message_id, user_id, cause, kind, urgent, listed, title, body, created_at, not_before)
            VALUES ('ntf_{Guid.NewGuid():n}', {victim.Id}, 'alert:1', 'ALERT', false, true, 'A secret of the victim', '', now(), now());
            INSERT INTO notification_deliveries (notification_id, user_id, channel, status, next_at, created_at, due_at, ended_at)
            SELECT id, user_id, 'WEBHOOK', 'DEAD', now(), now(), now(), now() FROM notifications WHERE user_id = {victim.Id};
            INSERT INTO alerts (user_id, symbol, asked, condition, threshold, status, channels, created_at, changed_at, timeframe, repeat, cooldown_minutes, intrabar, time_zone, armed_at, note)
            VALUES ({victim.Id}, 'BTC/USDT', 'BTC-USD', 'PRICE_ABOVE', 9999999, 'ACTIVE', ARRAY[]::text[], now(), now(), 1, 'ONCE', 0, false, 'UTC', now(), 'A secret of the victim')
            """);
        (await victim.Post("indicators/custom", new { name = "A secret of the victim", formula = "close" })).Status.ShouldBe(201);
        (await victim.Post("strategies", new { title = "A secret of the victim", formulas = new { entry = "close > open", exit = "close < open" } })).Status.ShouldBe(201);
        await Execute(
            $"""
            INSERT INTO backtest_runs (user_id, code, kind, status, strategy, symbols, timeframe, from_at, until_at, request, created_at, completed_at, note)
            VALUES ({victim.Id}, 'BT-20250101-001', 'run', 'cancelled', 'rsi', ARRAY['BTC/USDT'], 60, now() - interval '1 day', now(), '{"{}"}', now(), now(), 'A secret of the victim');
            INSERT INTO paper_sessions (user_id, title, strategy, request, source, provenance, symbol, timeframe, status, started_at, stopped_at, feed_from, fed_until, state)
            VALUES ({victim.Id}, 'A secret of the victim', 'rsi', '{"{}"}', 'simulated', 'synthetic', 'BTC/USDT', 60, 'stopped', now(), now(), now(), now(), '{"{}"}');
            """);
        return victim;
    }

    async Task<string> Fingerprint(Visitor victim)
    {
        await using var command = server.Source.CreateCommand(
            $"""
            SELECT md5(concat(
                (SELECT string_agg(u::text, ',') FROM users u WHERE id = {victim.Id}),
                (SELECT string_agg(k::text, ',' ORDER BY id) FROM api_keys k WHERE user_id = {victim.Id}),
                (SELECT string_agg(p::text, ',' ORDER BY id) FROM passkeys p WHERE user_id = {victim.Id}),
                (SELECT string_agg(d::text, ',' ORDER BY id) FROM devices d WHERE user_id = {victim.Id}),
                (SELECT string_agg(n::text, ',' ORDER BY id) FROM notifications n WHERE user_id = {victim.Id}),
                (SELECT string_agg(d::text, ',' ORDER BY id) FROM notification_deliveries d WHERE user_id = {victim.Id}),
                (SELECT string_agg(a::text, ',' ORDER BY id) FROM alerts a WHERE user_id = {victim.Id}),
                (SELECT string_agg(i::text, ',' ORDER BY id) FROM custom_indicators i WHERE user_id = {victim.Id}),
                (SELECT string_agg(s::text, ',' ORDER BY id) FROM user_strategies s WHERE user_id = {victim.Id}),
                (SELECT string_agg(r::text, ',' ORDER BY id) FROM backtest_runs r WHERE user_id = {victim.Id}),
                (SELECT string_agg(s::text, ',' ORDER BY id) FROM paper_sessions s WHERE user_id = {victim.Id}),
                (SELECT string_agg(p::text, ',' ORDER BY id) FROM push_subscriptions p WHERE user_id = {victim.Id}),
                (SELECT string_agg(s.id || coalesce(s.revoked_why, ''), ',' ORDER BY id) FROM sessions s WHERE user_id = {victim.Id})))
            """);
        return (string)(await command.ExecuteScalarAsync())!;
    }

    /// <summary>Puts the victim's ids where the path wants some, and nobody's where an admin would change the victim.</summary>
    async Task<string> Place(string path, Visitor victim)
    {
        var table = path.Split('/')[4 - 1] switch
        {
            "api-keys" => "api_keys",
            "account" when path.Contains("/sessions/", StringComparison.Ordinal) => "sessions",
            "account" when path.Contains("/devices/", StringComparison.Ordinal) => "devices",
            "account" when path.Contains("/passkeys/", StringComparison.Ordinal) => "passkeys",
            "notifications" when path.Contains("/deliveries/", StringComparison.Ordinal) => "notification_deliveries",
            "notifications" when path.Contains("/subscriptions/", StringComparison.Ordinal) => "push_subscriptions",
            "notifications" => "notifications",
            "alerts" => "alerts",
            "indicators" when path.Contains("/custom/", StringComparison.Ordinal) => "custom_indicators",
            "strategies" => "user_strategies",
            "paper" => "paper_sessions",
            _ => null,
        };
        var id = 987_654_321L;
        if (table is not null && (path.Contains("{id}", StringComparison.Ordinal) || path.Contains("{key}", StringComparison.Ordinal) || path.Contains("{alertId}", StringComparison.Ordinal)))
        {
            await using var command = server.Source.CreateCommand($"SELECT id FROM {table} WHERE user_id = {victim.Id} LIMIT 1");
            id = (long)(await command.ExecuteScalarAsync())!;
        }
        var isRun = path.StartsWith("/api/v1/backtest/runs/", StringComparison.Ordinal);
        return Placeholder().Replace(path, match => match.Value switch { "{entitlement}" => "symbols", "{userId}" => $"{victim.Id}", "{key}" => $"own:{id}", "{id}" when isRun => "BT-20250101-001", _ => $"{id}" })["/api/v1/".Length..];
    }

    async Task<IReadOnlyList<Operation>> Operations()
    {
        var document = JsonElement.Parse(await server.Http.GetStringAsync(new Uri("/api/v1/openapi.json", UriKind.Relative)));
        var operations = new List<Operation>();
        foreach (var path in document.GetProperty("paths").EnumerateObject())
        {
            foreach (var operation in path.Value.EnumerateObject())
            {
                var told = Rule().Match(operation.Value.GetProperty("description").GetString()!);
                told.Success.ShouldBeTrue($"{operation.Name} {path.Name} says who may call it");
                string? body = null;
                if (operation.Value.TryGetProperty("requestBody", out var request))
                {
                    body = request.GetProperty("content").GetProperty("application/json").TryGetProperty("example", out var example) ? example.ToString() : "{}";
                }
                operations.Add(new(new HttpMethod(operation.Name.ToUpperInvariant()), path.Name, told.Groups["rule"].Value, told.Groups["scope"] is { Success: true } scope ? scope.Value : null, body));
            }
        }
        return operations;
    }

    async Task Execute(string sql)
    {
        await using var command = server.Source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    [GeneratedRegex("^/api/v1/(auth|account|admin|api-keys)", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex ConcernsSessions();

    [GeneratedRegex(@"Who may call: (?<rule>[^;.]+)(; an API key with (?<scope>[a-z:]+))?\.", RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex Rule();

    [GeneratedRegex(@"\{[a-z]+\}", RegexOptions.NonBacktracking | RegexOptions.IgnoreCase)]
    private static partial Regex Placeholder();
}
