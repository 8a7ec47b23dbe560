namespace Tidemark.Platform.Api;

/// <summary>One way a request can fail: the word a program reads, its HTTP status, and what it means.</summary>
public sealed record ErrorCode(string Name, int Status, string Meaning)
{
    public static readonly ErrorCode BadRequest = new("BAD_REQUEST", 400, "The request could not be read.");
    public static readonly ErrorCode InvalidJson = new("INVALID_JSON", 400, "The body is not JSON, has an unknown or doubled field, is nested too deeply, or a field has the wrong type.");
    public static readonly ErrorCode ValidationFailed = new("VALIDATION_FAILED", 400, "Fields hold values that are not allowed; details.fields names each with its faults.");
    public static readonly ErrorCode InvalidTimeframe = new("INVALID_TIMEFRAME", 400, "The timeframe is none that is stored: 1m, 5m, 15m, 30m, 1h, 2h, 4h, 1d.");
    public static readonly ErrorCode InvalidCursor = new("INVALID_CURSOR", 400, "The paging cursor was not made by this API.");
    public static readonly ErrorCode InvalidIdempotencyKey = new("INVALID_IDEMPOTENCY_KEY", 400, "Idempotency-Key must have 8 to 200 visible ASCII characters.");
    public static readonly ErrorCode SignInRequired = new("SIGN_IN_REQUIRED", 401, "The request needs a signed-in caller.");
    public static readonly ErrorCode InvalidCredentials = new("INVALID_CREDENTIALS", 401, "The address and password do not open an account: one of them is wrong, the address is not confirmed yet, or the account is locked.");
    public static readonly ErrorCode CredentialRefused = new("CREDENTIAL_REFUSED", 401, "The token or API key that was sent is wrong, has expired or was revoked.");
    public static readonly ErrorCode SecondFactorRequired = new("SECOND_FACTOR_REQUIRED", 401, "The password was right; a second factor is needed. details.challenge goes with it to /auth/second-factor.");
    public static readonly ErrorCode SecondFactorWrong = new("SECOND_FACTOR_WRONG", 401, "The code is wrong, was used before, or its challenge has ended.");
    public static readonly ErrorCode PasskeyRefused = new("PASSKEY_REFUSED", 401, "The passkey does not open an account, or its challenge has ended.");
    public static readonly ErrorCode Forbidden = new("FORBIDDEN", 403, "The caller may not do this.");
    public static readonly ErrorCode ScopeMissing = new("SCOPE_MISSING", 403, "The API key was not made for this; details.scope names what it lacks.");
    public static readonly ErrorCode AddressRefused = new("ADDRESS_REFUSED", 403, "The API key may not be used from this network address.");
    public static readonly ErrorCode ConfirmationRequired = new("CONFIRMATION_REQUIRED", 403, "This needs you to have shown who you are within the last 10 minutes: /auth/confirm, then repeat it.");
    public static readonly ErrorCode AdminNeedsSecondFactor = new("ADMIN_NEEDS_SECOND_FACTOR", 403, "Admin rights begin with a second factor: turn one on under Security and sign in with it.");
    public static readonly ErrorCode PlanRequired = new("PLAN_REQUIRED", 403, "The plan does not include this; details explain the plan, its limit and what to do.");
    public static readonly ErrorCode CsrfRefused = new("CSRF_REFUSED", 403, "A change by cookie needs the session's X-CSRF-Token header.");
    public static readonly ErrorCode OriginRefused = new("ORIGIN_REFUSED", 403, "A page of another origin may not open this connection; see CORS_ORIGINS.");
    public static readonly ErrorCode NotFound = new("NOT_FOUND", 404, "There is nothing at this address.");
    public static readonly ErrorCode InvalidSymbol = new("INVALID_SYMBOL", 404, "The symbol is not known here.");
    public static readonly ErrorCode UnknownSource = new("UNKNOWN_SOURCE", 404, "The symbol has no candles from this source.");
    public static readonly ErrorCode MethodNotAllowed = new("METHOD_NOT_ALLOWED", 405, "The address exists, but not for this method; see the Allow header.");
    public static readonly ErrorCode RequestInFlight = new("REQUEST_IN_FLIGHT", 409, "A request with the same Idempotency-Key is still being worked on.");
    public static readonly ErrorCode AlreadyRunning = new("ALREADY_RUNNING", 409, "The work that was asked for is already being done.");
    public static readonly ErrorCode Conflict = new("CONFLICT", 409, "It does not fit with what is there; the message says what.");
    public static readonly ErrorCode NoCandles = new("NO_CANDLES", 409, "There are no candles of the symbol in the period; details say which there are.");
    public static readonly ErrorCode ChannelNotOffered = new("CHANNEL_NOT_OFFERED", 409, "This server cannot send by the channel; its operator has to set it up.");
    public static readonly ErrorCode ChannelNotReady = new("CHANNEL_NOT_READY", 409, "The channel has no address of yours yet, or it is not confirmed.");
    public static readonly ErrorCode ChannelRefused = new("CHANNEL_REFUSED", 409, "The channel did not take the message; the message says why.");
    public static readonly ErrorCode WrongHost = new("WRONG_HOST", 421, "The request names a host that this server is not; PUBLIC_URL says which it is.");
    public static readonly ErrorCode LinkExpired = new("LINK_EXPIRED", 410, "The link was used, replaced by a newer one, or is too old; ask for another.");
    public static readonly ErrorCode BodyTooLarge = new("BODY_TOO_LARGE", 413, "The body is larger than this address takes.");
    public static readonly ErrorCode UnsupportedMediaType = new("UNSUPPORTED_MEDIA_TYPE", 415, "The body must be application/json.");
    public static readonly ErrorCode IdempotencyKeyReused = new("IDEMPOTENCY_KEY_REUSED", 422, "The Idempotency-Key was used before with another request.");
    public static readonly ErrorCode UpgradeRequired = new("UPGRADE_REQUIRED", 426, "This address speaks WebSocket only.");
    public static readonly ErrorCode RateLimited = new("RATE_LIMITED", 429, "Too many requests; Retry-After says when the next is welcome.");
    public static readonly ErrorCode LimitReached = new("LIMIT_REACHED", 429, "The plan's limit is used up; details say the limit, what is used, when it resets and what to do.");
    public static readonly ErrorCode QueueFull = new("QUEUE_FULL", 429, "As much work as allowed is waiting; wait until some of it is done, or cancel it.");
    public static readonly ErrorCode TooManyAttempts = new("TOO_MANY_ATTEMPTS", 429, "Too many failed attempts; Retry-After says when the next is welcome. A browser that has signed in before may go on.");
    public static readonly ErrorCode TooManyConnections = new("TOO_MANY_CONNECTIONS", 429, "As many connections as allowed are open; close one first.");
    public static readonly ErrorCode Internal = new("INTERNAL_ERROR", 500, "The program failed; the request id finds the cause in its log.");
    public static readonly ErrorCode DatabaseUnavailable = new("DATABASE_UNAVAILABLE", 503, "The database does not answer. Whether a change was made is not known: repeat it under the same Idempotency-Key.");
    public static readonly ErrorCode DatabaseBusy = new("DATABASE_BUSY", 503, "A conflicting change was under way; nothing was changed, repeat the request.");
    public static readonly ErrorCode SignInBusy = new("SIGN_IN_BUSY", 503, "Too many people are signing in at this moment; try again.");
    public static readonly ErrorCode NotReady = new("NOT_READY", 503, "The node is not ready: something it needs is down, or it is going down; details.dependencies says what.");
    public static readonly ErrorCode ExchangeUnavailable = new("EXCHANGE_UNAVAILABLE", 503, "The exchange does not answer, or none is connected; stored candles can be read all the same.");
    public static readonly ErrorCode Stopping = new("STOPPING", 503, "This node is going down; ask again.");

    /// <summary>The whole list, in the order above; the docs hold the same table.</summary>
    public static IReadOnlyList<ErrorCode> All { get; } =
    [
        BadRequest, InvalidJson, ValidationFailed, InvalidTimeframe, InvalidCursor, InvalidIdempotencyKey, SignInRequired, InvalidCredentials, CredentialRefused,
        SecondFactorRequired, SecondFactorWrong, PasskeyRefused, Forbidden, ScopeMissing, AddressRefused, ConfirmationRequired,
        AdminNeedsSecondFactor, PlanRequired, CsrfRefused, OriginRefused, NotFound, InvalidSymbol, UnknownSource, MethodNotAllowed,
        RequestInFlight, AlreadyRunning, Conflict, NoCandles, ChannelNotOffered, ChannelNotReady, ChannelRefused, WrongHost, LinkExpired, BodyTooLarge, UnsupportedMediaType, IdempotencyKeyReused,
        UpgradeRequired, RateLimited, LimitReached, QueueFull, TooManyAttempts, TooManyConnections, Internal, DatabaseUnavailable, DatabaseBusy,
        SignInBusy, NotReady, ExchangeUnavailable, Stopping,
    ];

    /// <summary>The code for a status that the framework itself decided on.</summary>
    public static ErrorCode ForStatus(int status) => status switch
    {
        401 => SignInRequired,
        403 => Forbidden,
        404 => NotFound,
        405 => MethodNotAllowed,
        413 => BodyTooLarge,
        415 => UnsupportedMediaType,
        426 => UpgradeRequired,
        429 => RateLimited,
        503 => Stopping,
        >= 500 => Internal,
        _ => BadRequest,
    };
}

/// <summary>What a caller did or met that the API answers with an error of the list.</summary>
public sealed class TidemarkException(ErrorCode code, string? message = null, IReadOnlyDictionary<string, object?>? details = null)
    : Exception(message ?? code.Meaning)
{
    public ErrorCode Code => code;
    public IReadOnlyDictionary<string, object?>? Details => details;
}
