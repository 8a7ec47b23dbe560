namespace Tidemark.Backtests.Running;

/// <summary>
/// Processors that all runs of this process share: however many are under way, their threads together are no more than there are processors, so that
/// requests are still answered.
/// </summary>
public sealed class ProcessorRoom
{
    readonly TaskScheduler _threads;

    public ProcessorRoom()
        : this(Environment.ProcessorCount)
    {
    }

    internal ProcessorRoom(int threads) => _threads = new ConcurrentExclusiveSchedulerPair(TaskScheduler.Default, threads).ConcurrentScheduler;

    /// <summary>Does work as soon as a thread is free; what it does in parallel takes its threads from the same ones.</summary>
    public Task<T> Run<T>(Func<T> work, CancellationToken stop) => Task.Factory.StartNew(work, stop, TaskCreationOptions.None, _threads);
}
