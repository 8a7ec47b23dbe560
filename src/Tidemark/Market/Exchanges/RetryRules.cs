using System.Globalization;
using System.Text.RegularExpressions;
using Polly;
using Polly.CircuitBreaker;
using Polly.Retry;

namespace Tidemark.Market.Exchanges;

/// <summary>
/// How calls to an exchange are repeated: three times, after 5 seconds and then twice as long each time; after a timeout from 10 seconds on;
/// after a rate limit when the exchange said, at most five minutes later. A circuit per exchange opens when half of its calls fail.
/// </summary>
public sealed partial class RetryRules(TimeProvider clock, ILogger log)
{
    public const int MaxRetries = 3;

    /// <summary>Batches in a row that may fail before a symbol's fetch is given up.</summary>
    public const int MaxConsecutiveErrors = 9;

    public static readonly TimeSpan RetryDelay = TimeSpan.FromSeconds(5), TimeoutRetryDelay = TimeSpan.FromSeconds(10);
    public static readonly TimeSpan DefaultCoolOff = TimeSpan.FromSeconds(30), LongestCoolOff = TimeSpan.FromMinutes(5);

    public ResiliencePipeline Build() =>
        new ResiliencePipelineBuilder { TimeProvider = clock }
            .AddRetry(new RetryStrategyOptions
            {
                MaxRetryAttempts = MaxRetries,
                ShouldHandle = new PredicateBuilder().Handle<Exception>(IsWorthRepeating),
                DelayGenerator = static arguments => ValueTask.FromResult<TimeSpan?>(Delay(arguments.Outcome.Exception!, arguments.AttemptNumber)),
                OnRetry = arguments =>
                {
                    var fault = arguments.Outcome.Exception!;
                    var what = arguments.Context.Properties.GetValue(Asked, "a call");
                    log.Log(
                        fault is ExchangeRateLimitedException or ExchangeTimeoutException ? LogLevel.Warning : LogLevel.Error,
                        "{What} failed, attempt {Attempt} of {Attempts}, next in {Delay} s: {Reason}",
                        what, arguments.AttemptNumber + 1, MaxRetries + 1, arguments.RetryDelay.TotalSeconds, fault.Message);
                    return ValueTask.CompletedTask;
                },
            })
            .AddCircuitBreaker(new CircuitBreakerStrategyOptions
            {
                FailureRatio = 0.5,
                MinimumThroughput = 20,
                SamplingDuration = TimeSpan.FromSeconds(30),
                BreakDuration = TimeSpan.FromSeconds(15),
                ShouldHandle = new PredicateBuilder().Handle<Exception>(static fault => fault is ExchangeException and not (ExchangeRefusedException or UnknownSymbolException or ExchangeRateLimitedException)),
                OnOpened = _ =>
                {
                    log.LogError("Half of the calls fail; the exchange is left alone for 15 s");
                    return ValueTask.CompletedTask;
                },
            })
            .Build();

    /// <summary>What a call is about, for the log.</summary>
    public static readonly ResiliencePropertyKey<string> Asked = new("asked");

    static bool IsWorthRepeating(Exception fault) =>
        fault is BrokenCircuitException or (ExchangeException and not (ExchangeRefusedException or UnknownSymbolException));

    internal static TimeSpan Delay(Exception fault, int attempt) => fault switch
    {
        ExchangeRateLimitedException { IsBan: true } banned => banned.RetryAfter,
        ExchangeRateLimitedException limited => limited.RetryAfter < LongestCoolOff ? limited.RetryAfter : LongestCoolOff,
        ExchangeTimeoutException => TimeoutRetryDelay * (1 << attempt),
        BrokenCircuitException { RetryAfter: { } open } => open + TimeSpan.FromMilliseconds(50),
        _ => RetryDelay * (1 << attempt),
    };

    /// <summary>How long to wait, from a header or from words like "retry after 60 seconds"; the default where neither says.</summary>
    public static TimeSpan CoolOff(string? header, string? text)
    {
        if (double.TryParse(header, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var seconds))
        {
            return TimeSpan.FromSeconds(seconds);
        }
        var said = SaidInWords().Match(text ?? "");
        return said.Success ? TimeSpan.FromSeconds(double.Parse(said.Groups["seconds"].ValueSpan, CultureInfo.InvariantCulture)) : DefaultCoolOff;
    }

    [GeneratedRegex(@"retry[ -]after:?\s*(?<seconds>\d{1,6})", RegexOptions.IgnoreCase | RegexOptions.NonBacktracking | RegexOptions.ExplicitCapture)]
    private static partial Regex SaidInWords();
}
