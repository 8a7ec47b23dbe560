namespace Tidemark.Platform.Database;

/// <summary>Values as parameters take them.</summary>
static class Sql
{
    public static object Value<T>(T? value) => value is null ? DBNull.Value : value;
}
