using Microsoft.Extensions.Configuration;

namespace Tidemark.Platform.Settings;

public sealed class Settings_are_checked_at_start
{
    static TidemarkSettings Read(params (string Name, string Value)[] given) =>
        TidemarkSettings.Read(new ConfigurationBuilder().AddInMemoryCollection(given.ToDictionary(pair => pair.Name, pair => (string?)pair.Value)).Build(), Path.GetTempPath());

    static readonly (string Name, string Value)[] Secrets =
    [
        ("SECRET_KEY", new string('s', 32)), ("ENCRYPTION_KEY", new string('e', 32)), ("ENCRYPTION_SALT", new string('t', 16)),
    ];

    [Fact]
    public void Nothing_needs_to_be_set_for_development()
    {
        var settings = Read();

        settings.IsProduction.ShouldBeFalse();
        settings["PORT"].ShouldBe("5000");
        settings.Roles.ShouldBe(["web", "market", "jobs"], ignoreOrder: true);
    }

    [Fact]
    public void Every_fault_is_told_at_once_by_name()
    {
        var told = Should.Throw<SettingsException>(() => Read(("PORT", "many"), ("LOG_LEVEL", "LOUD"), ("TRUSTED_PROXIES", "somewhere"), ("ROLES", "web,cook")));

        told.Faults.Count.ShouldBe(4);
        told.Message.ShouldContain("PORT must be a whole number from 0 to 65535, not \"many\".");
        told.Message.ShouldContain("ROLES must be one of web, market, jobs");
    }

    [Fact]
    public void A_secret_is_not_repeated_in_the_fault() =>
        Should.Throw<SettingsException>(() => Read(("SECRET_KEY", "too-short-a-secret"))).Message.ShouldNotContain("too-short-a-secret");

    [Theory]
    [InlineData("SECRET_KEY")]
    [InlineData("ENCRYPTION_KEY")]
    [InlineData("ENCRYPTION_SALT")]
    public void Production_refuses_to_start_without(string secret)
    {
        var given = Secrets.Where(pair => pair.Name != secret).Append(("APP_ENV", "production")).ToArray();

        Should.Throw<SettingsException>(() => Read(given)).Message.ShouldContain($"{secret} is required in production");
    }

    [Fact]
    public void Production_starts_with_its_secrets() => Read([.. Secrets, ("APP_ENV", "production")]).IsProduction.ShouldBeTrue();

    [Fact]
    public void Production_refuses_an_open_door() =>
        Should.Throw<SettingsException>(() => Read([.. Secrets, ("APP_ENV", "production"), ("ALLOW_UNAUTHENTICATED_API", "true")])).Message.ShouldContain("ALLOW_UNAUTHENTICATED_API");

    [Theory]
    [InlineData("APP_ENV", "production", true)]
    [InlineData("APP_ENV", "development", false)]
    [InlineData("FLASK_ENV", "production", true)]
    [InlineData("DOTNET_ENVIRONMENT", "Production", true)]
    [InlineData("DYNO", "web.1", true)]
    [InlineData("RAILWAY_ENVIRONMENT", "main", true)]
    [InlineData("KUBERNETES_SERVICE_HOST", "10.0.0.1", true)]
    [InlineData("ASPNETCORE_ENVIRONMENT", "Staging", true)]
    [InlineData("HOSTNAME", "laptop", false)]
    public void Production_is_recognised(string name, string value, bool expected) =>
        (HostEnvironment.ProductionSign(asked => asked == name ? value : null) is not null).ShouldBe(expected);

    [Fact]
    public void What_is_said_wins_over_what_a_platform_gives_away() =>
        HostEnvironment.ProductionSign(asked => asked switch { "APP_ENV" => "development", "DYNO" => "web.1", _ => null }).ShouldBeNull();

    [Fact]
    public void A_dotenv_file_is_read_as_people_write_it()
    {
        var read = DotEnv.Parse(["# comment", "PORT=5001 # inline", "export LOG_LEVEL=DEBUG", "SECRET_KEY=\"a # b = c\"", "", "nonsense", "EMPTY=", "  DB_HOST = here "]);

        read["PORT"].ShouldBe("5001");
        read["LOG_LEVEL"].ShouldBe("DEBUG");
        read["SECRET_KEY"].ShouldBe("a # b = c");
        read["EMPTY"].ShouldBe("");
        read["DB_HOST"].ShouldBe("here");
        read.Count.ShouldBe(5);
    }

    [Fact]
    public void The_example_file_explains_every_setting() =>
        File.ReadAllText(Path.Combine(SettingsSource.FindHome(), ".env.example")).ShouldBe(SettingsCommand.Example(), "Write it anew with: ./tidemark settings --example > .env.example");
}
