using Npgsql;

namespace Tidemark.Platform.Database;

/// <summary>Looks after the private server: should it die under the program, it is started again.</summary>
sealed class DatabaseKeeper(DatabaseServer database, TimeProvider clock, ILogger<DatabaseKeeper> log) : BackgroundService
{
    static readonly TimeSpan Interval = TimeSpan.FromSeconds(2), LongestPause = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        if (database.Private is not { } server)
        {
            return;
        }
        var pause = Interval;
        while (!stoppingToken.IsCancellationRequested)
        {
            await Task.Delay(pause, clock, stoppingToken);
            if (await Answers(stoppingToken))
            {
                pause = Interval;
                continue;
            }
            try
            {
                if (await server.Revive(stoppingToken))
                {
                    log.LogError("The private PostgreSQL server was gone and has been started again");
                }
                pause = Interval;
            }
            catch (Exception fault) when (fault is PostgresException or IOException or TimeoutException)
            {
                pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
                log.LogError(fault, "The private PostgreSQL server is gone and does not start; next try in {Seconds} s", pause.TotalSeconds);
            }
        }
    }

    async Task<bool> Answers(CancellationToken stop)
    {
        try
        {
            await using var command = database.Source.CreateCommand("SELECT 1");
            await command.ExecuteScalarAsync(stop);
            return true;
        }
        catch (NpgsqlException)
        {
            return false;
        }
    }
}
