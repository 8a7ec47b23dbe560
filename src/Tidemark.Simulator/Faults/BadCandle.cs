using Tidemark.Simulator.Markets;

namespace Tidemark.Simulator.Faults;

/// <summary>Makes of a good bar one that no exchange could mean.</summary>
static class BadCandle
{
    public static Bar Of(in Bar bar, ulong luck) => (luck % 5) switch
    {
        0 => bar with { High = bar.Low - 1, Low = bar.High + 1 },
        1 => bar with { Close = 0 },
        2 => bar with { Volume = -bar.Volume - 1 },
        3 => bar with { Open = bar.High + 1 + (bar.High / 50) },
        _ => bar with { Low = bar.High + 1 },
    };
}
