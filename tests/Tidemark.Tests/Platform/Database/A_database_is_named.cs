using Microsoft.Extensions.Configuration;
using Tidemark.Platform.Settings;

namespace Tidemark.Platform.Database;

public sealed class A_database_is_named
{
    static Npgsql.NpgsqlConnectionStringBuilder? From(params (string Name, string Value)[] given) =>
        DatabaseAddress.From(TidemarkSettings.Read(new ConfigurationBuilder().AddInMemoryCollection(given.ToDictionary(pair => pair.Name, pair => (string?)pair.Value)).Build(), Path.GetTempPath()));

    [Fact]
    public void By_nothing_and_then_it_is_private() => From().ShouldBeNull();

    [Fact]
    public void By_an_address_with_escapes()
    {
        var address = From(("DATABASE_URL", "postgres://ann:p%40ss%2Fword@db.example:6432/trading?sslmode=require"))!;

        (address.Host, address.Port, address.Username, address.Password, address.Database).ShouldBe(("db.example", 6432, "ann", "p@ss/word", "trading"));
        address.SslMode.ShouldBe(Npgsql.SslMode.Require);
    }

    [Fact]
    public void By_parts()
    {
        var address = From(("DB_HOST", "db"), ("DB_PASS", "x"))!;

        (address.Host, address.Port, address.Username, address.Password, address.Database).ShouldBe(("db", 5432, "tidemark", "x", "tidemark"));
    }

    [Fact]
    public void By_parts_of_its_own_in_production()
    {
        var address = From(
            ("APP_ENV", "production"), ("SECRET_KEY", new string('s', 32)), ("ENCRYPTION_KEY", new string('e', 32)), ("ENCRYPTION_SALT", new string('t', 16)),
            ("DB_HOST", "dev"), ("PROD_DB_HOST", "prod"), ("DB_NAME", "shared"))!;

        (address.Host, address.Database).ShouldBe(("prod", "shared"));
    }

    [Theory]
    [InlineData("mysql://a@b/c", "postgres://")]
    [InlineData("postgres://a@b/c?colour=red", "colour")]
    [InlineData("nonsense", "connection string")]
    public void And_a_wrong_name_is_told(string url, string part) =>
        Should.Throw<SettingsException>(() => From(("DATABASE_URL", url))).Message.ShouldContain(part);
}
