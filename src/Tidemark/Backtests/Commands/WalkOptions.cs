using System.CommandLine;
using Tidemark.Quant.Backtesting.Optimising;
using Tidemark.Quant.Backtesting.WalkingForward;
using Tidemark.Quant.Strategies;

namespace Tidemark.Backtests.Commands;

/// <summary>The options that say how a run walks forward.</summary>
sealed class WalkOptions
{
    readonly Option<string[]> vary = new("--vary") { Description = "What the walk forward chooses among, as in period=7:28:7 or buy_below=20,25,30; may be repeated (default: the neighbourhood of the given settings).", AllowMultipleArgumentsPerToken = true };
    readonly Option<int> windows = new("--windows") { Description = "Windows of the walk forward.", DefaultValueFactory = static _ => WalkForwardPlan.Standard.Windows };
    readonly Option<double> share = new Option<double>("--in-sample") { Description = "What of the first window is in sample, a fraction.", DefaultValueFactory = static _ => WalkForwardPlan.Standard.InSampleShare }.Positive(most: 1);
    readonly Option<bool> anchored = new("--anchored") { Description = "Let each choice look at all of the past, not only at a stretch of it." };
    readonly Option<int> seed = new("--seed") { Description = "Where random numbers start.", DefaultValueFactory = static _ => 1 };

    public IEnumerable<Option> All => [vary, windows, share, anchored, seed];

    public WalkForwardPlan Windows(ParseResult parsed) => new() { Windows = parsed.GetValue(windows), InSampleShare = parsed.GetValue(share), IsAnchored = parsed.GetValue(anchored) };

    public IReadOnlyList<string> Varied(ParseResult parsed) => parsed.GetValue(vary) ?? [];

    public int Seed(ParseResult parsed) => parsed.GetValue(seed);

    public OptimiserPlan? Search(ParseResult parsed, StrategyDescription strategy, IReadOnlyDictionary<string, double> parameters) =>
        Varied(parsed) is { Count: > 0 } texts ? new OptimiserPlan(new ParameterSpace(strategy, [.. texts.Select(OptimiseCommand.Values)], parameters)) : null;
}
