using Microsoft.Extensions.DependencyInjection;
using Tidemark.Patterns.Eyes;
using Tidemark.Quant.Series;
using Tidemark.Running;

namespace Tidemark.Patterns;

public sealed class An_eye_looks_once(TestPostgres postgres)
{
    const int Week = 7 * 1_440;

    async Task<EyeServer> Open()
    {
        var server = new EyeServer(postgres);
        await server.InitializeAsync();
        return server;
    }

    [Fact]
    public async Task What_was_looked_at_is_not_looked_at_again()
    {
        await using var server = await Open();
        var minutes = Swings.Of(Week);

        var first = await server.Look(minutes.All());
        var before = await server.Everything();
        var again = await server.Look(minutes.All());

        first.Candles.ShouldBe(Week);
        again.ShouldBe(default);
        before.Count.ShouldBeGreaterThan(300);
        (await server.Scalar<long>("SELECT count(DISTINCT timeframe) FROM patterns")).ShouldBeGreaterThanOrEqualTo(4);
        (await server.Scalar<long>("SELECT count(*) FROM signals WHERE origin = 'smc'")).ShouldBeGreaterThan(0);
        (await server.Scalar<long>("SELECT count(*) FROM signals WHERE origin = 'strategy'")).ShouldBeGreaterThan(0);
        (await server.Everything()).ShouldBe(before);
    }

    [Fact]
    public async Task Candle_by_candle_with_restarts_gives_what_one_run_gives()
    {
        await using var whole = await Open();
        await using var pieces = await Open();
        var minutes = Swings.Of(Week, seed: 5);
        await whole.Look(minutes.All());
        var random = new Random(3);

        for (var from = 0; from < minutes.Count;)
        {
            var count = Math.Min(from > Week - 300 ? 1 : random.Next(1, 900), minutes.Count - from);
            await pieces.Look(minutes.Slice(from, count));
            from += count;
            if (random.Next(4) == 0)
            {
                await Forget(pieces);
            }
        }

        (await pieces.Everything()).ShouldBe(await whole.Everything());
    }

    [Fact]
    public async Task Two_processes_that_look_at_once_store_everything_once()
    {
        await using var server = await Open();
        var minutes = Swings.Of(Week, seed: 7);
        await server.Look(minutes.Slice(0, Week - 600));
        await server.Store.Save(new(EyeServer.From, EyeServer.Bitcoin, Timeframe.M1), minutes.Slice(Week - 600, 600), CancellationToken.None);
        var key = new EyeKey(EyeServer.From, EyeServer.Bitcoin);
        using var other = new EyeKeeper(key, server.Services.GetRequiredService<EyeTools>());
        using var third = new EyeKeeper(key, server.Services.GetRequiredService<EyeTools>());

        await Task.WhenAll(server.Room.Of(key).CatchUp(default), other.CatchUp(default), third.CatchUp(default));
        await server.Room.Of(key).CatchUp(default);

        await using var alone = await Open();
        await alone.Look(minutes.All());
        (await server.Everything()).ShouldBe(await alone.Everything());
    }

    [Fact]
    public async Task A_minute_that_comes_too_late_changes_nothing_that_was_known()
    {
        await using var server = await Open();
        var minutes = Swings.Of(Week, seed: 9);
        var late = minutes.Slice(Week - 3_000, 1);
        await server.Look(minutes.Slice(0, Week - 3_000));
        await server.Look(minutes.Slice(Week - 2_999, 2_999));
        var before = await server.Everything();

        var seen = await server.Look(late);
        await Forget(server);
        await server.Look(minutes.Slice(Week - 1, 1));

        seen.ShouldBe(default);
        (await server.Everything()).ShouldBe(before);
    }

    [Fact]
    public async Task What_has_ended_cannot_be_rewritten_even_by_hand()
    {
        await using var server = await Open();
        await server.Look(Swings.Of(Week).All());

        var change = () => server.Rows("UPDATE patterns SET status = 'active', ended_at = NULL WHERE ended_at IS NOT NULL RETURNING kind");
        var move = () => server.Rows("UPDATE patterns SET top = top + 1 WHERE ended_at IS NULL RETURNING kind");

        (await change.ShouldThrowAsync<Npgsql.PostgresException>()).MessageText.ShouldContain("stays as it is");
        (await move.ShouldThrowAsync<Npgsql.PostgresException>()).MessageText.ShouldContain("not rewritten");
    }

    /// <summary>As after a restart: what is in memory is gone.</summary>
    static async Task Forget(EyeServer server)
    {
        server.Room.Forget();
        await server.Room.Of(new EyeKey(EyeServer.From, EyeServer.Bitcoin)).CatchUp(default);
    }
}
