namespace Tidemark.Platform;

/// <summary>When work in the background may begin.</summary>
public static class Beginning
{
    /// <summary>Waits until the program serves: one that cannot start does nothing on its way out.</summary>
    public static async Task UntilStarted(this IHostApplicationLifetime lifetime, CancellationToken stop)
    {
        var started = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        await using var registration = lifetime.ApplicationStarted.Register(started.SetResult);
        await started.Task.WaitAsync(stop);
    }
}
