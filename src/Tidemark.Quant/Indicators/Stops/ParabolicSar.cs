using Tidemark.Quant.Series;

namespace Tidemark.Quant.Indicators.Stops;

/// <summary>The stop in the price unit, and 1 where the trend turned on this candle, else 0.</summary>
public readonly record struct ParabolicSarValue(double Sar, double IsReversal);

/// <summary>Parabolic stop and reverse: a stop that speeds up towards each new extreme; its first trend is a guess and not reported.</summary>
public struct ParabolicSar(double step, double limit) : IIndicator<Candle, ParabolicSarValue>
{
    double sar = double.NaN;
    double extreme;
    double speed;
    double lowBefore = double.NaN;
    double lowBeforeThat = double.NaN;
    double highBefore = double.NaN;
    double highBeforeThat = double.NaN;
    bool rising = true;
    bool settled;

    /// <summary>Its entry in the registry.</summary>
    public static IndicatorDescription Description { get; } = IndicatorDescription
        .Of("PSAR", "Parabolic stop and reverse", IndicatorGroup.Stops, IndicatorPlacement.Overlay, "A stop that closes in faster the longer a trend lasts.")
        .Number("step", 0.02, 0.0001, 1)
        .Number("limit", 0.2, 0.0001, 1)
        .Output(new IndicatorOutput("sar", _ => 2) { IsOccasional = true })
        .Output(new IndicatorOutput("reversal", _ => 2) { IsOccasional = true })
        .OnCandles<ParabolicSar, ParabolicSarValue>(p => new ParabolicSar(p[0], p[1]));

    /// <summary>Takes the next candle and answers the stop for it.</summary>
    public ParabolicSarValue Next(in Candle input)
    {
        if (double.IsNaN(sar))
        {
            (sar, extreme, speed) = (input.Low, input.High, step);
            Remember(in input);
            return new ParabolicSarValue(double.NaN, double.NaN);
        }

        sar += speed * (extreme - sar);
        var reversed = rising ? Rise(in input) : Fall(in input);
        Remember(in input);
        if (!settled)
        {
            settled = reversed;
            return new ParabolicSarValue(double.NaN, double.NaN);
        }

        return new ParabolicSarValue(sar, reversed ? 1 : 0);
    }

    bool Rise(in Candle input)
    {
        if (!double.IsNaN(lowBeforeThat))
        {
            sar = Math.Min(sar, Math.Min(lowBefore, lowBeforeThat));
        }

        if (input.Low < sar)
        {
            Turn(input.Low);
            return true;
        }

        if (input.High > extreme)
        {
            Quicken(input.High);
        }

        return false;
    }

    bool Fall(in Candle input)
    {
        if (!double.IsNaN(highBeforeThat))
        {
            sar = Math.Max(sar, Math.Max(highBefore, highBeforeThat));
        }

        if (input.High > sar)
        {
            Turn(input.High);
            return true;
        }

        if (input.Low < extreme)
        {
            Quicken(input.Low);
        }

        return false;
    }

    void Turn(double newExtreme)
    {
        (sar, extreme, speed) = (extreme, newExtreme, step);
        rising = !rising;
    }

    void Quicken(double newExtreme)
    {
        extreme = newExtreme;
        speed = Math.Min(speed + step, limit);
    }

    void Remember(in Candle input)
    {
        (lowBeforeThat, lowBefore) = (lowBefore, input.Low);
        (highBeforeThat, highBefore) = (highBefore, input.High);
    }
}
