namespace Tidemark.Platform.Web.Landing;

/// <summary>
/// The picture of the landing page: made-up candles that hold, by the product's own rules, a sweep of the low of
/// candle 14, a change of character above the high of candle 19, and a fair value gap around candle 26.
/// </summary>
static class ChartDrawing
{
    public const double Width = 960, Height = 400;
    public const int Sweep = 24, SweptLow = 14, Break = 26, BrokenHigh = 19, Gap = 26;
    const double Step = 18.4, Body = 10.5, Left = 14, Top = 26, Bottom = 376;
    const double Highest = 64_740, Lowest = 63_120;

    public readonly record struct Candle(double Open, double High, double Low, double Close)
    {
        public bool Rises => Close >= Open;
    }

    public static IReadOnlyList<Candle> Candles { get; } =
    [
        new(64420, 64471, 64268, 64343), new(64343, 64391, 64202, 64255), new(64255, 64303, 64070, 64126), new(64126, 64147, 64086, 64121),
        new(64121, 64189, 63873, 63933), new(63933, 64012, 63758, 63836), new(63836, 64047, 63811, 63992), new(63992, 64041, 63953, 63972),
        new(63972, 64097, 63955, 64067), new(64067, 64219, 63997, 64175), new(64175, 64232, 63983, 64031), new(64031, 64075, 63866, 63899),
        new(63899, 63978, 63724, 63794), new(63794, 63829, 63571, 63601), new(63601, 63621, 63326, 63390), new(63390, 63569, 63350, 63499),
        new(63499, 63739, 63484, 63669), new(63669, 63743, 63611, 63657), new(63657, 63898, 63637, 63857), new(63857, 63923, 63699, 63731),
        new(63731, 63768, 63501, 63579), new(63579, 63619, 63548, 63596), new(63596, 63615, 63382, 63449), new(63449, 63501, 63361, 63405),
        new(63405, 63465, 63176, 63445), new(63445, 63555, 63395, 63530), new(63530, 64170, 63510, 64130), new(64130, 64320, 64040, 64280),
        new(64280, 64385, 64258, 64329), new(64329, 64492, 64291, 64470), new(64470, 64535, 64402, 64505), new(64505, 64551, 64442, 64519),
        new(64519, 64555, 64328, 64390), new(64390, 64411, 64315, 64384), new(64384, 64414, 64218, 64275), new(64275, 64307, 64160, 64179),
        new(64179, 64226, 64012, 64041), new(64041, 64240, 64001, 64205), new(64205, 64392, 64158, 64350), new(64350, 64466, 64326, 64441),
        new(64441, 64609, 64413, 64549), new(64549, 64605, 64436, 64503), new(64503, 64611, 64439, 64543), new(64543, 64670, 64523, 64632),
        new(64632, 64700, 64576, 64605), new(64605, 64697, 64544, 64668), new(64668, 64699, 64613, 64638), new(64638, 64657, 64609, 64636),
    ];

    public static IReadOnlyList<double> PriceLines { get; } = [63_400, 63_800, 64_200, 64_600];

    public static double X(int candle) => Left + (candle * Step) + (Body / 2);
    public static double Y(double price) => Top + ((Highest - price) / (Highest - Lowest) * (Bottom - Top));

    /// <summary>Wick and body as one path.</summary>
    public static string Outline(int index)
    {
        var candle = Candles[index];
        var (x, left, right) = (X(index), X(index) - (Body / 2), X(index) + (Body / 2));
        var (top, bottom) = (Y(Math.Max(candle.Open, candle.Close)), Y(Math.Min(candle.Open, candle.Close)));
        return $"M{x:0.0} {Y(candle.High):0.0}V{top:0.0}M{x:0.0} {bottom:0.0}V{Y(candle.Low):0.0}M{left:0.0} {top:0.0}H{right:0.0}V{Math.Max(bottom, top + 1):0.0}H{left:0.0}Z";
    }
}
