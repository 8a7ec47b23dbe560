namespace Tidemark.Platform.Settings;

/// <summary>
/// Where settings come from, weakest first: appsettings files, `.env`, the environment, the command line.
/// TIDEMARK_DOTENV names another file than the checkout's `.env`, or is `none`.
/// </summary>
public static class SettingsSource
{
    public static IConfigurationRoot Build(IReadOnlyDictionary<string, string?>? overrides = null)
    {
        var home = FindHome();
        var configuration = new ConfigurationBuilder()
            .AddJsonFile(Path.Combine(home, "appsettings.json"), optional: true)
            .AddJsonFile(Path.Combine(AppContext.BaseDirectory, "appsettings.json"), optional: true)
            .AddInMemoryCollection(ReadDotEnv(home))
            .AddEnvironmentVariables();
        if (overrides is not null)
        {
            configuration.AddInMemoryCollection(overrides);
        }
        return configuration.Build();
    }

    static IReadOnlyDictionary<string, string?> ReadDotEnv(string home) => Environment.GetEnvironmentVariable("TIDEMARK_DOTENV") switch
    {
        null or "" => DotEnv.Read(Path.Combine(home, ".env")),
        "none" => new Dictionary<string, string?>(),
        var named when File.Exists(named) => DotEnv.Read(named),
        var named => throw new SettingsException([$"TIDEMARK_DOTENV names {named}, which is not there."]),
    };

    /// <summary>The checkout when run from one (its root holds Tidemark.slnx), else the folder of the program.</summary>
    public static string FindHome()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (File.Exists(Path.Combine(folder.FullName, "Tidemark.slnx")))
            {
                return folder.FullName;
            }
        }
        return AppContext.BaseDirectory;
    }
}
