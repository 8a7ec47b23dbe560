namespace Tidemark.Simulator.Messages;

/// <summary>How the stand-ins for message services are set up; limits are the real services' own.</summary>
public sealed record MessageServerOptions
{
    /// <summary>Where it listens; port 0 takes a free one.</summary>
    public string Address { get; init; } = "http://127.0.0.1:0";

    public ulong Seed { get; init; } = SimulatorOptions.UsualSeed;

    /// <summary>ntfy: the token publishers must show; none is asked for where null.</summary>
    public string? NtfyToken { get; init; }

    /// <summary>ntfy: messages at once, and how long until one more is allowed.</summary>
    public int NtfyBurst { get; init; } = 60;
    public TimeSpan NtfyRefill { get; init; } = TimeSpan.FromSeconds(5);

    /// <summary>Discord: executions of one webhook in the window.</summary>
    public int DiscordLimit { get; init; } = 5;
    public TimeSpan DiscordWindow { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Discord: the bots there are.</summary>
    public IReadOnlyCollection<string> DiscordBots { get; init; } = ["stand-in-discord-bot-token"];

    /// <summary>Telegram: the bots there are.</summary>
    public IReadOnlyCollection<string> TelegramTokens { get; init; } = ["123456789:stand-in-bot-token-AAAA"];

    /// <summary>Telegram: messages a second to one chat, and over all.</summary>
    public int TelegramAChat { get; init; } = 1;
    public int TelegramOverall { get; init; } = 30;

    /// <summary>Telegram: messages a minute to one group.</summary>
    public int TelegramAGroup { get; init; } = 20;

    public string TwilioAccount { get; init; } = "AC00000000000000000000000000000001";
    public string TwilioToken { get; init; } = "stand-in-twilio-token";
}
