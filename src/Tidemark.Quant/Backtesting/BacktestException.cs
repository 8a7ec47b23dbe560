namespace Tidemark.Quant.Backtesting;

/// <summary>A run that makes no sense as it is asked for; the message says why.</summary>
public sealed class BacktestException(string message) : Exception(message);
