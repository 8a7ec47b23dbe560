using Tidemark.Market;
using Tidemark.Patterns;
using Tidemark.Quant.Series;
using Tidemark.Running;

namespace Tidemark.Signals;

public sealed class A_running_signal_is_never_orphaned(TestPostgres postgres)
{
    [Fact]
    public async Task Even_where_repaired_candles_would_not_have_made_it()
    {
        await using var server = new SignalServer(postgres);
        await server.InitializeAsync();
        var story = The_worked_example.Story();
        await server.Look(story.Minutes.All());
        (await Signals(server)).ShouldHaveSingleItem().ShouldStartWith("open");

        var minutes = story.Minutes.Count;
        var calm = new PricePath(The_worked_example.Start, 100).Idle(minutes);
        await server.Store.Replace(new SeriesKey(EyeServer.From, EyeServer.Bitcoin, Timeframe.M1), The_worked_example.Start, story.Now, calm.Minutes.All(), default);
        server.Room.Forget();
        story.To(100.9, 60).To(106, 240).Idle(60);
        await server.Look(story.Minutes.All().Slice(minutes, story.Minutes.Count - minutes));

        (await Signals(server))[0].ShouldBe("completed 3");
    }

    static Task<List<string>> Signals(EyeServer server) => server.Rows("SELECT status || ' ' || targets_hit FROM signals ORDER BY known_at");
}
