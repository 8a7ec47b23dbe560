using System.Globalization;
using Tidemark.Platform.Database;

namespace Tidemark.Platform.Settings;

/// <summary>Every setting of the product under its documented name. `.env.example` and the docs list the same, held by a test.</summary>
public static class SettingKeys
{
    const string Core = "Core", Db = "Database", Web = "Web", Mail = "Mail and notifications", Logs = "Logs and errors", Security = "Security", Jobs = "Jobs", Market = "Market", Money = "Plans and payments", Later = "Storage and telemetry";

    public static IReadOnlyList<SettingKey> All { get; } =
    [
        new("APP_ENV", Core, "development or production. Unset, it is production on a known hosting platform and development elsewhere.") { Alias = "FLASK_ENV", Check = text => SettingKey.IsOneOf(text, "development", "production") },
        new("TIDEMARK_DATA", Core, "Folder for everything the program writes.") { Default = "data" },
        new("ROLES", Core, "What this process does: any of web, market, jobs.") { Default = "web,market,jobs", Check = CheckRoles },
        new("WORKERS", Core, "Backtests and searches this process works on at a time; 0 means one a core.") { Default = "0", Alias = "GUNICORN_WORKERS", Check = text => SettingKey.IsNumber(text, 0, 1024) },
        new("REHEARSE_BACKTEST", Core, "Judge a made-up backtest once the start is over, so that the first real one need not wait for the compiler. It takes some seconds of one core.") { Default = "true", Check = SettingKey.IsSwitch },

        new("PORT", Web, "Port to listen on, when --urls is not given.") { Default = "5000", Check = text => SettingKey.IsNumber(text, 0, 65535) },
        new("PUBLIC_URL", Web, "The address people use, for canonical links, mails and feeds; pages of it may call the API. Unset: http://localhost and PORT.") { Alias = "NEXT_PUBLIC_API_URL", Check = SettingKey.IsOrigin },
        new("CORS_ORIGINS", Web, "Other origins whose pages may call the API, separated by commas.") { Check = CheckOrigins },
        new("TRUSTED_PROXIES", Web, "Addresses or CIDR ranges whose X-Forwarded-For is believed, separated by commas.") { Check = CheckNetworks },
        new("DRAIN_SECONDS", Web, "Seconds to go on serving with readiness off before stopping, so that a load balancer notices.") { Default = "1", Check = text => SettingKey.IsNumber(text, 0, 20) },
        new("RATE_LIMIT_ANONYMOUS", Web, "API requests an address may make in 15 minutes without signing in.") { Default = "100", Check = text => SettingKey.IsNumber(text, 1, 10_000_000) },

        new("DATABASE_URL", Db, "PostgreSQL address (postgres://user:password@host:port/name). Wins over DB_*. With neither, the program runs its own private server.") { Secret = true, Check = DatabaseAddress.Fault },
        new("DB_HOST", Db, "PostgreSQL host; setting it, DB_PORT, DB_USER, DB_PASS or DB_NAME switches the private server off.") { Default = "localhost" },
        new("DB_PORT", Db, "PostgreSQL port.") { Default = "5432", Check = text => SettingKey.IsNumber(text, 1, 65535) },
        new("DB_USER", Db, "PostgreSQL role.") { Default = "tidemark" },
        new("DB_PASS", Db, "Its password.") { Secret = true },
        new("DB_NAME", Db, "Database name.") { Default = "tidemark" },
        new("DB_POOL", Db, "Most connections this process opens.") { Default = "20", Check = text => SettingKey.IsNumber(text, 2, 500) },
        new("PROD_DB_HOST", Db, "Used instead of DB_HOST in production."),
        new("PROD_DB_USER", Db, "Used instead of DB_USER in production."),
        new("PROD_DB_PASS", Db, "Used instead of DB_PASS in production.") { Secret = true },
        new("PROD_DB_NAME", Db, "Used instead of DB_NAME in production."),

        new("SECRET_KEY", Security, "Signs sessions and tokens; 32 characters or more.") { Secret = true, RequiredInProduction = true, Check = text => SettingKey.IsLongEnough(text, 32) },
        new("ENCRYPTION_KEY", Security, "Wraps the keys of everything stored encrypted; 32 characters or more.") { Secret = true, RequiredInProduction = true, Check = text => SettingKey.IsLongEnough(text, 32) },
        new("ENCRYPTION_SALT", Security, "Salt of that wrapping; 16 characters or more.") { Secret = true, RequiredInProduction = true, Check = text => SettingKey.IsLongEnough(text, 16) },
        new("ALLOW_UNAUTHENTICATED_API", Security, "Development only: treat callers without credentials as administrators.") { Default = "false", Check = SettingKey.IsSwitch },
        new("SESSION_IDLE_MINUTES", Security, "Minutes without a person's doing after which a browser's session ends, where he did not ask to stay signed in.") { Default = "60", Check = text => SettingKey.IsNumber(text, 5, 1440) },
        new("ADMIN_NEEDS_SECOND_FACTOR", Security, "Whether admin rights begin only after a second factor. Unset: on in production, off in development.") { Check = SettingKey.IsSwitch },
        new("API_KEY_IN_QUERY", Security, "Whether an API key may stand in the address (api_key=...) of what a read scope opens.") { Default = "true", Check = SettingKey.IsSwitch },

        new("MAIL_SERVER", Mail, "SMTP server."),
        new("MAIL_PORT", Mail, "SMTP port.") { Default = "587", Check = text => SettingKey.IsNumber(text, 1, 65535) },
        new("MAIL_USE_TLS", Mail, "Use STARTTLS.") { Default = "true", Check = SettingKey.IsSwitch },
        new("MAIL_USERNAME", Mail, "SMTP user."),
        new("MAIL_PASSWORD", Mail, "SMTP password.") { Secret = true },
        new("MAIL_DEFAULT_SENDER", Mail, "Sender address of mails."),
        new("NTFY_URL", Mail, "NTFY server for push notifications.") { Default = "https://ntfy.sh", Check = SettingKey.IsWebAddress },
        new("NTFY_TOKEN", Mail, "Access token of that server, where it wants one.") { Secret = true },
        new("DISCORD_URL", Mail, "Discord's address, in front of /api/webhooks.") { Default = "https://discord.com", Check = SettingKey.IsWebAddress },
        new("TELEGRAM_URL", Mail, "Telegram's bot API.") { Default = "https://api.telegram.org", Check = SettingKey.IsWebAddress },
        new("DISCORD_BOT_TOKEN", Mail, "Token of the bot that writes into people's Discord channels; unset, each gives a webhook.") { Secret = true, Check = text => SettingKey.IsLongEnough(text, 20) },
        new("TELEGRAM_BOT_TOKEN", Mail, "Token of the bot that writes to people; unset, each needs a bot of his own.") { Secret = true, Check = text => SettingKey.IsLongEnough(text, 20) },
        new("TWILIO_URL", Mail, "Twilio's address.") { Default = "https://api.twilio.com", Check = SettingKey.IsWebAddress },
        new("TWILIO_ACCOUNT_SID", Mail, "Twilio account that text messages are sent from; unset, there are none."),
        new("TWILIO_AUTH_TOKEN", Mail, "Its token.") { Secret = true },
        new("TWILIO_FROM", Mail, "Number or messaging service (MG...) that they come from."),
        new("PUSH_CONTACT", Mail, "Where push services may write to about this server's pushes: mailto: or https:. Unset: PUBLIC_URL.") { Check = text => text.StartsWith("mailto:", StringComparison.Ordinal) ? null : SettingKey.IsWebAddress(text) },
        new("OUTGOING_NETWORKS", Security, "Private ranges that webhooks and own NTFY servers of users may lead to, separated by commas; none by default.") { Check = CheckNetworks },
        new("SENDGRID_API_KEY", Mail, "Send mail through SendGrid.") { IsAhead = true, Secret = true },
        new("SES_ACCESS_KEY", Mail, "Send mail through Amazon SES: access key.") { IsAhead = true, Secret = true },
        new("SES_SECRET_KEY", Mail, "Send mail through Amazon SES: secret key.") { IsAhead = true, Secret = true },
        new("SES_REGION", Mail, "Amazon SES region.") { IsAhead = true },

        new("LOG_LEVEL", Logs, "DEBUG, INFO, WARNING or ERROR.") { Default = "INFO", Check = text => SettingKey.IsOneOf(text, "DEBUG", "INFO", "WARNING", "ERROR") },
        new("LOG_FORMAT", Logs, "colored, json or simple.") { Default = "colored", Check = text => SettingKey.IsOneOf(text, "colored", "json", "simple") },
        new("ERROR_TRACKING_ENABLED", Logs, "Keep and group unhandled errors.") { IsAhead = true, Default = "true", Check = SettingKey.IsSwitch },
        new("OTEL_EXPORTER_OTLP_ENDPOINT", Logs, "Send traces and metrics over OTLP to this address.") { Check = SettingKey.IsWebAddress },

        new("SCHEDULER_ENABLED", Jobs, "Run jobs inside the program. Unset: on with the private database, off with a configured one, where cron may do it.") { Check = SettingKey.IsSwitch },

        new("MARKET_SOURCE", Market, "Where prices come from: auto (Binance if it answers within 3 seconds, else the simulated market), binance, simulated, or recorded (imported candles only).") { Default = "auto", Alias = "Market:Source", Check = text => SettingKey.IsOneOf(text, "auto", "binance", "simulated", "recorded") },
        new("BINANCE_URL", Market, "Binance's REST address.") { Default = "https://api.binance.com", Check = SettingKey.IsWebAddress },
        new("BINANCE_STREAM_URL", Market, "Binance's stream address.") { Default = "wss://stream.binance.com:9443", Check = SettingKey.IsStreamAddress },
        new("SIMULATOR_URL", Market, "A simulated exchange that runs on its own (tidemark simulate); unset, one runs inside the program.") { Check = SettingKey.IsWebAddress },
        new("TRADING_PAIRS", Market, "Symbols watched from the first start, separated by commas.") { Default = "BTC/USDT,ETH/USDT,SOL/USDT,BNB/USDT,XRP/USDT", Check = CheckPairs },
        new("FETCH_START_DATE", Market, "First day of history to load; a symbol may have its own. Unset: 2024-01-01, and 90 days ago for the simulated market.") { Alias = "fetch_start_date", Check = text => DateOnly.TryParseExact(text, "yyyy-MM-dd", out _) ? null : "must be a date like 2024-01-01" },
        new("USD_PROXY", Market, "Quote that stands in for USD where a symbol is not traded in dollars.") { Default = "USDT" },
        new("HISTORICAL_DATA_FOLDER", Market, "Folder of recorded candle files that imports look in.") { Default = "data/historical" },
        new("CANDLE_MONTHS_KEPT", Market, "Months of candles to keep; 0 keeps all.") { Default = "0", Check = text => SettingKey.IsNumber(text, 0, 1_200) },
        new("CANDLE_MEMORY_MB", Market, "Memory for candles that are read often, MB.") { Default = "384", Check = text => SettingKey.IsNumber(text, 1, 1_000_000) },
        new("PATTERN_TIMEFRAMES", Market, "Timeframes on which patterns are looked for, separated by commas; 30m and 2h may be added.") { Default = "1m,5m,15m,1h,4h,1d", Check = CheckTimeframes },
        new("TRADING_COST_PERCENT", Market, "What one side of a trade costs, in percent of its price: fee and slippage. Outcomes of patterns and signals are after it.") { Default = "0.1", Check = CheckCost },
        new("SIGNAL_PAIRS", Market, "Symbols for which the mean-reversion strategy gives signals, separated by commas.") { Default = "BTC/USDT,ETH/USDT", Check = CheckPairs },
        new("EXCHANGE_API_KEY", Market, "Read-only exchange key for higher limits.") { IsAhead = true, Secret = true },
        new("EXCHANGE_API_SECRET", Market, "Its secret.") { IsAhead = true, Secret = true },

        new("PLAN_PRO_PRICE", Money, "Pro plan, USD a month.") { Default = "19", Check = CheckPrice },
        new("PLAN_PREMIUM_PRICE", Money, "Premium plan, USD a month.") { Default = "49", Check = CheckPrice },
        new("STRIPE_SECRET_KEY", Money, "Stripe secret key.") { IsAhead = true, Secret = true },
        new("STRIPE_WEBHOOK_SECRET", Money, "Stripe webhook signing secret.") { IsAhead = true, Secret = true },
        new("STRIPE_PRICE_ID", Money, "Stripe price of the subscription.") { IsAhead = true },

        new("S3_ENDPOINT", Later, "S3-compatible storage for backups.") { IsAhead = true, Check = SettingKey.IsWebAddress },
        new("S3_BUCKET", Later, "Its bucket.") { IsAhead = true },
        new("S3_ACCESS_KEY", Later, "Its access key.") { IsAhead = true, Secret = true },
        new("S3_SECRET_KEY", Later, "Its secret key.") { IsAhead = true, Secret = true },
        new("SSL_CERTIFICATE", Later, "PEM file for HTTPS served by the program itself; needs SSL_CERTIFICATE_KEY."),
        new("SSL_CERTIFICATE_KEY", Later, "PEM file of its private key."),
    ];

    public static SettingKey Find(string name) => All.First(key => key.Name == name);

    static string? CheckRoles(string text) =>
        Split(text) is { Length: > 0 } roles ? roles.Select(role => SettingKey.IsOneOf(role, "web", "market", "jobs")).FirstOrDefault(fault => fault is not null) : "must name at least one of web, market, jobs";

    static string? CheckOrigins(string text) =>
        Split(text).Select(SettingKey.IsOrigin).FirstOrDefault(fault => fault is not null);

    static string? CheckNetworks(string text) =>
        Split(text).All(item => System.Net.IPAddress.TryParse(item, out _) || System.Net.IPNetwork.TryParse(item, out _)) ? null : "must be addresses or ranges like 10.0.0.0/8";

    static string? CheckPairs(string text) =>
        Split(text) is { Length: > 0 } pairs && pairs.All(pair => pair.Split('/') is [{ Length: > 0 }, { Length: > 0 }]) ? null : "must be pairs like BTC/USDT";

    static string? CheckTimeframes(string text) =>
        Split(text) is { Length: > 0 } names && names.All(name => Quant.Series.Timeframe.TryParse(name, out var timeframe) && Quant.Series.Timeframe.Standard.Contains(timeframe))
            ? null
            : "must be some of 1m, 5m, 15m, 30m, 1h, 2h, 4h, 1d";

    static string? CheckCost(string text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var percent) && percent <= 5 ? null : "must be a number from 0 to 5";

    static string? CheckPrice(string text) =>
        decimal.TryParse(text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var price) && decimal.Round(price, 2) == price ? null : "must be a price like 19 or 19.90";

    internal static string[] Split(string? text) =>
        (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
}
