using Tidemark.Quant.Strategies.BuiltIn;

namespace Tidemark.Quant.Strategies;

/// <summary>Every built-in strategy, for the engine, the API and the screen.</summary>
public static class StrategyRegistry
{
    /// <summary>All of them, the yardstick last.</summary>
    public static IReadOnlyList<StrategyDescription> All { get; } =
    [
        RsiMeanReversion.Description, RsiVote.Three, RsiVote.Seven, MacdCross.Description, AverageCross.Simple, AverageCross.Exponential,
        BollingerReversion.Description, SmcConfluence.Description, BuyAndHold.Description,
    ];

    static readonly Dictionary<string, StrategyDescription> ByName = All.ToDictionary(entry => entry.Name, StringComparer.OrdinalIgnoreCase);

    /// <summary>The strategy of a name, in either case; null where there is none.</summary>
    public static StrategyDescription? Find(string name) => ByName.GetValueOrDefault(name);
}
