using Tidemark.Quant.Backtesting.Optimising;
using Tidemark.Quant.Series;

namespace Tidemark.Backtests.Running;

/// <summary>
/// Memory that all runs of this process share: half of what it may have. A run waits in turn until what it needs is free; one that needs more than all of it
/// runs alone.
/// </summary>
public sealed class MemoryRoom
{
    /// <summary>What a bar takes: its candle, its place in curves, and what is made of it besides.</summary>
    const long BytesABar = 256, BytesAMinute = 64, Least = 32L << 20;

    readonly long _all;
    readonly Lock _gate = new();
    readonly LinkedList<(long Bytes, TaskCompletionSource Turn)> _waiting = new();
    long _free;

    public MemoryRoom()
        : this(GC.GetGCMemoryInfo().TotalAvailableMemoryBytes / 2)
    {
    }

    internal MemoryRoom(long all) => (_all, _free) = (all, all);

    /// <summary>About what an order takes.</summary>
    public static long Of(RunOrder order)
    {
        var minutes = (long)(order.Until - order.From).TotalMinutes * order.Symbols.Count;
        var bars = minutes / Timeframe.Parse(order.Timeframe).Minutes;
        var columns = order.Search is null ? Math.Min(Optimiser.ColumnRoom, bars * 32 * sizeof(double)) : Optimiser.ColumnRoom + Optimiser.ReturnRoom;
        return Least + columns + (bars * BytesABar) + (order.Settings.Intrabar == true ? Math.Min(minutes, ExperimentData.MostMinutes) * BytesAMinute : 0);
    }

    /// <summary>Waits for room; giving back what is returned frees it.</summary>
    public async Task<IDisposable> Take(long bytes, CancellationToken stop)
    {
        var wanted = Math.Min(bytes, _all);
        var turn = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        LinkedListNode<(long, TaskCompletionSource)> place;
        lock (_gate)
        {
            place = _waiting.AddLast((wanted, turn));
            Serve();
        }
        try
        {
            await turn.Task.WaitAsync(stop);
        }
        catch (OperationCanceledException)
        {
            lock (_gate)
            {
                // Its turn may have come at the same moment; then what it was given goes back.
                _free += turn.Task.IsCompletedSuccessfully ? wanted : 0;
                if (place.List is not null)
                {
                    _waiting.Remove(place);
                }
                Serve();
            }
            throw;
        }
        return new Taken(this, wanted);
    }

    void Serve()
    {
        while (_waiting.First is { } first && first.Value.Bytes <= _free)
        {
            _free -= first.Value.Bytes;
            _waiting.RemoveFirst();
            first.Value.Turn.SetResult();
        }
    }

    sealed class Taken(MemoryRoom room, long bytes) : IDisposable
    {
        int _isGivenBack;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref _isGivenBack, 1) == 1)
            {
                return;
            }
            lock (room._gate)
            {
                room._free += bytes;
                room.Serve();
            }
        }
    }
}
