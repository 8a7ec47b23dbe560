using System.Globalization;
using Tidemark.Backtests.Running;
using Tidemark.Market;
using Tidemark.Market.Exchanges;
using Tidemark.Quant.Backtesting;

namespace Tidemark.Backtests;

/// <summary>In which steps an exchange trades a symbol, for the engine.</summary>
public sealed class MarketSteps(InstrumentBook instruments)
{
    /// <summary>What a reader must know of every price there is here.</summary>
    public const string NoFunding = "The prices are those of a spot market: there is no funding in them and none is charged.";

    /// <summary>What the exchange says now, and in its place whatever the caller said; null where neither says anything.</summary>
    public async Task<MarketRules?> Of(MarketSource source, Symbol symbol, RunSettings? asked, CancellationToken stop)
    {
        if (await instruments.Find(source, symbol, stop) is not { } instrument)
        {
            return null;
        }
        // Money and quantities are decimal on the exchange's side and double in the engine.
        return new MarketRules(
            asked?.Lot ?? (instrument.StepSize > 0 ? (double)instrument.StepSize : new MarketRules().LotSize), asked?.Tick ?? (double)instrument.TickSize, (double)instrument.MinimumQuantity, asked?.MinNotional ?? (double)instrument.MinimumNotional);
    }

    /// <summary>In words: only the steps and least sizes that there are.</summary>
    public static string Text(string symbol, MarketRules? rules)
    {
        if (rules is null)
        {
            return $"{symbol}: the exchange's steps are not known here; those of the settings hold.";
        }
        var said = new[]
        {
            Said(rules.LotSize, "quantities in steps of"), Said(rules.TickSize, "prices in steps of"), Said(rules.MinimumQuantity, "a quantity of at least"), Said(rules.MinimumNotional, "a value of at least"),
        };
        return $"{symbol}: {string.Join(", ", said.OfType<string>())}, as the exchange or the settings say today; that is taken for all of the past.";
    }

    static string? Said(double step, string words) => step > 0 ? string.Create(CultureInfo.InvariantCulture, $"{words} {step:0.##########}") : null;

    /// <summary>What is assumed though nobody asked; a real position on credit pays for it.</summary>
    public static string? CreditWarning(RunSettings settings) =>
        settings.Direction != Direction.Long || settings.Leverage > 1 ? "Short or leveraged positions pay neither funding nor interest here: spot prices have none. Real ones do, and this result is better than they would be." : null;
}
