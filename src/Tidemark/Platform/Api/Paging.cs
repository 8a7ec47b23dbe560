using System.Buffers.Text;
using System.ComponentModel;
using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Mvc;
using Microsoft.EntityFrameworkCore;

namespace Tidemark.Platform.Api;

/// <summary>Which page of a list, newest first, a caller asks for.</summary>
public sealed record PageRequest(
    [property: FromQuery(Name = "cursor"), Description("Where the page before ended: its next_cursor."), MaxLength(100)] string? Cursor = null,
    [property: FromQuery(Name = "limit"), Description("Most items to answer with, 1 to 200."), Range(1, 200)] int Limit = 50)
{
    /// <summary>The id that every item of this page is below.</summary>
    public long Before => Cursor is null ? long.MaxValue : Read(Cursor);

    internal static string CursorAt(long id) => Base64Url.EncodeToString(Encoding.ASCII.GetBytes($"id:{id}"));

    static long Read(string cursor) =>
        Base64Url.IsValid(cursor)
        && Encoding.ASCII.GetString(Base64Url.DecodeFromChars(cursor)) is ['i', 'd', ':', .. var id]
        && long.TryParse(id, NumberStyles.None, CultureInfo.InvariantCulture, out var before)
            ? before
            : throw new TidemarkException(ErrorCode.InvalidCursor);
}

/// <summary>One page of a list; the API answers the items as data and the rest in meta.</summary>
public sealed record Page<T>(IReadOnlyList<T> Items, int Limit, string? NextCursor) : IPage
{
    object IPage.Data => Items;
    int IPage.Count => Items.Count;
}

interface IPage
{
    object Data { get; }
    int Count { get; }
    int Limit { get; }
    string? NextCursor { get; }
}

public static class Paging
{
    /// <summary>Reads one page; the query is ordered by falling id and already below page.Before.</summary>
    public static async Task<Page<T>> ToPage<T>(this IQueryable<T> query, PageRequest page, Func<T, long> id, CancellationToken stop)
    {
        var items = await query.Take(page.Limit + 1).ToListAsync(stop);
        if (items.Count <= page.Limit)
        {
            return new Page<T>(items, page.Limit, NextCursor: null);
        }
        items.RemoveAt(page.Limit);
        return new Page<T>(items, page.Limit, PageRequest.CursorAt(id(items[^1])));
    }
}
