using System.Globalization;
using System.Security;
using System.Text;

namespace Tidemark.Backtests.Drawing;

/// <summary>Which ground a picture is drawn for.</summary>
public enum Theme
{
    /// <summary>As the reader's system says.</summary>
    Auto,
    Light,
    Dark,
}

/// <summary>The colours of a picture; what each is in light and dark stands in its style.</summary>
public enum Ink
{
    Text,
    Muted,
    Grid,
    Rise,
    Fall,
    Series1,
    Series2,
    Series3,
    Series4,
    Series5,
    Series6,
    Series7,
    Series8,
}

/// <summary>An SVG drawing as text: no script, no font and no picture from elsewhere.</summary>
public sealed class Picture
{
    const string Light = "--ground:#ffffff;--text:#17202b;--muted:#5d6a79;--grid:#e3e7ec;--rise:#0a7850;--fall:#c22f3d;--series1:#1a66d0;--series2:#b06000;--series3:#8237c4;--series4:#0b7d71;--series5:#bd2f83;--series6:#5c6f00;--series7:#46708c;--series8:#8a5a44";
    const string Dark = "--ground:#141a22;--text:#e6ebf1;--muted:#8b97a6;--grid:#26303b;--rise:#2ebd85;--fall:#f0616d;--series1:#5b9dff;--series2:#f0a13a;--series3:#b98af5;--series4:#1fb8a6;--series5:#f07fc0;--series6:#b9cc4a;--series7:#8fb4cc;--series8:#cf9f88";

    readonly StringBuilder _text = new();

    public Picture(double width, double height, string title, string description, Theme theme)
    {
        var colours = theme switch
        {
            Theme.Light => $"svg{{{Light}}}",
            Theme.Dark => $"svg{{{Dark}}}",
            _ => $"svg{{{Light}}}@media(prefers-color-scheme:dark){{svg{{{Dark}}}}}",
        };
        _text.Append(CultureInfo.InvariantCulture, $"<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width} {height}\" width=\"{width}\" height=\"{height}\" role=\"img\" aria-labelledby=\"t d\">");
        _text.Append("<title id=\"t\">").Append(SecurityElement.Escape(title)).Append("</title><desc id=\"d\">").Append(SecurityElement.Escape(description)).Append("</desc>");
        _text.Append("<style>").Append(colours).Append("text{font:11px system-ui,-apple-system,'Segoe UI',Roboto,sans-serif;font-variant-numeric:tabular-nums}.h{font-size:14px;font-weight:600}</style>");
        _text.Append(CultureInfo.InvariantCulture, $"<rect width=\"{width}\" height=\"{height}\" fill=\"var(--ground)\"/>");
    }

    public void Line(double x1, double y1, double x2, double y2, Ink ink, double width = 1, string? dashes = null) =>
        _text.Append(CultureInfo.InvariantCulture, $"<path d=\"M{x1:0.##} {y1:0.##}L{x2:0.##} {y2:0.##}\" stroke=\"{Of(ink)}\" stroke-width=\"{width:0.##}\"{(dashes is null ? "" : $" stroke-dasharray=\"{dashes}\"")}/>");

    public void Box(double x, double y, double width, double height, Ink ink, double opacity = 1) =>
        _text.Append(CultureInfo.InvariantCulture, $"<rect x=\"{x:0.##}\" y=\"{y:0.##}\" width=\"{Math.Max(width, 0.4):0.##}\" height=\"{Math.Max(height, 0.6):0.##}\" fill=\"{Of(ink)}\"{Opacity(opacity)}/>");

    /// <summary>A line through points; a point without a number breaks it.</summary>
    public void Curve(ReadOnlySpan<(double X, double Y)> points, Ink ink, double width = 1.5)
    {
        _text.Append("<path d=\"");
        var isDrawing = false;
        foreach (var (x, y) in points)
        {
            if (double.IsFinite(y))
            {
                _text.Append(CultureInfo.InvariantCulture, $"{(isDrawing ? 'L' : 'M')}{x:0.##} {y:0.##}");
            }
            isDrawing = double.IsFinite(y);
        }
        _text.Append(CultureInfo.InvariantCulture, $"\" fill=\"none\" stroke=\"{Of(ink)}\" stroke-width=\"{width:0.##}\" stroke-linejoin=\"round\"/>");
    }

    public void Area(ReadOnlySpan<(double X, double Y)> outline, Ink ink, double opacity)
    {
        _text.Append("<path d=\"");
        for (var i = 0; i < outline.Length; i++)
        {
            _text.Append(CultureInfo.InvariantCulture, $"{(i == 0 ? 'M' : 'L')}{outline[i].X:0.##} {outline[i].Y:0.##}");
        }
        _text.Append(CultureInfo.InvariantCulture, $"Z\" fill=\"{Of(ink)}\"{Opacity(opacity)}/>");
    }

    /// <summary>Words; they end at the point where it is said, or stand around it.</summary>
    public void Text(double x, double y, string words, Ink ink, string anchor = "start", bool isHeading = false) =>
        _text.Append(CultureInfo.InvariantCulture, $"<text x=\"{x:0.##}\" y=\"{y:0.##}\" fill=\"{Of(ink)}\" text-anchor=\"{anchor}\"{(isHeading ? " class=\"h\"" : "")}>").Append(SecurityElement.Escape(words)).Append("</text>");

    /// <summary>The whole drawing; nothing is added afterwards.</summary>
    public string Finish() => _text.Append("</svg>").ToString();

    static string Of(Ink ink) => $"var(--{ink.ToString().ToLowerInvariant()})";

    static string Opacity(double opacity) => opacity >= 1 ? "" : $" fill-opacity=\"{opacity.ToString("0.##", CultureInfo.InvariantCulture)}\"";
}
