using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Tidemark.Running;

namespace Tidemark.Platform.Observability;

/// <summary>A collector that takes whatever is sent to it over OTLP/HTTP.</summary>
public sealed class Collector : IAsyncLifetime
{
    readonly WebApplication _app;
    readonly System.Collections.Concurrent.ConcurrentDictionary<string, byte[]> _received = new();

    public Collector()
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().UseUrls("http://127.0.0.1:0");
        _app = builder.Build();
        _app.Run(async http =>
        {
            using var body = new MemoryStream();
            await http.Request.Body.CopyToAsync(body);
            _received[$"{http.Request.Path} {http.Request.ContentType}"] = body.ToArray();
            http.Response.StatusCode = 200;
        });
    }

    public string Address => _app.Urls.First();

    public async Task<byte[]> Received(string what)
    {
        for (var i = 0; i < 200; i++)
        {
            if (_received.TryGetValue(what, out var body))
            {
                return body;
            }
            await Task.Delay(50);
        }
        throw new TimeoutException($"Nothing came as {what}, only {string.Join(", ", _received.Keys)}.");
    }

    public async ValueTask InitializeAsync() => await _app.StartAsync();
    public ValueTask DisposeAsync() => _app.DisposeAsync();
}

public sealed class Traces_and_metrics_leave_over_OTLP(Traces_and_metrics_leave_over_OTLP.Watched server) : IClassFixture<Traces_and_metrics_leave_over_OTLP.Watched>
{
    public sealed class Watched(TestPostgres postgres) : RunningServer(postgres), IAsyncLifetime
    {
        public Collector Collector { get; } = new();
        protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?> { ["OTEL_EXPORTER_OTLP_ENDPOINT"] = Collector.Address };

        async ValueTask IAsyncLifetime.InitializeAsync()
        {
            await Collector.InitializeAsync();
            await InitializeAsync();
        }

        async ValueTask IAsyncDisposable.DisposeAsync()
        {
            await DisposeAsync();
            await Collector.DisposeAsync();
        }
    }

    [Fact]
    public async Task When_an_endpoint_is_set()
    {
        await server.Http.Get("/api/v1/status");

        await server.Stop();

        var traces = System.Text.Encoding.UTF8.GetString(await server.Collector.Received("/v1/traces application/x-protobuf"));
        var metrics = System.Text.Encoding.UTF8.GetString(await server.Collector.Received("/v1/metrics application/x-protobuf"));
        traces.ShouldContain("tidemark");
        traces.ShouldContain("/api/v1/status");
        metrics.ShouldContain("http.server.request.duration");
    }
}
