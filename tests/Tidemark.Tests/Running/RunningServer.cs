using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using Tidemark.Accounts.SignIn;
using Tidemark.Platform;
using Tidemark.Platform.Database;
using Tidemark.Platform.Settings;

namespace Tidemark.Running;

/// <summary>The whole program on a real port and a database of its own. A class derives from it to set other settings.</summary>
public class RunningServer(TestPostgres postgres) : IAsyncLifetime
{
    readonly string _data = Directory.CreateTempSubdirectory("tidemark-server-").FullName;
    DatabaseServer? _database;
    WebApplication? _app;

    public TestPostgres Postgres => postgres;
    public IServiceProvider Services => _app!.Services;
    public NpgsqlDataSource Source => _database!.Source;
    public Uri Address { get; private set; } = new("http://localhost");
    public HttpClient Http { get; private set; } = new();

    protected virtual IReadOnlyDictionary<string, string?> Settings { get; } = new Dictionary<string, string?>();
    protected virtual Product Product => Program.Everything();
    protected virtual void Replace(IServiceCollection services)
    {
    }

    public async ValueTask InitializeAsync()
    {
        var given = new Dictionary<string, string?>
        {
            ["DATABASE_URL"] = await postgres.Clone(),
            ["TIDEMARK_DATA"] = _data,
            ["DB_POOL"] = "12",
            ["RATE_LIMIT_ANONYMOUS"] = "1000000",
            ["MARKET_SOURCE"] = "recorded",
            ["REHEARSE_BACKTEST"] = "false",
            ["LOG_LEVEL"] = "ERROR",
            ["LOG_FORMAT"] = "simple",
            // No test leaves the machine: a class that wants a service gives its stand-in.
            ["NTFY_URL"] = "http://127.0.0.1:1",
            ["DISCORD_URL"] = "http://127.0.0.1:1",
            ["TELEGRAM_URL"] = "http://127.0.0.1:1",
            ["TWILIO_URL"] = "http://127.0.0.1:1",
        };
        foreach (var (name, value) in Settings)
        {
            given[name] = value;
        }
        var settings = TidemarkSettings.Read(new ConfigurationBuilder().AddInMemoryCollection(given).Build(), SettingsSource.FindHome());
        _database = await DatabaseServer.Open(settings, TimeProvider.System, CancellationToken.None);
        _app = Server.Build(Product, settings, _database, "http://127.0.0.1:0", services =>
        {
            // Passwords are hashed by the same code with less work: hundreds of sign-ins should not take minutes.
            services.AddSingleton(new PasswordCost(1_000));
            Replace(services);
        });
        await Server.Prepare(_app, CancellationToken.None);
        await _app.StartAsync();
        Address = new Uri(Server.Addresses(_app)[0]);
        Http = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(60) };
    }

    public Task Stop() => _app!.StopAsync();

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        Http.Dispose();
        if (_app is not null)
        {
            await _app.DisposeAsync();
        }
        if (_database is not null)
        {
            await _database.DisposeAsync();
        }
        Directory.Delete(_data, recursive: true);
    }
}

/// <summary>A server where everyone is an operator, as a developer may choose.</summary>
public sealed class OpenServer(TestPostgres postgres) : RunningServer(postgres)
{
    protected override IReadOnlyDictionary<string, string?> Settings { get; } = new Dictionary<string, string?> { ["ALLOW_UNAUTHENTICATED_API"] = "true" };
}

/// <summary>An answer of the API, read.</summary>
public sealed record Answer(int Status, JsonElement Body, HttpResponseMessage Message)
{
    public JsonElement Data => Body.GetProperty("data");
    public JsonElement Meta => Body.GetProperty("meta");
    public string? Code => Body.GetProperty("error").ValueKind == JsonValueKind.Null ? null : Body.GetProperty("error").GetProperty("code").GetString();
    public string? Header(string name) => Message.Headers.TryGetValues(name, out var values) ? string.Join(",", values) : null;
}

public static class Asking
{
    public static Task<Answer> Get(this HttpClient http, string path, params (string Name, string Value)[] headers) => http.Ask(HttpMethod.Get, path, null, headers);

    public static Task<Answer> Post(this HttpClient http, string path, object body, params (string Name, string Value)[] headers) =>
        http.Ask(HttpMethod.Post, path, body as string ?? JsonSerializer.Serialize(body), headers);

    public static Task<Answer> Patch(this HttpClient http, string path, object body) => http.Ask(HttpMethod.Patch, path, JsonSerializer.Serialize(body), []);

    public static async Task<Answer> Ask(this HttpClient http, HttpMethod method, string path, string? json, (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(method, path);
        if (json is not null)
        {
            request.Content = new StringContent(json, System.Text.Encoding.UTF8, "application/json");
        }
        foreach (var (name, value) in headers)
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }
        var response = await http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        return new Answer((int)response.StatusCode, text.Length > 0 ? JsonElement.Parse(text) : default, response);
    }
}
