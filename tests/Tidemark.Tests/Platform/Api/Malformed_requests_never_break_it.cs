using System.Text;
using System.Text.Json;
using Tidemark.Running;

namespace Tidemark.Platform.Api;

/// <summary>Requests made from the API's own description and then broken: none may end in a 500 or outside the envelope.</summary>
public sealed class Malformed_requests_never_break_it(Malformed_requests_never_break_it.Server server) : IClassFixture<Malformed_requests_never_break_it.Server>
{
    public sealed class Server(TestPostgres postgres) : WithAMarket(postgres)
    {
        protected override IReadOnlyDictionary<string, string?> Settings => new Dictionary<string, string?>(base.Settings) { ["ALLOW_UNAUTHENTICATED_API"] = "true" };
    }

    const int Requests = 5_000;
    readonly Random _random = new(4711);

    [Fact]
    public async Task Five_thousand_of_them()
    {
        using var handler = new SocketsHttpHandler { RequestHeaderEncodingSelector = static (_, _) => Encoding.UTF8 };
        using var http = new HttpClient(handler) { BaseAddress = server.Address };
        var document = (await server.Http.GetAsync(new Uri("/api/v1/openapi.json", UriKind.Relative))).Content;
        var operations = Operations(JsonElement.Parse(await document.ReadAsStringAsync())).ToList();
        operations.Count.ShouldBeGreaterThan(3);
        var failures = new List<string>();
        var statuses = new Dictionary<int, int>();

        foreach (var batch in Enumerable.Range(0, Requests).Select(i => Break(operations[i % operations.Count])).Chunk(20).ToList())
        {
            await Task.WhenAll(batch.Select(async request =>
            {
                var told = Describe(request);
                using var response = await http.SendAsync(request);
                var body = await response.Content.ReadAsStringAsync();
                lock (failures)
                {
                    var status = (int)response.StatusCode;
                    statuses[status] = statuses.GetValueOrDefault(status) + 1;
                    if (status >= 500 || (status >= 400 && request.Method != HttpMethod.Head && !IsErrorEnvelope(body)))
                    {
                        failures.Add($"{told} -> {status} {body}");
                    }
                }
                request.Dispose();
            }));
        }

        failures.ShouldBeEmpty();
        statuses.Where(pair => pair.Key is >= 400 and < 500).Sum(pair => pair.Value).ShouldBeGreaterThan(Requests / 4);
    }

    sealed record Operation(HttpMethod Method, string Path, IReadOnlyList<string> Parameters, JsonElement? Example);

    static IEnumerable<Operation> Operations(JsonElement document)
    {
        var schemas = document.GetProperty("components").GetProperty("schemas");
        foreach (var path in document.GetProperty("paths").EnumerateObject())
        {
            foreach (var operation in path.Value.EnumerateObject())
            {
                var parameters = operation.Value.TryGetProperty("parameters", out var listed) ? listed.EnumerateArray().Select(one => one.GetProperty("name").GetString()!).ToList() : [];
                JsonElement? schema = operation.Value.TryGetProperty("requestBody", out var body) ? body.GetProperty("content").GetProperty("application/json").GetProperty("schema") : null;
                if (schema is { } reference && reference.TryGetProperty("$ref", out var name))
                {
                    schema = schemas.GetProperty(name.GetString()!.Split('/')[^1]);
                }
                yield return new Operation(new HttpMethod(operation.Name.ToUpperInvariant()), path.Name, parameters, schema);
            }
        }
    }

    HttpRequestMessage Break(Operation operation)
    {
        var path = operation.Path;
        if (_random.Next(4) == 0)
        {
            // A zero byte is not among them: the web server takes such a line for no HTTP at all and no program sees it.
            path += Pick("/", "/..", "/%2e%2e", "/null", "/" + new string('a', 300), "/%01", "/%ff%fe", "//x", ";x=1", "/🦀");
        }
        var query = operation.Parameters.Where(_ => _random.Next(2) == 0).Select(name => $"{name}={Uri.EscapeDataString(Nonsense())}").ToList();
        if (_random.Next(8) == 0)
        {
            query.Add(Pick("a[]=1", "%", "=", "&&&", "limit=1&limit=2", "cursor=" + new string('z', 3_000)));
        }
        var request = new HttpRequestMessage(_random.Next(10) == 0 ? new HttpMethod(Pick("PUT", "DELETE", "PATCH", "HEAD", "POST", "GET", "BREW")) : operation.Method, path + (query.Count > 0 ? "?" + string.Join('&', query) : ""));
        if (operation.Example is { } schema || request.Method == HttpMethod.Post)
        {
            request.Content = new StringContent(BrokenBody(operation.Example), Encoding.UTF8);
            request.Content.Headers.Remove("Content-Type");
            request.Content.Headers.TryAddWithoutValidation("Content-Type", _random.Next(6) == 0 ? Pick("text/plain", "application/xml", "application/json; charset=utf-16", "nonsense", "") : "application/json");
        }
        if (_random.Next(3) == 0)
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", Pick("short", new string('k', 201), "fuzz-" + _random.Next(50), "with space", "ключ"));
        }
        if (_random.Next(6) == 0)
        {
            request.Headers.TryAddWithoutValidation(Pick("If-None-Match", "Accept-Encoding", "Origin", "X-Forwarded-For", "Accept", "Range", "Upgrade"), Nonsense().Replace("\0", "", StringComparison.Ordinal));
        }
        return request;
    }

    string BrokenBody(JsonElement? schema)
    {
        if (schema is null || _random.Next(5) == 0)
        {
            return Pick("", "null", "[]", "{}", "42", "\"text\"", "{", "{\"a\":", "\u0000", "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[", "{\"__proto__\":1}", "NaN", new string('{', 5_000), "{\"message\":\"\\ud800\",\"page\":\"/\"}");
        }
        var fields = schema.Value.GetProperty("properties").EnumerateObject().Select(property => property.Name).Where(_ => _random.Next(6) != 0).Select(name => $"\"{name}\":{Value()}").ToList();
        if (_random.Next(4) == 0)
        {
            fields.Add($"\"{Pick("extra", "message", "Message", "id", "")}\":{Value()}");
        }
        return "{" + string.Join(',', fields) + "}";
    }

    string Value() => _random.Next(4) == 0 ? JsonSerializer.Serialize("plain text") : Pick(
        "null", "true", "1", "-1", "1e999", "99999999999999999999999999", "\"\"", "\"\\u0000\"", "\"\\ud83d\"", "[]", "{}", "[1,2]", "\"" + new string('x', 9_000) + "\"", "\"' OR 1=1; --\"", "\"<script>alert(1)</script>\"", "01", "\"\\x\"");

    string Nonsense() => Pick("", "0", "-1", "201", "99999999999999999999", "1.5", "NaN", "null", "true", "aWQ6MQ", "aWQ6LTE", "aWQ6OTk5OTk5OTk5OTk5OTk5OTk5OTk", "%", "\u0001", "\0", "' OR '1'='1", "../../etc/passwd", new string('q', 2_000), "١٢", "{}");

    string Pick(params string[] choices) => choices[_random.Next(choices.Length)];

    static string Describe(HttpRequestMessage request) => $"{request.Method} {request.RequestUri} {request.Content?.ReadAsStringAsync().Result}";

    static bool IsErrorEnvelope(string body)
    {
        try
        {
            var envelope = JsonElement.Parse(body);
            return !envelope.GetProperty("success").GetBoolean()
                && ErrorCode.All.Any(code => code.Name == envelope.GetProperty("code").GetString())
                && envelope.GetProperty("meta").GetProperty("request_id").GetString()!.StartsWith("req_", StringComparison.Ordinal);
        }
        catch (Exception fault) when (fault is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            return false;
        }
    }
}
