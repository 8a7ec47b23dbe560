namespace Tidemark.Platform.Observability;

/// <summary>Whether this process wants traffic: after its preparations, until it is told to stop.</summary>
public sealed class Readiness
{
    public Readiness(IHostApplicationLifetime lifetime)
    {
        lifetime.ApplicationStarted.Register(() => _serving = true);
        lifetime.ApplicationStopping.Register(() => _serving = false);
    }

    volatile bool _serving;

    public bool IsServing => _serving;

    /// <summary>Wants no more traffic, while it still serves what comes.</summary>
    public void TurnOff() => _serving = false;
}
