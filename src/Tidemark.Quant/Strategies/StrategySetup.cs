using Tidemark.Quant.Strategies.Columns;

namespace Tidemark.Quant.Strategies;

/// <summary>What a strategy is made of when it starts: its settings, its columns in the order it asked for them, the sides it may enter.</summary>
public readonly record struct StrategySetup(StrategyArguments Arguments, IReadOnlyList<Column> Columns, TradeDirections Directions);
