using System.Globalization;
using System.IO.Compression;
using System.Text;
using System.Xml;

namespace Tidemark.Backtests.Sheets;

/// <summary>One sheet of a workbook: a name, a heading for each column, and rows of text, numbers, times or nothing.</summary>
public sealed record Sheet(string Name, IReadOnlyList<string> Columns, IEnumerable<IReadOnlyList<object?>> Rows);

/// <summary>
/// Writes sheets as an Office Open XML workbook (.xlsx): numbers as numbers, times as dates of the spreadsheet, texts in place.
/// Texts are never formulas, whatever they begin with.
/// </summary>
public static class Workbook
{
    public const string MediaType = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

    /// <summary>What a sheet of the format can hold.</summary>
    public const int MostRows = 1_048_576;

    const int LongestName = 31, LongestText = 32_767;
    const string Main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main", Links = "http://schemas.openxmlformats.org/officeDocument/2006/relationships", Packages = "http://schemas.openxmlformats.org/package/2006";

    /// <summary>Styles by their place in styles.xml.</summary>
    enum Style
    {
        Plain,
        Time,
        Heading,
    }

    /// <summary>The first day that spreadsheets and calendars count alike.</summary>
    static readonly DateTime FirstDay = new(1900, 3, 1, 0, 0, 0, DateTimeKind.Utc);

    public static byte[] Write(IReadOnlyList<Sheet> sheets)
    {
        ArgumentOutOfRangeException.ThrowIfZero(sheets.Count, nameof(sheets));
        using var file = new MemoryStream();
        using (var package = new ZipArchive(file, ZipArchiveMode.Create, leaveOpen: true))
        {
            Part(package, "[Content_Types].xml", xml => ContentTypes(xml, sheets.Count));
            Part(package, "_rels/.rels", static xml => Relations(xml, [("officeDocument", "xl/workbook.xml")]));
            Part(package, "xl/workbook.xml", xml => Book(xml, Names(sheets)));
            Part(package, "xl/_rels/workbook.xml.rels", xml => Relations(xml, [.. sheets.Select((_, i) => ("worksheet", $"worksheets/sheet{i + 1}.xml")), ("styles", "styles.xml")]));
            Part(package, "xl/styles.xml", Styles);
            for (var i = 0; i < sheets.Count; i++)
            {
                var sheet = sheets[i];
                Part(package, $"xl/worksheets/sheet{i + 1}.xml", xml => Rows(xml, sheet));
            }
        }
        return file.ToArray();
    }

    static void Part(ZipArchive package, string path, Action<XmlWriter> write)
    {
        using var stream = package.CreateEntry(path, CompressionLevel.Fastest).Open();
        using var xml = XmlWriter.Create(stream, new XmlWriterSettings { Encoding = new UTF8Encoding(encoderShouldEmitUTF8Identifier: false) });
        xml.WriteStartDocument(standalone: true);
        write(xml);
        xml.WriteEndDocument();
    }

    static void ContentTypes(XmlWriter xml, int sheets)
    {
        const string Space = $"{Packages}/content-types", Kind = "application/vnd.openxmlformats-officedocument.spreadsheetml.";
        xml.WriteStartElement("Types", Space);
        Element(xml, Space, "Default", ("Extension", "rels"), ("ContentType", "application/vnd.openxmlformats-package.relationships+xml"));
        Element(xml, Space, "Default", ("Extension", "xml"), ("ContentType", "application/xml"));
        Element(xml, Space, "Override", ("PartName", "/xl/workbook.xml"), ("ContentType", Kind + "sheet.main+xml"));
        Element(xml, Space, "Override", ("PartName", "/xl/styles.xml"), ("ContentType", Kind + "styles+xml"));
        for (var i = 1; i <= sheets; i++)
        {
            Element(xml, Space, "Override", ("PartName", $"/xl/worksheets/sheet{i}.xml"), ("ContentType", Kind + "worksheet+xml"));
        }
        xml.WriteEndElement();
    }

    static void Relations(XmlWriter xml, IReadOnlyList<(string Kind, string Target)> targets)
    {
        const string Space = $"{Packages}/relationships";
        xml.WriteStartElement("Relationships", Space);
        for (var i = 0; i < targets.Count; i++)
        {
            Element(xml, Space, "Relationship", ("Id", $"rId{i + 1}"), ("Type", $"{Links}/{targets[i].Kind}"), ("Target", targets[i].Target));
        }
        xml.WriteEndElement();
    }

    static void Book(XmlWriter xml, List<string> names)
    {
        xml.WriteStartElement("workbook", Main);
        xml.WriteStartElement("sheets", Main);
        for (var i = 0; i < names.Count; i++)
        {
            xml.WriteStartElement("sheet", Main);
            xml.WriteAttributeString("name", names[i]);
            xml.WriteAttributeString("sheetId", Whole(i + 1));
            xml.WriteAttributeString("r", "id", Links, $"rId{i + 1}");
            xml.WriteEndElement();
        }
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    /// <summary>Names as the format allows them: 31 characters, none of those that addresses use, each once.</summary>
    static List<string> Names(IReadOnlyList<Sheet> sheets)
    {
        var names = new List<string>();
        foreach (var sheet in sheets)
        {
            var clean = new string([.. sheet.Name.Select(static letter => "[]:*?/\\".Contains(letter, StringComparison.Ordinal) || char.IsControl(letter) ? ' ' : letter)]).Trim().Trim('\'');
            clean = clean.Length == 0 ? "Sheet" : clean[..Math.Min(clean.Length, LongestName)];
            var name = clean;
            for (var again = 2; names.Contains(name, StringComparer.OrdinalIgnoreCase); again++)
            {
                var mark = $" {again.ToString(CultureInfo.InvariantCulture)}";
                name = clean[..Math.Min(clean.Length, LongestName - mark.Length)] + mark;
            }
            names.Add(name);
        }
        return names;
    }

    static void Styles(XmlWriter xml)
    {
        xml.WriteStartElement("styleSheet", Main);
        List(xml, "numFmts", static one => Element(one, Main, "numFmt", ("numFmtId", "164"), ("formatCode", "yyyy\\-mm\\-dd\\ hh:mm:ss")));
        List(xml, "fonts", static one => Font(one, isBold: false), static one => Font(one, isBold: true));
        List(xml, "fills", static one => Fill(one, "none"), static one => Fill(one, "gray125"));
        List(xml, "borders", static one => Element(one, Main, "border"));
        List(xml, "cellStyleXfs", static one => Element(one, Main, "xf", ("numFmtId", "0"), ("fontId", "0"), ("fillId", "0"), ("borderId", "0")));
        List(
            xml, "cellXfs",
            static one => Format(one, "0", "0"),
            static one => Format(one, "164", "0"),
            static one => Format(one, "0", "1"));
        List(xml, "cellStyles", static one => Element(one, Main, "cellStyle", ("name", "Normal"), ("xfId", "0"), ("builtinId", "0")));
        xml.WriteEndElement();
    }

    static void List(XmlWriter xml, string name, params ReadOnlySpan<Action<XmlWriter>> entries)
    {
        xml.WriteStartElement(name, Main);
        xml.WriteAttributeString("count", Whole(entries.Length));
        foreach (var entry in entries)
        {
            entry(xml);
        }
        xml.WriteEndElement();
    }

    static void Font(XmlWriter xml, bool isBold)
    {
        xml.WriteStartElement("font", Main);
        if (isBold)
        {
            Element(xml, Main, "b");
        }
        Element(xml, Main, "sz", ("val", "11"));
        Element(xml, Main, "name", ("val", "Calibri"));
        xml.WriteEndElement();
    }

    static void Fill(XmlWriter xml, string pattern)
    {
        xml.WriteStartElement("fill", Main);
        Element(xml, Main, "patternFill", ("patternType", pattern));
        xml.WriteEndElement();
    }

    static void Format(XmlWriter xml, string number, string font) =>
        Element(xml, Main, "xf", ("numFmtId", number), ("fontId", font), ("fillId", "0"), ("borderId", "0"), ("xfId", "0"), ("applyNumberFormat", number == "0" ? "0" : "1"), ("applyFont", font));

    static void Rows(XmlWriter xml, Sheet sheet)
    {
        xml.WriteStartElement("worksheet", Main);
        xml.WriteStartElement("sheetViews", Main);
        xml.WriteStartElement("sheetView", Main);
        xml.WriteAttributeString("workbookViewId", "0");
        // The headings stay in sight.
        Element(xml, Main, "pane", ("ySplit", "1"), ("topLeftCell", "A2"), ("activePane", "bottomLeft"), ("state", "frozen"));
        xml.WriteEndElement();
        xml.WriteEndElement();
        if (sheet.Columns.Count > 0)
        {
            xml.WriteStartElement("cols", Main);
            Element(xml, Main, "col", ("min", "1"), ("max", Whole(sheet.Columns.Count)), ("width", "20"), ("customWidth", "1"));
            xml.WriteEndElement();
        }
        xml.WriteStartElement("sheetData", Main);
        Row(xml, 1, sheet.Columns, Style.Heading);
        var number = 1;
        foreach (var row in sheet.Rows)
        {
            if (++number > MostRows)
            {
                throw new InvalidOperationException($"A sheet holds {MostRows:N0} rows at most.");
            }
            Row(xml, number, row, Style.Plain);
        }
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    static void Row(XmlWriter xml, int number, IReadOnlyList<object?> cells, Style style)
    {
        xml.WriteStartElement("row", Main);
        xml.WriteAttributeString("r", Whole(number));
        for (var i = 0; i < cells.Count; i++)
        {
            Cell(xml, Column(i) + Whole(number), cells[i], style);
        }
        xml.WriteEndElement();
    }

    static void Cell(XmlWriter xml, string address, object? value, Style style)
    {
        switch (value)
        {
            case null:
            case double unknown when !double.IsFinite(unknown):
                return;
            case DateTimeOffset at when at.UtcDateTime >= FirstDay:
                // Days since the last day of 1899, which is how spreadsheets count.
                Value(xml, address, at.UtcDateTime.ToOADate().ToString("R", CultureInfo.InvariantCulture), null, Style.Time);
                return;
            case bool yes:
                Value(xml, address, yes ? "1" : "0", "b", style);
                return;
            case double or float or decimal or int or long or short or byte:
                Value(xml, address, Number((IFormattable)value), null, style);
                return;
            default:
                Text(xml, address, Convert.ToString(value, CultureInfo.InvariantCulture) ?? "", style);
                return;
        }
    }

    static string Number(IFormattable value) => value.ToString(value is double or float ? "R" : null, CultureInfo.InvariantCulture);

    static void Value(XmlWriter xml, string address, string value, string? kind, Style style)
    {
        Begin(xml, address, kind, style);
        xml.WriteElementString("v", Main, value);
        xml.WriteEndElement();
    }

    static void Text(XmlWriter xml, string address, string text, Style style)
    {
        Begin(xml, address, "inlineStr", style);
        xml.WriteStartElement("is", Main);
        xml.WriteStartElement("t", Main);
        xml.WriteAttributeString("xml", "space", null, "preserve");
        xml.WriteString(Storable(text));
        xml.WriteEndElement();
        xml.WriteEndElement();
        xml.WriteEndElement();
    }

    static void Begin(XmlWriter xml, string address, string? kind, Style style)
    {
        xml.WriteStartElement("c", Main);
        xml.WriteAttributeString("r", address);
        if (style != Style.Plain)
        {
            xml.WriteAttributeString("s", Whole((int)style));
        }
        if (kind is not null)
        {
            xml.WriteAttributeString("t", kind);
        }
    }

    /// <summary>What XML can carry, as long as a cell can be.</summary>
    static string Storable(string text)
    {
        var kept = new StringBuilder(text.Length);
        foreach (var rune in text.EnumerateRunes())
        {
            var isAllowed = rune.Value is '\t' or '\n' or '\r' or (>= 0x20 and < 0xFFFE) or >= 0x10000;
            if (kept.Length + rune.Utf16SequenceLength <= LongestText)
            {
                kept.Append(isAllowed ? rune.ToString() : "\uFFFD");
            }
        }
        return kept.ToString();
    }

    static void Element(XmlWriter xml, string space, string name, params ReadOnlySpan<(string Name, string Value)> attributes)
    {
        xml.WriteStartElement(name, space);
        foreach (var (attribute, value) in attributes)
        {
            xml.WriteAttributeString(attribute, value);
        }
        xml.WriteEndElement();
    }

    /// <summary>A, B, … Z, AA, AB …</summary>
    static string Column(int index)
    {
        var letters = "";
        for (var rest = index + 1; rest > 0; rest = (rest - 1) / 26)
        {
            letters = (char)('A' + ((rest - 1) % 26)) + letters;
        }
        return letters;
    }

    static string Whole(int value) => value.ToString(CultureInfo.InvariantCulture);
}
