using System.Globalization;
using System.Net;
using System.Text.Json;
using Polly;

namespace Tidemark.Market.Exchanges.Binance;

/// <summary>Asks Binance's REST interface: weight counted, limits obeyed, errors named, calls repeated by rule.</summary>
public sealed class BinanceRest(HttpClient http, TimeProvider clock, ILogger log) : IDisposable
{
    static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);
    const int UnknownSymbolCode = -1121, TooManyRequestsCode = -1003;

    readonly ResiliencePipeline _pipeline = new RetryRules(clock, log).Build();

    public WeightBudget Budget { get; } = new(clock);
    public CallRecord Calls { get; } = new(clock);

    /// <summary>What the answer holds; the document is the caller's to dispose.</summary>
    public async Task<JsonDocument> Get(string path, int weight, CancellationToken stop)
    {
        var context = ResilienceContextPool.Shared.Get(stop);
        context.Properties.Set(RetryRules.Asked, $"GET {path}");
        try
        {
            return await _pipeline.ExecuteAsync(async (attempt, state) => await state.Asker.Ask(state.Path, state.Weight, attempt.CancellationToken), context, (Asker: this, Path: path, Weight: weight));
        }
        finally
        {
            ResilienceContextPool.Shared.Return(context);
        }
    }

    /// <summary>One try without repeats: for finding out whether anybody is there.</summary>
    public async Task<JsonDocument> Ask(string path, int weight, CancellationToken stop, Action? sent = null)
    {
        using var lease = await Budget.Take(weight, stop);
        sent?.Invoke();
        using var patience = new CancellationTokenSource(Patience, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(stop, patience.Token);
        var began = clock.GetTimestamp();
        var failed = true;
        try
        {
            using var response = await http.GetAsync(new Uri(path, UriKind.Relative), HttpCompletionOption.ResponseContentRead, either.Token);
            if (response.Headers.TryGetValues("X-MBX-USED-WEIGHT-1M", out var told) && int.TryParse(told.First(), NumberStyles.None, CultureInfo.InvariantCulture, out var used))
            {
                lease.Tell(used);
            }
            await using var body = await response.Content.ReadAsStreamAsync(either.Token);
            if (!response.IsSuccessStatusCode)
            {
                using var reader = new StreamReader(body);
                throw Explain(response, await reader.ReadToEndAsync(either.Token));
            }
            var document = await JsonDocument.ParseAsync(body, default, either.Token);
            failed = false;
            return document;
        }
        catch (OperationCanceledException late) when (patience.IsCancellationRequested && !stop.IsCancellationRequested)
        {
            throw new ExchangeTimeoutException($"No answer to {path} in {Patience.TotalSeconds:0} s.", late);
        }
        catch (HttpRequestException unreachable)
        {
            throw new ExchangeException($"{path} could not be asked: {unreachable.Message}", unreachable);
        }
        catch (JsonException nonsense)
        {
            throw new ExchangeException($"The answer to {path} is no JSON.", nonsense);
        }
        finally
        {
            if (!stop.IsCancellationRequested)
            {
                Calls.Add(failed, clock.GetElapsedTime(began));
            }
        }
    }

    ExchangeException Explain(HttpResponseMessage response, string body)
    {
        var (code, message) = ReadError(body);
        var retryAfter = response.Headers.TryGetValues("Retry-After", out var after) ? after.First() : null;
        var isBan = response.StatusCode == (HttpStatusCode)418;
        if (isBan || response.StatusCode == HttpStatusCode.TooManyRequests || code == TooManyRequestsCode)
        {
            var wait = RetryRules.CoolOff(retryAfter, message);
            Budget.StaySilent(isBan || wait < RetryRules.LongestCoolOff ? wait : RetryRules.LongestCoolOff);
            return new ExchangeRateLimitedException($"{(int)response.StatusCode} {message}", wait, isBan);
        }
        if ((int)response.StatusCode >= 500)
        {
            return new ExchangeException($"{(int)response.StatusCode} {message}");
        }
        return new ExchangeRefusedException($"{code} {message}", code);
    }

    static (int Code, string Message) ReadError(string body)
    {
        try
        {
            using var error = JsonDocument.Parse(body);
            return error.RootElement.ValueKind == JsonValueKind.Object && error.RootElement.TryGetProperty("code", out var code) && code.TryGetInt32(out var number)
                ? (number, error.RootElement.TryGetProperty("msg", out var text) ? text.GetString() ?? "" : "")
                : (0, body);
        }
        catch (JsonException)
        {
            return (0, body.Length > 200 ? body[..200] : body);
        }
    }

    /// <summary>Names the one refusal that is about the symbol.</summary>
    public static bool IsUnknownSymbol(ExchangeRefusedException refused) => refused.Code == UnknownSymbolCode;

    public void Dispose() => http.Dispose();
}
