using System.Collections.Concurrent;
using System.Threading.Channels;

namespace Tidemark.Platform.Messaging;

/// <summary>
/// Carries news from the module where it happened to whoever wants to hear it, on this node or, with a broker, on all.
/// A message is a hint: what must not be lost is a row first.
/// </summary>
public interface IEventBus
{
    /// <summary>Hands the event to every subscriber; waits where one is behind by more than its queue holds.</summary>
    ValueTask Publish<T>(T news, CancellationToken stop)
        where T : notnull;

    /// <summary>Calls back for each event, one at a time and in order, until disposed.</summary>
    IAsyncDisposable Subscribe<T>(Func<T, CancellationToken, ValueTask> handle)
        where T : notnull;
}

/// <summary>The bus of a single node: a bounded queue for each subscriber.</summary>
public sealed class MemoryEventBus(ILogger<MemoryEventBus> log) : IEventBus
{
    const int QueueLength = 1_024;
    readonly ConcurrentDictionary<Type, Subscription[]> _subscriptions = new();

    public async ValueTask Publish<T>(T news, CancellationToken stop)
        where T : notnull
    {
        foreach (var subscription in _subscriptions.GetValueOrDefault(typeof(T), []))
        {
            await ((Subscription<T>)subscription).Offer(news, stop);
        }
    }

    public IAsyncDisposable Subscribe<T>(Func<T, CancellationToken, ValueTask> handle)
        where T : notnull
    {
        var subscription = new Subscription<T>(handle, log, Remove);
        _subscriptions.AddOrUpdate(typeof(T), _ => [subscription], (_, others) => [.. others, subscription]);
        return subscription;

        void Remove(Subscription gone) => _subscriptions.AddOrUpdate(typeof(T), _ => [], (_, others) => [.. others.Where(other => other != gone)]);
    }

    abstract class Subscription;

    sealed class Subscription<T> : Subscription, IAsyncDisposable
    {
        readonly Channel<T> _queue = Channel.CreateBounded<T>(new BoundedChannelOptions(QueueLength) { SingleReader = true });
        readonly CancellationTokenSource _ending = new();
        readonly Action<Subscription> _remove;
        readonly Task _work;

        public Subscription(Func<T, CancellationToken, ValueTask> handle, ILogger log, Action<Subscription> remove)
        {
            _remove = remove;
            _work = Task.Run(() => Work(handle, log));
        }

        public async ValueTask Offer(T news, CancellationToken stop)
        {
            try
            {
                await _queue.Writer.WriteAsync(news, stop);
            }
            catch (ChannelClosedException)
            {
                // The subscriber left while this was on its way to him.
            }
        }

        async Task Work(Func<T, CancellationToken, ValueTask> handle, ILogger log)
        {
            await foreach (var news in _queue.Reader.ReadAllAsync())
            {
                try
                {
                    await handle(news, _ending.Token);
                }
                catch (OperationCanceledException) when (_ending.IsCancellationRequested)
                {
                    return;
                }
                catch (Exception fault)
                {
                    log.LogError(fault, "A subscriber failed on {Event}; it goes on with the next", typeof(T).Name);
                }
            }
        }

        public async ValueTask DisposeAsync()
        {
            _remove(this);
            _queue.Writer.TryComplete();
            await _ending.CancelAsync();
            await _work;
            _ending.Dispose();
        }
    }
}
