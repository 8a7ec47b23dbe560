using System.Globalization;
using Tidemark.Backtests.CustomIndicators;

namespace Tidemark.Backtests;

/// <summary>Stretches of time as people say them: 90d, 12w, 6m, 1y, max.</summary>
public static class Periods
{
    public const string Max = "max";

    /// <summary>Refuses what is no period, whatever candles there are.</summary>
    public static void Check(string text) => Before(DateTimeOffset.UnixEpoch.AddYears(50), text);

    /// <summary>Where a period begins that ends at a moment; null for all there is.</summary>
    public static DateTimeOffset? Before(DateTimeOffset until, string text)
    {
        var word = text.Trim().ToLowerInvariant();
        if (word == Max)
        {
            return null;
        }
        if (word.Length is >= 2 and <= 6 && int.TryParse(word[..^1], NumberStyles.None, CultureInfo.InvariantCulture, out var count) && count is > 0 and <= 10_000)
        {
            var days = word[^1] switch { 'h' => count / 24.0, 'd' => count, 'w' => 7.0 * count, 'm' => 31.0 * count, 'y' => 366.0 * count, _ => double.PositiveInfinity };
            if (days <= 15_000)
            {
                return word[^1] switch
                {
                    'h' => until.AddHours(-count),
                    'd' => until.AddDays(-count),
                    'w' => until.AddDays(-7 * count),
                    'm' => until.AddMonths(-count),
                    _ => until.AddYears(-count),
                };
            }
        }
        throw FormulaText.Refused("period", "A period is written like 48h, 90d, 12w, 6m (months), 1y or max.");
    }
}
