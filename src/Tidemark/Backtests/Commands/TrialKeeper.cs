using System.Security.Cryptography;
using System.Text;
using Tidemark.Backtests.Trials;
using Tidemark.Quant.Backtesting;
using Tidemark.Quant.Backtesting.Proof;

namespace Tidemark.Backtests.Commands;

/// <summary>Where the tries of whoever sits at the console are counted. The count only grows, for it is what results are deflated by.</summary>
abstract class TrialKeeper
{
    /// <summary>Its name in a sentence.</summary>
    public abstract string Place { get; }

    /// <summary>All that was tried before, and whether this very try is among it.</summary>
    public abstract Task<(TrialTally Tried, bool IsCounted)> Read(string fingerprint, CancellationToken stop);

    /// <summary>Counts a try, unless it is counted already.</summary>
    public abstract Task Count(string fingerprint, Tried tried, CancellationToken stop);

    /// <summary>What tells a try from others: data, code and settings of the run, and what was searched besides.</summary>
    public static string FingerprintOf(BacktestResult given, params IEnumerable<string> search) =>
        Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(string.Join('\n', search.Prepend(given.Fingerprint)))));
}
