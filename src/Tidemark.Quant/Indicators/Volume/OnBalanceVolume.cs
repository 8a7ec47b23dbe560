using Tidemark.Quant.Series;

namespace Tidemark.Quant.Indicators.Volume;

/// <summary>On-balance volume, in units of volume from 0: volume of rises less volume of falls.</summary>
public struct OnBalanceVolume : IIndicator<Candle, double>
{
    double previousClose = double.NaN;
    double balance;

    /// <summary>A balance that has seen no candle yet.</summary>
    public OnBalanceVolume()
    {
    }

    /// <summary>Its entry in the registry.</summary>
    public static IndicatorDescription Description { get; } = IndicatorDescription
        .Of("OBV", "On-balance volume", IndicatorGroup.Volume, IndicatorPlacement.Pane, "Volume added on rises and taken off on falls.")
        .Output("obv", _ => 0)
        .OnCandles<OnBalanceVolume, double>(_ => new OnBalanceVolume());

    /// <summary>Takes the next candle and answers the balance.</summary>
    public double Next(in Candle input)
    {
        if (input.Close > previousClose)
        {
            balance += input.Volume;
        }
        else if (input.Close < previousClose)
        {
            balance -= input.Volume;
        }

        previousClose = input.Close;
        return balance;
    }
}
