using System.Buffers.Text;
using System.Globalization;
using System.Text.Json;
using Tidemark.Simulator.Markets;

namespace Tidemark.Simulator.Rest;

/// <summary>Writes numbers as the exchange does: text with eight decimals, whatever the tick.</summary>
static class WireJson
{
    static readonly long[] Powers = [.. Enumerable.Range(0, 19).Select(power => (long)Math.Pow(10, power))];

    /// <summary>A price in ticks.</summary>
    public static void WritePrice(this Utf8JsonWriter json, Instrument instrument, long ticks) => WriteScaled(json, ticks, instrument.PriceDecimals);

    /// <summary>A quantity in steps.</summary>
    public static void WriteQuantity(this Utf8JsonWriter json, Instrument instrument, long steps) => WriteScaled(json, steps, instrument.QuantityDecimals);

    /// <summary>An amount in ticks times steps.</summary>
    public static void WriteTurnover(this Utf8JsonWriter json, Instrument instrument, Int128 amount) =>
        WriteScaled(json, amount, instrument.PriceDecimals + instrument.QuantityDecimals);

    public static void WritePrice(this Utf8JsonWriter json, string name, Instrument instrument, long ticks)
    {
        json.WritePropertyName(name);
        json.WritePrice(instrument, ticks);
    }

    public static void WriteQuantity(this Utf8JsonWriter json, string name, Instrument instrument, long steps)
    {
        json.WritePropertyName(name);
        json.WriteQuantity(instrument, steps);
    }

    public static void WriteTurnover(this Utf8JsonWriter json, string name, Instrument instrument, Int128 amount)
    {
        json.WritePropertyName(name);
        json.WriteTurnover(instrument, amount);
    }

    /// <summary>Turnover by volume: the mean price.</summary>
    public static void WriteMeanPrice(this Utf8JsonWriter json, string name, Instrument instrument, Int128 turnover, long volume)
    {
        json.WritePropertyName(name);
        WriteScaled(json, volume == 0 ? 0 : turnover * Powers[Instrument.WireDecimals - instrument.PriceDecimals] / volume, Instrument.WireDecimals);
    }

    public static void WriteFixed(this Utf8JsonWriter json, string name, double value, int decimals) =>
        json.WriteString(name, value.ToString("F" + decimals.ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture));

    static void WriteScaled(Utf8JsonWriter json, Int128 value, int decimals)
    {
        var scaled = decimals <= Instrument.WireDecimals
            ? value * Powers[Instrument.WireDecimals - decimals]
            : value / Powers[decimals - Instrument.WireDecimals];
        Span<byte> text = stackalloc byte[48];
        var length = 0;
        if (scaled < 0)
        {
            text[length++] = (byte)'-';
            scaled = -scaled;
        }

        var whole = (long)(scaled / Powers[Instrument.WireDecimals]);
        var part = (long)(scaled - ((Int128)whole * Powers[Instrument.WireDecimals]));
        Utf8Formatter.TryFormat(whole, text[length..], out var written);
        length += written;
        text[length++] = (byte)'.';
        Utf8Formatter.TryFormat(part, text[length..], out _, new('D', Instrument.WireDecimals));
        json.WriteStringValue(text[..(length + Instrument.WireDecimals)]);
    }
}
