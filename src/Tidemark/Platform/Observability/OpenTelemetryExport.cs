using OpenTelemetry;
using OpenTelemetry.Metrics;
using OpenTelemetry.Resources;
using OpenTelemetry.Trace;
using Tidemark.Platform.Settings;

namespace Tidemark.Platform.Observability;

/// <summary>Sends traces and metrics over OTLP when an endpoint is set; does nothing otherwise.</summary>
sealed class OpenTelemetryExport(TidemarkSettings settings) : IHostedService, IDisposable
{
    TracerProvider? _traces;
    MeterProvider? _metrics;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        if (settings["OTEL_EXPORTER_OTLP_ENDPOINT"] is not { } endpoint)
        {
            return Task.CompletedTask;
        }
        var address = new Uri(endpoint.TrimEnd('/') + "/");
        var resource = ResourceBuilder.CreateDefault().AddService("tidemark", serviceVersion: Product.Version);
        _traces = Sdk.CreateTracerProviderBuilder()
            .SetResourceBuilder(resource)
            .AddSource("Microsoft.AspNetCore", "Npgsql", Telemetry.Name)
            .AddOtlpExporter(options => (options.Endpoint, options.Protocol) = (new Uri(address, "v1/traces"), OpenTelemetry.Exporter.OtlpExportProtocol.HttpProtobuf))
            .Build();
        _metrics = Sdk.CreateMeterProviderBuilder()
            .SetResourceBuilder(resource)
            .AddMeter("Microsoft.AspNetCore.Hosting", "System.Runtime", "Npgsql", Telemetry.Name)
            .AddOtlpExporter((options, reader) =>
            {
                (options.Endpoint, options.Protocol) = (new Uri(address, "v1/metrics"), OpenTelemetry.Exporter.OtlpExportProtocol.HttpProtobuf);
                reader.PeriodicExportingMetricReaderOptions.ExportIntervalMilliseconds = 15_000;
            })
            .Build();
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        _traces?.ForceFlush(5_000);
        _metrics?.ForceFlush(5_000);
        return Task.CompletedTask;
    }

    public void Dispose()
    {
        _traces?.Dispose();
        _metrics?.Dispose();
    }
}
