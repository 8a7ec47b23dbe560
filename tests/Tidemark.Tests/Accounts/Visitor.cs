using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Tidemark.Accounts.SignIn;
using Tidemark.Platform.Api;
using Tidemark.Platform.Database;
using Tidemark.Platform.Mail;
using Tidemark.Running;

namespace Tidemark.Accounts;

/// <summary>Somebody at a browser or with a program: keeps cookies and the token against forged requests as our pages do, or a bearer token.</summary>
public sealed class Visitor : IDisposable
{
    public const string Password = "Correct1Horse";
    readonly RunningServer _server;

    public Visitor(RunningServer server, CookieContainer? cookies = null)
    {
        _server = server;
        Cookies = cookies ?? new CookieContainer();
        Http = new HttpClient(new SocketsHttpHandler { CookieContainer = Cookies }) { BaseAddress = server.Address, Timeout = TimeSpan.FromSeconds(60) };
    }

    public HttpClient Http { get; }
    public CookieContainer Cookies { get; }
    public long Id { get; private set; }
    public string Email { get; init; } = "";
    public string? Token { get; set; }
    public string? RefreshToken { get; set; }
    public string? Cookie(string name) => Cookies.GetCookies(_server.Address)[$"tidemark-{name}"]?.Value;

    public Task<Answer> Get(string path, params (string Name, string Value)[] headers) => Ask(HttpMethod.Get, path, null, headers);
    public Task<Answer> Post(string path, object? body = null, params (string Name, string Value)[] headers) => Ask(HttpMethod.Post, path, body, headers);
    public Task<Answer> Patch(string path, object body) => Ask(HttpMethod.Patch, path, body);
    public Task<Answer> Put(string path, object body) => Ask(HttpMethod.Put, path, body);
    public Task<Answer> Delete(string path) => Ask(HttpMethod.Delete, path, null);

    public Task<Answer> Ask(HttpMethod method, string path, object? body, params (string Name, string Value)[] headers)
    {
        var all = headers.ToList();
        if (Token is { } token)
        {
            all.Add(("Authorization", $"Bearer {token}"));
        }
        else if (Cookie("csrf") is { } csrf && !all.Exists(header => header.Name == "X-CSRF-Token"))
        {
            all.Add(("X-CSRF-Token", csrf));
        }
        return Http.Ask(method, $"/api/v1/{path}", body switch { null => null, string text => text, _ => JsonSerializer.Serialize(body) }, [.. all]);
    }

    /// <summary>A confirmed account, made without the detour over mail, and this visitor signed in to it.</summary>
    public static async Task<Visitor> SignUp(RunningServer server, Plan plan = Plan.Free, Role role = Role.User, bool byToken = false, string? email = null)
    {
        var visitor = await Make(server, plan, role, email);
        (await visitor.SignIn(byToken)).Status.ShouldBe(200);
        return visitor;
    }

    /// <summary>A confirmed account whose owner is not signed in.</summary>
    public static async Task<Visitor> Make(RunningServer server, Plan plan = Plan.Free, Role role = Role.User, string? email = null)
    {
        var visitor = new Visitor(server) { Email = email ?? $"{Guid.NewGuid():n}@example.com" };
        await using var scope = server.Services.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<TidemarkDb>();
        var now = DateTimeOffset.UtcNow;
        var user = new User { Email = visitor.Email, PasswordHash = server.Services.GetRequiredService<Passwords>().HashNow(Password), Role = role, Plan = plan, CreatedAt = now, EmailVerifiedAt = now };
        db.Add(user);
        await db.SaveChangesAsync();
        visitor.Id = user.Id;
        return visitor;
    }

    public async Task<Answer> SignIn(bool byToken = false, string? password = null, string? code = null, bool remember = false, bool trustDevice = false, params (string Name, string Value)[] headers)
    {
        Token = null;
        var answer = await Http.Post("/api/v1/auth/login", new { email = Email, password = password ?? Password, session = !byToken, code, remember, trustDevice }, headers);
        if (answer.Status == 200)
        {
            Take(answer);
        }
        return answer;
    }

    public void Take(Answer signedIn)
    {
        Token = signedIn.Data.GetProperty("access_token").GetString();
        RefreshToken = signedIn.Data.GetProperty("refresh_token").GetString();
    }

    /// <summary>Another browser or program of the same person.</summary>
    public Visitor Elsewhere() => new(_server) { Email = Email, Id = Id };

    /// <summary>The newest mail of a kind to an address, opened.</summary>
    public static async Task<Letter?> MailTo(RunningServer server, string email, string kind)
    {
        await using var scope = server.Services.CreateAsyncScope();
        var mail = await scope.ServiceProvider.GetRequiredService<TidemarkDb>().Set<Mail>().Where(mail => mail.Recipient == email && mail.Kind == kind).OrderByDescending(mail => mail.Id).FirstOrDefaultAsync();
        return mail is null ? null : scope.ServiceProvider.GetRequiredService<Mailbox>().Open(mail);
    }

    public static async Task<int> CountMails(RunningServer server, string email, string kind)
    {
        await using var scope = server.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<TidemarkDb>().Set<Mail>().CountAsync(mail => mail.Recipient == email && mail.Kind == kind);
    }

    /// <summary>The token of the link in the newest mail of a kind.</summary>
    public static async Task<string> LinkTo(RunningServer server, string email, string kind)
    {
        var text = (await MailTo(server, email, kind) ?? throw new InvalidOperationException($"No mail {kind} to {email}.")).Text;
        return text[(text.IndexOf("token=", StringComparison.Ordinal) + 6)..].Split('\n')[0].Trim();
    }

    public static async Task<Answer> Form(HttpClient http, string path, params (string Name, string Value)[] fields)
    {
        using var content = new FormUrlEncodedContent(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));
        content.Headers.ContentType = new MediaTypeHeaderValue("application/x-www-form-urlencoded");
        var response = await http.PostAsync(new Uri(path, UriKind.Relative), content);
        return new Answer((int)response.StatusCode, JsonElement.Parse(await response.Content.ReadAsStringAsync()), response);
    }

    public void Dispose() => Http.Dispose();
}
