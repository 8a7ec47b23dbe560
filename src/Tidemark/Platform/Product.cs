namespace Tidemark.Platform;

/// <summary>The program as its modules make it: their services and their parts, not yet bound to settings or a database.</summary>
public sealed class Product
{
    Product(IServiceCollection services, ProductParts parts)
    {
        Services = services;
        Parts = parts;
    }

    public IServiceCollection Services { get; }
    public ProductParts Parts { get; }

    public static Product Of(params IEnumerable<Action<ModuleBuilder>> doors)
    {
        var services = new ServiceCollection();
        var parts = new ProductParts();
        foreach (var open in doors)
        {
            open(new ModuleBuilder(services, parts));
        }
        services.AddSingleton(parts);
        services.AddSingleton(parts.Mappings);
        return new Product(services, parts);
    }

    /// <summary>The version people read, like 0.1.0.</summary>
    public static string Version { get; } = typeof(Product).Assembly.GetName().Version!.ToString(3);
}
