namespace Tidemark.Quant.Formulas.Syntax;

/// <summary>Finds the name somebody may have meant.</summary>
static class Suggestion
{
    const int LongestName = 32;

    /// <summary>", did you mean X?" for the closest name within two slips of the pen, else nothing.</summary>
    public static string For(string written, IEnumerable<string> names)
    {
        if (written.Length > LongestName)
        {
            return "";
        }

        var allowed = Math.Min(2, written.Length / 2);
        var closest = names
            .Select(name => (Name: name, Slips: Slips(written.ToUpperInvariant(), name.ToUpperInvariant())))
            .Where(candidate => candidate.Slips <= allowed)
            .OrderBy(candidate => candidate.Slips)
            .Select(candidate => candidate.Name)
            .FirstOrDefault();
        return closest is null ? "" : $", did you mean {closest}?";
    }

    // Letters added, left out, changed or swapped with their neighbour.
    static int Slips(string from, string to)
    {
        var cost = new int[from.Length + 1, to.Length + 1];
        for (var i = 0; i <= from.Length; i++)
        {
            for (var j = 0; j <= to.Length; j++)
            {
                cost[i, j] = i == 0 || j == 0
                    ? i + j
                    : Math.Min(
                        Math.Min(cost[i - 1, j], cost[i, j - 1]) + 1,
                        cost[i - 1, j - 1] + (from[i - 1] == to[j - 1] ? 0 : 1));
                if (i > 1 && j > 1 && from[i - 1] == to[j - 2] && from[i - 2] == to[j - 1])
                {
                    cost[i, j] = Math.Min(cost[i, j], cost[i - 2, j - 2] + 1);
                }
            }
        }

        return cost[from.Length, to.Length];
    }
}
