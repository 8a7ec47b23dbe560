using System.Text.Json;
using System.Text.Json.Serialization;
using Tidemark.Quant.Statistics;

namespace Tidemark.Quant;

/// <summary>`quant metrics`: the statistics of series of returns, as JSON.</summary>
public static class ReturnsReport
{
    static readonly JsonSerializerOptions Json = new() { PropertyNamingPolicy = JsonNamingPolicy.SnakeCaseLower, WriteIndented = true };

    public sealed record Answer(IReadOnlyList<double> Returns, ReturnsFile.Settings Settings, Metrics Expected);

    public sealed record Metrics(
        int N,
        double? TotalReturn,
        double? Cagr,
        double? Mean,
        double? StdevSample,
        double? VolatilityAnnual,
        double? SharpeAnnual,
        double? DownsideDeviationAnnual,
        double? SortinoAnnual,
        double? MaxDrawdown,
        int MaxDrawdownDurationPeriods,
        double? Calmar,
        double? Var95Historical,
        double? Var95HistoricalRawQuantile,
        double? Cvar95Historical,
        int CvarTailCount,
        double? Var95Parametric,
        double? Cvar95Parametric,
        double? Var95CornishFisher,
        double? ZCornishFisher,
        double? SkewnessPopulation,
        double? KurtosisPopulationRaw,
        [property: JsonPropertyName("psr_vs_0")] double? PsrVs0,
        double? UlcerIndex,
        [property: JsonPropertyName("omega_0")] double? Omega0,
        double? GainToPain,
        double? TailRatio,
        double? KellyGaussian,
        double? WinRatePeriods);

    public static IReadOnlyDictionary<string, Answer> Of(IEnumerable<ReturnsFile.NamedReturns> series) =>
        series.ToDictionary(
            item => item.Name,
            item => new Answer(item.Returns, item.Settings, ToMetrics(ReturnStatistics.Of(item.Returns, item.Settings.ToMeasure()))),
            StringComparer.Ordinal);

    public static string ToJson(IReadOnlyDictionary<string, Answer> answers) => JsonSerializer.Serialize(answers, Json);

    static Metrics ToMetrics(ReturnStatistics statistics) => new(
        statistics.Count,
        statistics.TotalReturn,
        statistics.AnnualGrowth,
        statistics.Mean,
        statistics.Deviation,
        statistics.Volatility,
        statistics.Sharpe,
        statistics.DownsideDeviation,
        statistics.Sortino,
        statistics.Drawdown.Deepest,
        statistics.Drawdown.LongestPeriods,
        statistics.Calmar,
        statistics.Risk.Historical,
        statistics.Risk.HistoricalQuantile,
        statistics.Risk.HistoricalShortfall,
        statistics.Risk.TailCount,
        statistics.Risk.Parametric,
        statistics.Risk.ParametricShortfall,
        statistics.Risk.CornishFisher,
        statistics.Risk.CornishFisherZ,
        statistics.Skewness,
        statistics.Kurtosis,
        statistics.ProbabilityOfSkill,
        statistics.Drawdown.UlcerIndex,
        statistics.Omega,
        statistics.GainToPain,
        statistics.TailRatio,
        statistics.Kelly,
        statistics.WinRate);
}
