namespace Tidemark.Platform.Web.Landing;

/// <summary>What the landing page says, apart from how it is laid out. What does not exist yet is called so.</summary>
public static class LandingTexts
{
    public const string Description =
        "Tidemark is a self-hosted platform that will watch crypto markets, mark the patterns that form, and show how often each kind has held. In development.";

    public sealed record Step(string Title, string Text);

    public sealed record Question(string Asked, string Answer);

    public sealed record Piece(string Name, string Text, bool Works);

    public static IReadOnlyList<Step> Steps { get; } =
    [
        new("Watch", "Candles come in from the exchanges you choose. Gaps are found and filled, and every number on screen carries its age and its source."),
        new("Mark", "Rules that are published in full find fair value gaps, order blocks and liquidity sweeps on six timeframes, as each candle closes. Nothing is redrawn later."),
        new("Judge", "Each kind of pattern stands beside its own record: how often it held, out of how many cases. Below thirty cases it says “not enough data”."),
    ];

    public static IReadOnlyList<Piece> Pieces { get; } =
    [
        new("Status of every part, live", "Dependencies, latency, jobs, in one page.", Works: true),
        new("REST API, described by OpenAPI", "One envelope, one list of errors, safe repeats.", Works: true),
        new("One WebSocket for live data", "Resumes where it stopped after a cut.", Works: true),
        new("Your server, your database", "One program that brings its own PostgreSQL.", Works: true),
        new("Market data from Binance", "Checked, mended, dated; simulated where there is no way to it.", Works: true),
        new("Accounts, second factors, API keys", "Passkeys, sessions, an audit log.", Works: true),
        new("Smart Money Concepts patterns and signals", "On every timeframe, with a measured record beside each.", Works: true),
        new("Alerts and notifications", "Told in time, told once.", Works: false),
        new("Backtests and portfolios", "On the same code that runs live.", Works: false),
        new("Paying for plans", "Plans exist; an admin sets them.", Works: false),
    ];

    public static IReadOnlyList<Question> Questions { get; } =
    [
        new("Is this financial advice?", "No. Tidemark informs and teaches. It does not give financial, investment, legal or tax advice, and it does not know your situation."),
        new("Will it make me money?", "Nobody can promise that, and we do not. Most patterns fail often; that is why their record is shown with them. You may lose some or all of what you invest."),
        new("What works today?", "Market data with charts and indicators, patterns and signals with their measured record, accounts with second factors and API keys, and the platform below: API, live connection, jobs, status page. Alerts, backtests and portfolios are in preparation, and this page will say so when they arrive."),
        new("Which exchanges are supported?", "Binance. Where it cannot be reached, a simulated market takes its place and every page says so. Others follow through one common adapter."),
        new("Where does my data live?", "On the machine that runs Tidemark. It brings its own PostgreSQL, calls nobody home, and the pages load nothing from other sites."),
        new("Are payments refundable?", "There is nothing to pay for yet. Once there is, payments are non-refundable, except where the law gives you the right to a refund."),
    ];
}
