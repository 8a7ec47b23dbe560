using Npgsql;
using Tidemark.Running;

namespace Tidemark.Platform.Database;

public sealed class Migrations_go_forward_once(TestPostgres postgres)
{
    static readonly Migration First = new(1, "first", "CREATE TABLE a (id int)"), Second = new(2, "second", "CREATE TABLE b (id int)");

    [Fact]
    public async Task What_is_missing_is_applied_in_order_and_remembered()
    {
        await using var source = NpgsqlDataSource.Create(await postgres.Empty());

        var once = await Migrate(source, First);
        var then = await Migrate(source, First, Second);
        var again = await Migrate(source, First, Second);

        once.ShouldBe([First]);
        then.ShouldBe([Second]);
        again.ShouldBeEmpty();
    }

    [Fact]
    public async Task Many_nodes_at_once_apply_each_once()
    {
        await using var source = NpgsqlDataSource.Create(await postgres.Empty());

        var applied = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Migrate(source, First, Second)));

        applied.Sum(some => some.Count).ShouldBe(2);
    }

    [Fact]
    public async Task A_changed_one_is_refused()
    {
        await using var source = NpgsqlDataSource.Create(await postgres.Empty());
        await Migrate(source, First);

        var told = await Should.ThrowAsync<MigrationException>(() => Migrate(source, First with { Sql = "CREATE TABLE a (id bigint)" }));

        told.Message.ShouldContain("0001_first");
    }

    [Fact]
    public async Task A_late_one_below_the_newest_is_refused()
    {
        await using var source = NpgsqlDataSource.Create(await postgres.Empty());
        await Migrate(source, Second);

        (await Should.ThrowAsync<MigrationException>(() => Migrate(source, First, Second))).Message.ShouldContain("never applied");
    }

    [Fact]
    public async Task A_failing_one_leaves_nothing_behind()
    {
        await using var source = NpgsqlDataSource.Create(await postgres.Empty());
        var broken = new Migration(2, "broken", "CREATE TABLE b (id int); SELECT 1/0");

        (await Should.ThrowAsync<MigrationException>(() => Migrate(source, First, broken))).Message.ShouldContain("rolled back");

        await using var left = source.CreateCommand("SELECT to_regclass('a') IS NOT NULL, to_regclass('b') IS NULL");
        await using var row = await left.ExecuteReaderAsync();
        await row.ReadAsync();
        row.GetBoolean(0).ShouldBeTrue();
        row.GetBoolean(1).ShouldBeTrue();
    }

    [Fact]
    public void Their_files_are_numbered_without_gap()
    {
        var numbers = Migration.All.Select(migration => migration.Number).ToList();

        numbers.ShouldBe(numbers.Distinct().Order());
        // 0005 is the market's, and comes with it.
        Enumerable.Range(1, numbers[^1]).Except(numbers).ShouldBeSubsetOf([5]);
    }

    static Task<IReadOnlyList<Migration>> Migrate(NpgsqlDataSource source, params Migration[] migrations) =>
        new Migrator(source, migrations, TimeProvider.System).Apply(CancellationToken.None);
}
