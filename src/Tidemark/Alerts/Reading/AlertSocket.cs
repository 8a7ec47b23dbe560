using System.Text.Json;
using Tidemark.Alerts.Engine;
using Tidemark.Market;
using Tidemark.Platform.Api;
using Tidemark.Platform.Realtime;
using Tidemark.Platform.Settings;

namespace Tidemark.Alerts.Reading;

/// <summary>/ws/alerts/{userId}: the hub, subscribed to a person's alerts, in the frames of the product's documents.</summary>
static class AlertSocket
{
    public static void Map(RouteGroupBuilder sockets) =>
        sockets.MapGet("/alerts/{userId}", Connect).Allow(Caller.SignedIn, "read:alerts").ExcludeFromDescription().WithSummary("Your alerts as they happen");

    static Task Connect(HttpContext http, string userId, Caller caller, Hub hub, TidemarkSettings settings, CancellationToken gone) =>
        RealtimeModule.Accept(http, caller, hub, settings, new Dialect(TriggerHerald.Of(caller.Whose(userId))), gone);

    sealed record Wish(string Action, IReadOnlyList<string>? Symbols = null);

    sealed record Frame(string Type, long AlertId, string Symbol, double CurrentPrice, decimal? Threshold, DateTimeOffset Timestamp);

    /// <summary>Which symbols it hears: these, or all but these.</summary>
    sealed record Heard(bool IsAllBut, IReadOnlySet<Symbol> Symbols)
    {
        public bool Takes(Symbol market, Symbol? asked) => (Symbols.Contains(market) || (asked is { } other && Symbols.Contains(other))) != IsAllBut;

        public Heard With(IReadOnlySet<Symbol> more) => new(IsAllBut: false, IsAllBut ? more : Symbols.Union(more).ToHashSet());

        public Heard Without(IReadOnlySet<Symbol> some) => new(IsAllBut, (IsAllBut ? Symbols.Union(some) : Symbols.Except(some)).ToHashSet());
    }

    /// <summary>Hears all symbols until it asks for some.</summary>
    sealed class Dialect(string channel) : SocketDialect(channel)
    {
        const int Most = 200;
        volatile Heard _heard = new(IsAllBut: true, new HashSet<Symbol>());

        public override byte[]? Message(JsonElement data) =>
            data.Deserialize<AlertFrame>(ApiJson.Options) is { } told && _heard.Takes(Symbol.Parse(told.Market), Symbol.TryParse(told.Symbol, out var asked) ? asked : null)
                ? Write(new Frame(told.Type, told.AlertId, told.Symbol, told.CurrentPrice, told.Threshold, told.Timestamp))
                : null;

        public override byte[]? Answer(ReadOnlySpan<byte> frame)
        {
            if (Read(frame) is not { Action: "subscribe" or "unsubscribe", Symbols: { Count: > 0 and <= Most } names } wish)
            {
                return Fault("A frame is {\"action\": \"subscribe\", \"symbols\": [\"BTC-USD\"]} or unsubscribe; 200 symbols at most.");
            }
            var symbols = new HashSet<Symbol>();
            foreach (var name in names)
            {
                if (!Symbol.TryParse(name, out var symbol))
                {
                    return Fault($"{(name.Length > 64 ? name[..64] : name)} is no symbol; write it like BTC-USD.");
                }
                symbols.Add(symbol);
            }
            var heard = wish.Action == "subscribe" ? _heard.With(symbols) : _heard.Without(symbols);
            if (heard.Symbols.Count > Most)
            {
                return Fault("200 symbols at most.");
            }
            _heard = heard;
            return null;
        }

        static Wish? Read(ReadOnlySpan<byte> frame)
        {
            try
            {
                return JsonSerializer.Deserialize<Wish>(frame, ApiJson.Options);
            }
            catch (JsonException)
            {
                return null;
            }
        }

        static byte[] Fault(string message) => Write(new { type = "ERROR", code = ErrorCode.BadRequest.Name, message });

        static byte[] Write<T>(T frame) => JsonSerializer.SerializeToUtf8Bytes(frame, ApiJson.Options);
    }
}
