using Tidemark.Backtests.Running;

namespace Tidemark.Backtests;

public sealed class Runs_share_the_memory_there_is
{
    [Fact]
    public async Task Each_waits_in_turn_until_there_is_room_and_a_large_one_runs_alone()
    {
        var room = new MemoryRoom(100);
        var first = await room.Take(60, CancellationToken.None);
        var large = room.Take(1_000, CancellationToken.None);
        var small = room.Take(10, CancellationToken.None);

        large.IsCompleted.ShouldBeFalse();
        small.IsCompleted.ShouldBeFalse("who came later does not overtake");
        first.Dispose();
        first.Dispose();
        using (await large)
        {
            small.IsCompleted.ShouldBeFalse("it has all of it");
        }
        (await small).Dispose();
        (await room.Take(100, CancellationToken.None)).Dispose();
    }

    [Fact]
    public async Task Who_stops_waiting_leaves_his_place()
    {
        var room = new MemoryRoom(100);
        var first = await room.Take(100, CancellationToken.None);
        using var ending = new CancellationTokenSource();
        var gone = room.Take(100, ending.Token);
        var next = room.Take(50, CancellationToken.None);

        await ending.CancelAsync();
        await Should.ThrowAsync<OperationCanceledException>(gone);
        first.Dispose();

        (await next).Dispose();
    }
}
