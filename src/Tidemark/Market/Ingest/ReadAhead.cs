using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Tidemark.Market.Ingest;

static class ReadAhead
{
    /// <summary>The same items, made on a task of their own that runs a few ahead of who consumes them.</summary>
    public static async IAsyncEnumerable<T> Ahead<T>(this IAsyncEnumerable<T> items, int count, [EnumeratorCancellation] CancellationToken stop)
    {
        using var ending = CancellationTokenSource.CreateLinkedTokenSource(stop);
        var queue = Channel.CreateBounded<T>(new BoundedChannelOptions(count) { SingleReader = true, SingleWriter = true });
        var making = Task.Run(() => Make(items, queue.Writer, ending.Token), CancellationToken.None);
        try
        {
            await foreach (var item in queue.Reader.ReadAllAsync(stop))
            {
                yield return item;
            }
        }
        finally
        {
            await ending.CancelAsync();
            await making;
        }
    }

    /// <summary>Whatever ends the making reaches the reader through the queue.</summary>
    static async Task Make<T>(IAsyncEnumerable<T> items, ChannelWriter<T> queue, CancellationToken stop)
    {
        try
        {
            await foreach (var item in items.WithCancellation(stop))
            {
                await queue.WriteAsync(item, stop);
            }
            queue.Complete();
        }
        catch (Exception fault)
        {
            queue.Complete(fault);
        }
    }
}
