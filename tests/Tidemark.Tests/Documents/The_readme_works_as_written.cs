using System.Diagnostics;
using Tidemark.Platform.Settings;
using Tidemark.Running;

namespace Tidemark.Documents;

public sealed class The_readme_works_as_written(RunningServer server) : IClassFixture<RunningServer>
{
    [Fact]
    public async Task Register_confirm_sign_in_and_call_with_curl()
    {
        Assert.SkipUnless(Environment.GetEnvironmentVariable("PATH")!.Split(Path.PathSeparator).Any(folder => File.Exists(Path.Combine(folder, "curl"))), "curl is not installed.");
        var readme = await File.ReadAllTextAsync(Path.Combine(SettingsSource.FindHome(), "README.md"));
        var script = readme.Split("```sh\n").Select(part => part.Split("```")[0]).Single(part => part.Contains("auth/register", StringComparison.Ordinal));
        var start = new ProcessStartInfo("sh", ["-e", "-c", script.Replace("http://localhost:5000", server.Address.GetLeftPart(UriPartial.Authority), StringComparison.Ordinal)])
        {
            UseShellExecute = false,
            RedirectStandardOutput = true,
        };

        using var shell = Process.Start(start)!;
        var said = await shell.StandardOutput.ReadToEndAsync();
        await shell.WaitForExitAsync();

        said[said.LastIndexOf("{\"success\"", StringComparison.Ordinal)..].ShouldContain("\"email\":\"user@example.com\",\"name\":\"\",\"role\":\"user\",\"plan\":\"free\",\"credential\":\"token\"", Case.Sensitive, said);
    }
}
