namespace Tidemark.Simulator.Rest;

/// <summary>A refusal in the exchange's own words.</summary>
public sealed class ExchangeError(int code, string message, int status = 400) : Exception(message)
{
    public int Code => code;

    public int Status => status;

    /// <summary>Seconds to wait, where the exchange says so.</summary>
    public int? RetryAfter { get; init; }

    public static ExchangeError InvalidSymbol() => new(-1121, "Invalid symbol.");

    public static ExchangeError InvalidInterval() => new(-1120, "Invalid interval.");

    public static ExchangeError InvalidTickerType() => new(-1139, "Invalid ticker type.");

    public static ExchangeError InvalidStatus() => new(-1122, "Invalid symbolStatus.");

    public static ExchangeError StatusMismatch() => new(-1220, "The symbol's status does not match the requested symbolStatus.");

    public static ExchangeError DuplicateSymbols() => new(-1151, "Symbol is present multiple times in the list.");

    public static ExchangeError BadCombination() => new(-1128, "Combination of optional parameters invalid.");

    public static ExchangeError IllegalCharacters(string name, string range) =>
        new(-1100, $"Illegal characters found in parameter '{name}'; legal range is '{range}'.");

    public static ExchangeError TooManyParameters(int expected, int received) =>
        new(-1101, $"Too many parameters; expected '{expected}' and received '{received}'.");

    public static ExchangeError DuplicateValues() => new(-1101, "Duplicate values for a parameter detected.");

    public static ExchangeError Missing(string name) => new(-1102, $"Mandatory parameter '{name}' was not sent, was empty/null, or malformed.");

    public static ExchangeError Unread(int read, int sent) => new(-1104, $"Not all sent parameters were read; read '{read}' parameter(s) but was sent '{sent}'.");

    public static ExchangeError Empty(string name) => new(-1105, $"Parameter '{name}' was empty.");

    public static ExchangeError NotValid(string name) => new(-1130, $"Data sent for parameter '{name}' is not valid.");

    public static ExchangeError TooMuchWeight(int limit, int retryAfter) =>
        new(-1003, $"Too much request weight used; current limit is {limit} request weight per 1 MINUTE. Please use WebSocket Streams for live updates to avoid polling the API.", 429)
        {
            RetryAfter = retryAfter,
        };

    public static ExchangeError Banned(long until, int retryAfter) =>
        new(-1003, $"Way too much request weight used; IP banned until {until}. Please use WebSocket Streams for live updates to avoid bans.", 418)
        {
            RetryAfter = retryAfter,
        };

    public static ExchangeError OfServer(int status) => status == 504
        ? new(-1007, "Timeout waiting for response from backend server. Send status unknown; execution status unknown.", status)
        : new(-1000, "An unknown error occurred while processing the request.", status);
}
