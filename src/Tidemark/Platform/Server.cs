using System.Diagnostics;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.EntityFrameworkCore;
using Tidemark.Platform.Api;
using Tidemark.Platform.Database;
using Tidemark.Platform.Observability;
using Tidemark.Platform.Settings;

namespace Tidemark.Platform;

/// <summary>Binds a product to settings and a database: the web application, ready to start or to lend its services to a verb.</summary>
public static class Server
{
    public static WebApplication Build(Product product, TidemarkSettings settings, DatabaseServer database, string? urls = null, Action<IServiceCollection>? replace = null)
    {
        var builder = WebApplication.CreateEmptyBuilder(new()
        {
            EnvironmentName = settings.EnvironmentName,
            ContentRootPath = settings.Home,
            WebRootPath = null,
            ApplicationName = "Tidemark",
        });
        builder.Services.AddSingleton(settings);
        builder.Services.AddSingleton(database);
        builder.Services.AddSingleton(database.Source);
        builder.Services.AddSingleton(TimeProvider.System);
        builder.Services.AddDbContext<TidemarkDb>(options => options.UseNpgsql(database.Source));
        foreach (var service in product.Services)
        {
            builder.Services.Add(service);
        }
        replace?.Invoke(builder.Services);
        builder.Logging.AddTidemarkLogging(settings);
        builder.Services.Configure<HostOptions>(host => host.ShutdownTimeout = TimeSpan.FromSeconds(12));
        builder.WebHost.UseKestrel(kestrel => Listening.Configure(kestrel, settings));
        builder.WebHost.UseUrls(urls ?? Listening.DefaultUrls(settings));

        var app = builder.Build();
        app.UseTidemarkPipeline();
        foreach (var map in product.Parts.Probes)
        {
            map(app);
        }
        if (settings.Roles.Contains("web"))
        {
            foreach (var map in product.Parts.Routes)
            {
                map(app);
            }
            app.MapApi(product.Parts);
        }
        Remember(app);
        // Said outright so that verbs can list and describe the routes of a program that was never started.
        app.UseEndpoints(static _ => { });
        return app;
    }

    /// <summary>Has the handlers of all routes made once: routing and description would else each make their own.</summary>
    static void Remember(IEndpointRouteBuilder app)
    {
        var routes = new CompositeEndpointDataSource([.. app.DataSources]);
        app.DataSources.Clear();
        app.DataSources.Add(routes);
    }

    /// <summary>The addresses a started server listens on.</summary>
    public static IReadOnlyList<string> Addresses(WebApplication app) =>
        [.. app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()?.Addresses ?? []];

    /// <summary>Schema first, then what the modules need in place.</summary>
    public static async Task Prepare(WebApplication app, CancellationToken stop)
    {
        // Handlers of all routes are made beside the schema, or the first request would wait for them.
        var routes = Task.Run(() => ((IEndpointRouteBuilder)app).DataSources.Single().Endpoints, stop);
        var log = app.Services.GetRequiredService<ILogger<Migrator>>();
        await app.Services.GetRequiredService<Migrator>().Apply(
            stop,
            migration => log.LogInformation("Applying migration {Number} {Name}", migration.Number, migration.Name),
            () => log.LogWarning("Waiting for another node to finish its migrations"));
        await PrepareModules(app.Services, stop);
        await routes;
    }

    /// <summary>What the modules need in place, on a schema that is up to date.</summary>
    public static async Task PrepareModules(IServiceProvider services, CancellationToken stop)
    {
        foreach (var prepare in services.GetRequiredService<ProductParts>().Preparations)
        {
            await using var scope = services.CreateAsyncScope();
            await prepare(scope.ServiceProvider, stop);
        }
    }

    public static TimeSpan SinceProcessStart(TimeProvider clock)
    {
        using var process = Process.GetCurrentProcess();
        return clock.GetUtcNow() - new DateTimeOffset(process.StartTime);
    }
}
