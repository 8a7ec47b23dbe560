namespace Tidemark.Platform.Web;

/// <summary>What people see: the public pages, rendered here, and the app that runs in their browser.</summary>
public static class WebModule
{
    public static void AddWeb(this ModuleBuilder module)
    {
        module.Services.AddSingleton(_ => WebFiles.In(Path.Combine(AppContext.BaseDirectory, "web")));
        module.Services.AddSingleton<AssetManifest>();
        module.Services.AddSingleton<PublicAddresses>();
        module.Services.AddSingleton<SystemFacts>();
        module.Routes(static app =>
        {
            WebFiles.Map(app);
            AppShellRoutes.Map(app);
            PublicPages.Map(app);
            SearchEngines.Map(app);
            app.Use(PublicPages.AnswerUnknown);
        });
    }
}
