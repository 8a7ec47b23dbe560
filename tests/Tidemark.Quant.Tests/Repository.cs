namespace Tidemark.Quant;

/// <summary>Files of this checkout that are written for people and held to the code by tests.</summary>
static class Repository
{
    public static string Path(string relative)
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(System.IO.Path.Combine(folder.FullName, "Tidemark.slnx")))
        {
            folder = folder.Parent ?? throw new InvalidOperationException("The tests do not run inside a checkout.");
        }

        return System.IO.Path.Combine(folder.FullName, relative);
    }
}
