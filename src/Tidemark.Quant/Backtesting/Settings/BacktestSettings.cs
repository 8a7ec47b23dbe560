using Tidemark.Quant.Statistics;
using Tidemark.Quant.Strategies;

namespace Tidemark.Quant.Backtesting;

/// <summary>What a run assumes about the account, the market and the trader. Money is in the quote currency, rates are fractions.</summary>
public sealed record BacktestSettings
{
    /// <summary>Money at the start.</summary>
    public double InitialCash { get; init; } = 10_000;

    /// <summary>What the exchange takes of each side's value.</summary>
    public Fees Fees { get; init; } = new();

    /// <summary>Distance between bid and ask, a fraction of the price; an order at the market pays half of it.</summary>
    public double Spread { get; init; }

    /// <summary>How much worse than the price seen an order at the market is filled.</summary>
    public Slippage Slippage { get; init; } = Slippage.None;

    /// <summary>The most of a bar's volume that orders may take, a fraction; null for no limit. What is left over goes on at the next bar.</summary>
    public double? ParticipationCap { get; init; }

    /// <summary>Steps and least sizes of the exchange, where a symbol does not bring its own.</summary>
    public MarketRules Market { get; init; } = new();

    /// <summary>How large an entry is.</summary>
    public Sizing Sizing { get; init; } = Sizing.AllIn;

    /// <summary>The sides that may be entered; those the strategy cannot trade are left out.</summary>
    public TradeDirections Direction { get; init; } = TradeDirections.Long;

    /// <summary>Distance of a stop from the close that decided the entry, a fraction of it; null for none. A strategy's own stop goes first.</summary>
    public double? StopFraction { get; init; }

    /// <summary>Distance of a target from the close that decided the entry, a fraction of it; null for none. A strategy's own target goes first.</summary>
    public double? TargetFraction { get; init; }

    /// <summary>How far a stop follows behind the best price, a fraction of the close that decided the entry; null for none.</summary>
    public double? TrailingFraction { get; init; }

    /// <summary>Which comes first where a bar holds both a position's stop and its target.</summary>
    public StopPrecedence StopPrecedence { get; init; } = StopPrecedence.WhenUnclear;

    /// <summary>The most that positions may be worth, a multiple of equity.</summary>
    public double Leverage { get; init; } = 1;

    /// <summary>Equity that must remain, a fraction of what the positions are worth; below it all are closed by force.</summary>
    public double MaintenanceMargin { get; init; }

    /// <summary>When not to trade.</summary>
    public Protections Protections { get; init; } = Protections.None;

    /// <summary>Whether what is open at the end is closed at the last close, with the costs of an order at the market; otherwise it stays open and is only marked.</summary>
    public bool CloseAtEnd { get; init; }

    /// <summary>What return statistics are measured against.</summary>
    public ReturnSettings Returns { get; init; } = ReturnSettings.Default;

    /// <summary>The same with fees, spread and slippage times a factor.</summary>
    public BacktestSettings WithCosts(double factor) => this with
    {
        Fees = new Fees(Fees.Maker * factor, Fees.Taker * factor),
        Spread = Spread * factor,
        Slippage = Slippage with { Amount = Slippage.Amount * factor },
    };

    /// <summary>The settings themselves; refused where they make no sense.</summary>
    internal BacktestSettings Checked()
    {
        Require(InitialCash > 0 && double.IsFinite(InitialCash), "initial cash must be above 0");
        Require(Fees is { Maker: > -1 and < 1, Taker: >= 0 and < 1 }, "fees must be fractions; only a maker's may be below 0");
        Require(Spread is >= 0 and < 1, "spread must be a fraction of the price");
        Require(Slippage.Amount >= 0 && Slippage.Amount < (Slippage.Kind == SlippageKind.Volatility ? 100 : 1), "slippage must be 0 or more, and below 1 as a fraction");
        Require(ParticipationCap is null or (> 0 and <= 1), "the share of volume must be above 0 and at most 1");
        Require(Market is { LotSize: >= 0, TickSize: >= 0, MinimumQuantity: >= 0, MinimumNotional: >= 0 }, "steps and least sizes must be 0 or more");
        Require(Sizing is { Amount: > 0, KellyShare: > 0 and <= 1, KellyCap: > 0 and <= 1, KellyTrades: >= 1 } && double.IsFinite(Sizing.Amount), "sizes must be above 0, Kelly's share and cap at most 1");
        Require(Direction is TradeDirections.Long or TradeDirections.Short or TradeDirections.Both, "the direction must be long, short or both");
        Require(StopFraction is null or (> 0 and < 10), "a stop must lie above 0 from the price, as a fraction");
        Require(TargetFraction is null or (> 0 and < 1_000), "a target must lie above 0 from the price, as a fraction");
        Require(TrailingFraction is null or (> 0 and < 1), "a trailing stop must lie above 0 and below 1 from the price, as a fraction");
        Require(Leverage is > 0 and <= 1_000, "leverage must be above 0 and at most 1000");
        Require(MaintenanceMargin is >= 0 and < 1, "the margin must be a fraction");
        Require(Protections is { CoolDownBars: >= 0, StopGuard: null or { Stops: >= 1, WithinBars: >= 1, PauseBars: >= 1 }, MaximumDrawdown: null or (> 0 and <= 1) }, "protections must be above 0, a drawdown at most 1");
        return this;
    }

    static void Require(bool holds, string otherwise)
    {
        if (!holds)
        {
            throw new BacktestException(otherwise);
        }
    }
}

/// <summary>What the exchange takes of each side's value, fractions.</summary>
/// <param name="Maker">Of orders that waited for their price.</param>
/// <param name="Taker">Of orders at the market.</param>
public sealed record Fees(double Maker = 0.001, double Taker = 0.001);

/// <summary>Steps and least sizes of an exchange.</summary>
/// <param name="LotSize">The step of quantities, in the base currency; 0 for none.</param>
/// <param name="TickSize">The step of prices, in the quote currency; 0 for none.</param>
/// <param name="MinimumQuantity">The least quantity of an entry, in the base currency.</param>
/// <param name="MinimumNotional">The least value of an entry, in the quote currency.</param>
public sealed record MarketRules(double LotSize = 1e-8, double TickSize = 0, double MinimumQuantity = 0, double MinimumNotional = 0);

/// <summary>Which of a stop and a target counts where one bar holds both.</summary>
public enum StopPrecedence
{
    /// <summary>Finer candles and the bar's open decide; the stop where they do not.</summary>
    WhenUnclear,

    /// <summary>The stop, even where the bar opened beyond the target.</summary>
    Always,
}
