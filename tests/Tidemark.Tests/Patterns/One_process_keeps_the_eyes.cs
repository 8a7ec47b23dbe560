using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;
using Tidemark.Patterns.Eyes;
using Tidemark.Running;

namespace Tidemark.Patterns;

public sealed class One_process_keeps_the_eyes(TestPostgres postgres)
{
    [Fact]
    public async Task Until_it_ends_or_its_session_dies()
    {
        await using var server = new EyeServer(postgres);
        await server.InitializeAsync();
        await using var first = new EyeTurn(server.Source, NullLogger<EyeTurn>.Instance);
        await using var second = new EyeTurn(server.Source, NullLogger<EyeTurn>.Instance);

        (await first.Begin(default)).ShouldBeTrue();
        (await first.Begin(default)).ShouldBeTrue();
        (await second.Begin(default)).ShouldBeFalse();
        await first.End();
        (await second.Begin(default)).ShouldBeFalse();
        await first.End();
        (await second.Begin(default)).ShouldBeTrue();
        (await second.IsKept(default)).ShouldBeTrue();

        await using (var end = new NpgsqlCommand("SELECT pg_terminate_backend(pid) FROM pg_locks WHERE locktype = 'advisory' AND database = (SELECT oid FROM pg_database WHERE datname = current_database())", await server.Source.OpenConnectionAsync()))
        {
            await end.ExecuteNonQueryAsync();
            await end.Connection!.DisposeAsync();
        }
        (await second.IsKept(default)).ShouldBeFalse();
        await second.End();
        (await first.Begin(default)).ShouldBeTrue();
    }

    [Fact]
    public async Task And_another_that_is_asked_leaves_them_alone()
    {
        await using var server = new EyeServer(postgres);
        await server.InitializeAsync();
        await server.Look(Swings.Of(600).All());
        await using var elsewhere = new EyeTurn(server.Source, NullLogger<EyeTurn>.Instance);
        await elsewhere.Begin(default);
        await server.Store.Save(new(EyeServer.From, EyeServer.Bitcoin, Quant.Series.Timeframe.M1), Swings.Of(900).All().Slice(600, 300), default);
        var key = new EyeKey(EyeServer.From, EyeServer.Bitcoin);

        (await server.Room.Look(key, default)).ShouldBe(default);
        await elsewhere.End();
        (await server.Room.Look(key, default)).Candles.ShouldBe(300);
    }
}
