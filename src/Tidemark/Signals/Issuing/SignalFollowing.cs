using Tidemark.Market;
using Tidemark.Patterns.Eyes;
using Tidemark.Platform.Settings;
using Tidemark.Quant.Series;

namespace Tidemark.Signals.Issuing;

/// <summary>Gives every eye its book of signals.</summary>
public sealed class SignalFollowing(TidemarkSettings settings, SignalTable table, SignalHerald herald) : IEyeFollowing
{
    readonly HashSet<Symbol> _pairs = [.. SettingKeys.Split(settings["SIGNAL_PAIRS"]).Select(Symbol.Parse)];
    readonly double _costPerSide = (double)settings.Price("TRADING_COST_PERCENT") / 100;

    /// <summary>The symbols for which the baseline strategy works.</summary>
    public IReadOnlySet<Symbol> Pairs => _pairs;

    public string Rules => $"strategy={MeanReversion.Name}+{string.Join('+', _pairs.Select(static pair => pair.ToString()).Order(StringComparer.Ordinal))}";

    public IEyeFollower Follow(EyeKey key, Timeframe candles) => new SignalBook(key, candles, _costPerSide, _pairs.Contains(key.Symbol), table, herald);
}
