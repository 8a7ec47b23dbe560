namespace Tidemark.Running;

/// <summary>The real clock, moved forward at will. Timers run as ever.</summary>
public sealed class ShiftedClock : TimeProvider
{
    TimeSpan _shift;

    public void Move(TimeSpan by) => _shift += by;
    public override DateTimeOffset GetUtcNow() => DateTimeOffset.UtcNow + _shift;
}

/// <summary>A server whose clock a test moves.</summary>
public class ClockedServer(TestPostgres postgres) : RunningServer(postgres)
{
    public ShiftedClock Clock { get; } = new();

    protected override void Replace(Microsoft.Extensions.DependencyInjection.IServiceCollection services) =>
        Microsoft.Extensions.DependencyInjection.ServiceCollectionServiceExtensions.AddSingleton<TimeProvider>(services, Clock);
}
