namespace Tidemark.Market.Exchanges;

/// <summary>An exchange did not give what was asked.</summary>
public class ExchangeException(string message, Exception? cause = null) : Exception(message, cause);

/// <summary>The exchange wants to be left alone until then.</summary>
public sealed class ExchangeRateLimitedException(string message, TimeSpan retryAfter, bool isBan) : ExchangeException(message)
{
    public TimeSpan RetryAfter => retryAfter;

    /// <summary>Asking on would lengthen it.</summary>
    public bool IsBan => isBan;
}

/// <summary>No answer in time.</summary>
public sealed class ExchangeTimeoutException(string message, Exception? cause = null) : ExchangeException(message, cause);

/// <summary>The exchange understood and said no; asking again changes nothing.</summary>
public sealed class ExchangeRefusedException(string message, int code) : ExchangeException(message)
{
    public int Code => code;
}

/// <summary>The exchange does not know the symbol.</summary>
public sealed class UnknownSymbolException(Symbol symbol) : ExchangeException($"The exchange does not know {symbol}.")
{
    public Symbol Symbol => symbol;
}
