namespace Tidemark.Quant.Series;

/// <summary>The fields of a comma-separated line one after the other, without blanks around them; a quoted field may hold commas.</summary>
ref struct CsvFields(ReadOnlySpan<char> line)
{
    ReadOnlySpan<char> rest = line;
    bool ended;

    /// <summary>The field that was read last.</summary>
    public ReadOnlySpan<char> Current { get; private set; }

    /// <summary>Reads the next field; false at the end of the line.</summary>
    public bool Next()
    {
        if (ended)
        {
            return false;
        }

        var end = EndOfField();
        Current = Unquoted(rest[..end].Trim());
        ended = end == rest.Length;
        rest = ended ? default : rest[(end + 1)..];
        return true;
    }

    // A quote that is not closed takes the rest of the line, which then has too few fields.
    readonly int EndOfField()
    {
        var quoted = false;
        for (var i = 0; i < rest.Length; i++)
        {
            if (rest[i] == '"')
            {
                quoted = !quoted;
            }
            else if (rest[i] == ',' && !quoted)
            {
                return i;
            }
        }

        return rest.Length;
    }

    static ReadOnlySpan<char> Unquoted(ReadOnlySpan<char> field) => field is ['"', .., '"'] ? field[1..^1].Trim() : field;
}
