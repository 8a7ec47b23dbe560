using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Tidemark.Market.Candles;
using Tidemark.Patterns.Eyes;
using Tidemark.Quant.Patterns.Symbols;
using Tidemark.Quant.Series;
using Tidemark.Running;

namespace Tidemark.Patterns;

public sealed class News_that_fail_stop_nothing(TestPostgres postgres)
{
    [Fact]
    public async Task One_follower_that_fails_to_tell_leaves_the_others_theirs()
    {
        await using var server = new TwoFollowers(postgres);
        await server.InitializeAsync();

        var seen = await server.Look(Swings.Of(1).All());

        seen.Candles.ShouldBeGreaterThan(0);
        server.Failing.Told.ShouldBeGreaterThan(0);
        server.Listening.Told.ShouldBe(server.Failing.Told);
    }

    sealed class TwoFollowers(TestPostgres postgres) : EyeServer(postgres)
    {
        public Follower Failing { get; } = new(fails: true);
        public Follower Listening { get; } = new(fails: false);

        protected override void Replace(IServiceCollection services)
        {
            services.AddSingleton<IEyeFollowing>(Failing);
            services.AddSingleton<IEyeFollowing>(Listening);
        }
    }

    sealed class Follower(bool fails) : IEyeFollowing, IEyeFollower
    {
        public int Told { get; private set; }
        public string Rules => "none";
        public IEyeFollower Follow(EyeKey key, Timeframe candles) => this;

        public void Take(in Candle candle, IReadOnlyList<Signal> agreed)
        {
        }

        public void Forget()
        {
        }

        public Task Resume(NpgsqlConnection connection, SeriesId eye, CancellationToken stop) => Task.CompletedTask;
        public Task Write(NpgsqlConnection connection, SeriesId eye, DateTimeOffset now, CancellationToken stop) => Task.CompletedTask;

        public ValueTask Tell(CancellationToken stop)
        {
            Told++;
            return fails ? throw new InvalidOperationException("A listener failed.") : ValueTask.CompletedTask;
        }
    }
}
