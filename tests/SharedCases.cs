namespace Tidemark;

/// <summary>Cases computed by programs that share no code with this one; they stand beside the checkout where there are any.</summary>
static class SharedCases
{
    static readonly string? Folder = Find();

    /// <summary>The path of a shared file; the test is skipped where the folder is absent.</summary>
    public static string Path(string relative)
    {
        Assert.SkipUnless(Folder is not null, "The folder ../shared with independently computed cases is not beside this checkout.");
        return System.IO.Path.Combine(Folder!, relative);
    }

    static string? Find()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(System.IO.Path.Combine(folder.FullName, "Tidemark.slnx")))
        {
            folder = folder.Parent;
        }

        var shared = folder?.Parent is { } parent ? System.IO.Path.Combine(parent.FullName, "shared") : null;
        return shared is not null && Directory.Exists(System.IO.Path.Combine(shared, "cases")) ? shared : null;
    }
}
