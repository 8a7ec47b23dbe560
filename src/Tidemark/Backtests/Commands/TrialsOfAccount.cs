using Npgsql;
using Tidemark.Backtests.Trials;
using Tidemark.Platform.Cli;
using Tidemark.Quant.Backtesting.Proof;

namespace Tidemark.Backtests.Commands;

/// <summary>The count of trials of an account, the same that its runs in the browser add to.</summary>
sealed class TrialsOfAccount(TrialBook book, NpgsqlDataSource source, long user, TrialMarket market, string email) : TrialKeeper
{
    public override string Place => $"the account {email}";

    public static async Task<TrialsOfAccount> Of(string email, TrialMarket market, IServiceProvider services, CancellationToken stop)
    {
        var source = services.GetRequiredService<NpgsqlDataSource>();
        await using var command = source.CreateCommand("SELECT id FROM users WHERE lower(email) = lower($1)");
        command.Parameters.Add(new() { Value = email.Trim() });
        return await command.ExecuteScalarAsync(stop) is long user
            ? new TrialsOfAccount(services.GetRequiredService<TrialBook>(), source, user, market, email.Trim())
            : throw new CommandException($"There is no account {email.Trim()}.");
    }

    public override async Task<(TrialTally Tried, bool IsCounted)> Read(string fingerprint, CancellationToken stop) =>
        ((await book.Of(user, market, stop)).Tally, await book.IsCounted(user, fingerprint, stop));

    public override async Task Count(string fingerprint, Tried tried, CancellationToken stop)
    {
        await using var connection = await source.OpenConnectionAsync(stop);
        await using var transaction = await connection.BeginTransactionAsync(stop);
        await book.Count(connection, user, market, fingerprint, tried, stop);
        await transaction.CommitAsync(stop);
    }
}
