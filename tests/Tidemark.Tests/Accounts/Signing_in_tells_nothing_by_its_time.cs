using System.Diagnostics;
using Microsoft.Extensions.DependencyInjection;
using Tidemark.Accounts.SignIn;
using Tidemark.Running;

namespace Tidemark.Accounts;

/// <summary>How long the answer takes tells a stranger nothing.</summary>
[Collection<Alone>]
public sealed class Signing_in_tells_nothing_by_its_time(Signing_in_is_one_pipeline.Server server) : IClassFixture<Signing_in_is_one_pipeline.Server>
{
    /// <summary>A machine that does something else meanwhile may blur one series; a difference that is there shows in each.</summary>
    const int Series = 3, Tries = 200;

    [Fact]
    [Trait("Threat", "T01")]
    public async Task Whatever_is_wrong_it_takes_as_long()
    {
        var cases = await Signing_in_is_one_pipeline.Cases(server);
        var seen = new List<string>();
        for (var series = 0; series < Series; series++)
        {
            var medians = await Medians(cases);
            if (medians.Values.Max() - medians.Values.Min() <= 5)
            {
                return;
            }
            seen.Add(string.Join(", ", medians.Select(pair => $"{pair.Key} {pair.Value:0.0} ms")));
        }
        seen.ShouldBeEmpty("medians differ by more than 5 ms in each series");
    }

    async Task<Dictionary<string, double>> Medians(Dictionary<string, (string Email, string Password)> cases)
    {
        var times = cases.Keys.ToDictionary(name => name, _ => new List<double>());
        for (var i = 0; i < Tries; i++)
        {
            // Each case takes every place in the round equally often: the machine has its own moods.
            foreach (var (name, (email, password)) in cases.Skip(i % cases.Count).Concat(cases.Take(i % cases.Count)))
            {
                var began = Stopwatch.GetTimestamp();
                // The count per account must not turn the answer into another: each failure is forgiven.
                await server.Http.Post("/api/v1/auth/login", new { email, password });
                times[name].Add(Stopwatch.GetElapsedTime(began).TotalMilliseconds);
                await server.Services.GetRequiredService<SignInGuard>().Forgive(email, CancellationToken.None);
            }
        }
        return times.ToDictionary(pair => pair.Key, pair => pair.Value.Order().ElementAt(Tries / 2));
    }

    [Fact]
    [Trait("Threat", "T06")]
    public async Task A_storm_over_many_accounts_slows_strangers_and_nobody_else()
    {
        await using var stormy = new Stormy(server.Postgres);
        await stormy.InitializeAsync();
        using var regular = await Visitor.SignUp(stormy);
        for (var i = 0; i < 22; i++)
        {
            await stormy.Http.Post("/api/v1/auth/login", new { email = $"victim{i}@example.com", password = Visitor.Password });
        }

        var stranger = await Timed(() => stormy.Http.Post("/api/v1/auth/login", new { email = "another@example.com", password = Visitor.Password }));
        var known = await Timed(() => regular.SignIn());
        var others = await Timed(() => stormy.Http.Get("/api/v1/status"));

        stranger.ShouldBeGreaterThan(3_950);
        known.ShouldBeLessThan(3_000);
        others.ShouldBeLessThan(3_000);

        static async Task<double> Timed(Func<Task<Answer>> ask)
        {
            var began = Stopwatch.GetTimestamp();
            await ask();
            return Stopwatch.GetElapsedTime(began).TotalMilliseconds;
        }
    }

    sealed class Stormy(TestPostgres postgres) : RunningServer(postgres)
    {
        protected override void Replace(IServiceCollection services) => services.AddSingleton(new GuardLimits { StormTries = 20, StormDelay = TimeSpan.FromSeconds(4), NetworkTries = 1_000 });
    }
}
