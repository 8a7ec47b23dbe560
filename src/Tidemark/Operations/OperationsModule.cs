using Tidemark.Platform;
using Tidemark.Platform.Api;
using Tidemark.Platform.Observability;
using Tidemark.Platform.Realtime;

namespace Tidemark.Operations;

/// <summary>How the program is doing: health, metrics, status, and what people's browsers report.</summary>
public static class OperationsModule
{
    public static void AddOperations(this ModuleBuilder module)
    {
        module.Entities<ProblemReport>();
        module.Services.AddSingleton<Readiness>();
        module.Services.AddSingleton<LatencyWindow>();
        module.Services.AddSingleton<PrometheusText>();
        module.Services.AddSingleton<Dependencies>();
        module.Services.AddSingleton<MessageRate>();
        module.Services.AddSingleton<StatusReader>();
        module.Services.AddHostedService<StatusFeed>();
        module.Services.AddHostedService<OpenTelemetryExport>();
        module.BeforeServing(StartMeasuring);
        module.Probes(HealthEndpoints.Map);
        module.Endpoints("status", static status =>
            status.MapGet("", static (StatusReader reader, CancellationToken stop) => reader.Read(stop)).Allow(Caller.Anyone).WithSummary("What runs, since when, and how fast it answers").Shows(SystemStatus.Example));
        module.Endpoints("problem-reports", ProblemReportEndpoints.Map);
        module.Channel(new ChannelDefinition(StatusFeed.Channel, Caller.Anyone, Delivery.LatestWins) { Kept = 60 });
        module.Prunes("problem_reports", "reported_at", TimeSpan.FromDays(90));
    }

    /// <summary>Meters count from their first listener on, so listening begins before serving does.</summary>
    static Task StartMeasuring(IServiceProvider services, CancellationToken stop)
    {
        services.GetRequiredService<LatencyWindow>();
        services.GetRequiredService<PrometheusText>();
        services.GetRequiredService<Readiness>();
        return Task.CompletedTask;
    }
}
