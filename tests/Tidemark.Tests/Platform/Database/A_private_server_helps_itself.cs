using Npgsql;
using Tidemark.Platform.Settings;
using Tidemark.Running;

namespace Tidemark.Platform.Database;

public sealed class A_private_server_helps_itself
{
    [Fact]
    public async Task It_has_no_port_and_a_socket_of_its_own()
    {
        await using var folder = new DataFolder();
        await using var server = await Open(folder);
        await using var source = NpgsqlDataSource.Create(server.ConnectionString("postgres"));

        await using var command = source.CreateCommand("SELECT current_setting('listen_addresses') || '|' || current_setting('fsync') || '|' || current_setting('data_checksums')");

        (await command.ExecuteScalarAsync()).ShouldBe("|on|on");
    }

    [Fact]
    public async Task Its_last_user_stops_it_and_not_before()
    {
        await using var folder = new DataFolder();
        var first = await Open(folder);
        var second = await Open(folder);
        var pid = Path.Combine(folder.Path, "postgres", "postmaster.pid");

        await first.DisposeAsync();
        File.Exists(pid).ShouldBeTrue();
        second.WasRunning.ShouldBeTrue();
        await second.DisposeAsync();
        File.Exists(pid).ShouldBeFalse();
    }

    [Fact]
    public async Task A_cluster_half_made_by_a_killed_start_is_made_anew()
    {
        await using var folder = new DataFolder();
        Directory.CreateDirectory(Path.Combine(folder.Path, "postgres.new", "base"));

        await using var server = await Open(folder);

        Directory.Exists(Path.Combine(folder.Path, "postgres.new")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_deep_folder_is_no_obstacle()
    {
        await using var folder = new DataFolder();
        var deep = Path.Combine(folder.Path, string.Concat(Enumerable.Repeat("deep-folder/", 12)));

        await using var server = await PrivatePostgres.Open(deep, SettingsSource.FindHome(), TimeProvider.System, CancellationToken.None);

        await using var source = NpgsqlDataSource.Create(server.ConnectionString("postgres"));
        await using var command = source.CreateCommand("SELECT 1");
        (await command.ExecuteScalarAsync()).ShouldBe(1);
    }

    [Fact]
    public async Task Missing_programs_are_told_with_the_way_out()
    {
        await using var folder = new DataFolder();

        var told = await Should.ThrowAsync<PostgresException>(() => PrivatePostgres.Open(folder.Path, folder.Path, TimeProvider.System, CancellationToken.None));

        told.Message.ShouldContain("npm ci");
        told.Message.ShouldContain("DATABASE_URL");
    }

    static Task<PrivatePostgres> Open(DataFolder folder) =>
        PrivatePostgres.Open(folder.Path, SettingsSource.FindHome(), TimeProvider.System, CancellationToken.None);
}
