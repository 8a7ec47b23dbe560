using System.Globalization;
using System.Text.Json;
using Tidemark.Simulator.Markets;

namespace Tidemark.Simulator.Rest;

/// <summary>What the exchange says of itself: limits, symbols, filters.</summary>
static class ExchangeAnswers
{
    static readonly string[] OrderTypes = ["LIMIT", "LIMIT_MAKER", "MARKET", "STOP_LOSS", "STOP_LOSS_LIMIT", "TAKE_PROFIT", "TAKE_PROFIT_LIMIT"];
    static readonly string[] SelfTradeModes = ["EXPIRE_TAKER", "EXPIRE_MAKER", "EXPIRE_BOTH", "DECREMENT"];

    public static void WriteRules(Asked asked, Utf8JsonWriter json)
    {
        if (asked.Query.Has("symbolStatus") && (asked.Query.Has("symbol") || asked.Query.Has("symbols")))
        {
            throw ExchangeError.BadCombination();
        }

        var showSets = asked.Query.Text("showPermissionSets") is not "false";
        var (symbols, _) = asked.Symbols();
        if (asked.Query.Text("permissions") is { } permissions && !permissions.Contains("SPOT", StringComparison.Ordinal))
        {
            symbols = [];
        }

        json.WriteStartObject();
        json.WriteString("timezone", "UTC");
        json.WriteNumber("serverTime", asked.ReadClock());
        json.WriteStartArray("rateLimits");
        WriteLimit(json, "REQUEST_WEIGHT", "MINUTE", 1, asked.Limits.WeightAMinute);
        WriteLimit(json, "ORDERS", "SECOND", 10, 100);
        WriteLimit(json, "ORDERS", "DAY", 1, 200_000);
        WriteLimit(json, "RAW_REQUESTS", "MINUTE", 5, 300_000);
        json.WriteEndArray();
        json.WriteStartArray("exchangeFilters");
        json.WriteEndArray();
        json.WriteStartArray("symbols");
        foreach (var symbol in symbols)
        {
            WriteSymbol(json, symbol.Instrument, showSets);
        }

        json.WriteEndArray();
        json.WriteEndObject();
    }

    static void WriteLimit(Utf8JsonWriter json, string type, string interval, int number, int limit)
    {
        json.WriteStartObject();
        json.WriteString("rateLimitType", type);
        json.WriteString("interval", interval);
        json.WriteNumber("intervalNum", number);
        json.WriteNumber("limit", limit);
        json.WriteEndObject();
    }

    static void WriteSymbol(Utf8JsonWriter json, Instrument instrument, bool showSets)
    {
        json.WriteStartObject();
        json.WriteString("symbol", instrument.Symbol);
        json.WriteString("status", Asked.Trading);
        json.WriteString("baseAsset", instrument.BaseAsset);
        json.WriteNumber("baseAssetPrecision", Instrument.WireDecimals);
        json.WriteString("quoteAsset", instrument.QuoteAsset);
        json.WriteNumber("quotePrecision", Instrument.WireDecimals);
        json.WriteNumber("quoteAssetPrecision", Instrument.WireDecimals);
        json.WriteNumber("baseCommissionPrecision", Instrument.WireDecimals);
        json.WriteNumber("quoteCommissionPrecision", Instrument.WireDecimals);
        WriteList(json, "orderTypes", OrderTypes);
        foreach (var allowed in (string[])["icebergAllowed", "ocoAllowed", "otoAllowed", "opoAllowed", "quoteOrderQtyMarketAllowed", "allowTrailingStop", "cancelReplaceAllowed", "amendAllowed", "pegInstructionsAllowed", "isSpotTradingAllowed"])
        {
            json.WriteBoolean(allowed, true);
        }

        json.WriteBoolean("isMarginTradingAllowed", false);
        WriteFilters(json, instrument);
        WriteList(json, "permissions", []);
        json.WriteStartArray("permissionSets");
        if (showSets)
        {
            json.WriteStartArray();
            json.WriteStringValue("SPOT");
            json.WriteEndArray();
        }

        json.WriteEndArray();
        json.WriteString("defaultSelfTradePreventionMode", "EXPIRE_MAKER");
        WriteList(json, "allowedSelfTradePreventionModes", SelfTradeModes);
        json.WriteEndObject();
    }

    static void WriteFilters(Utf8JsonWriter json, Instrument instrument)
    {
        var highest = (long)(instrument.TypicalPrice / instrument.TickSize) * 1_000;
        var most = Math.Max(9_000, (long)(9_000_000 / instrument.TypicalPrice));
        json.WriteStartArray("filters");
        Filter("PRICE_FILTER", () =>
        {
            json.WritePrice("minPrice", instrument, 1);
            json.WritePrice("maxPrice", instrument, highest);
            json.WritePrice("tickSize", instrument, 1);
        });
        Filter("LOT_SIZE", () => WriteLot(1, most));
        Filter("ICEBERG_PARTS", () => json.WriteNumber("limit", 50));
        Filter("MARKET_LOT_SIZE", () => WriteLot(0, most / 10));
        Filter("TRAILING_DELTA", () =>
        {
            json.WriteNumber("minTrailingAboveDelta", 10);
            json.WriteNumber("maxTrailingAboveDelta", 2_000);
            json.WriteNumber("minTrailingBelowDelta", 10);
            json.WriteNumber("maxTrailingBelowDelta", 2_000);
        });
        Filter("PERCENT_PRICE_BY_SIDE", () =>
        {
            json.WriteString("bidMultiplierUp", "5");
            json.WriteString("bidMultiplierDown", "0.2");
            json.WriteString("askMultiplierUp", "5");
            json.WriteString("askMultiplierDown", "0.2");
            json.WriteNumber("avgPriceMins", 5);
        });
        Filter("NOTIONAL", () =>
        {
            json.WriteString("minNotional", instrument.MinimumNotional.ToString("F8", CultureInfo.InvariantCulture));
            json.WriteBoolean("applyMinToMarket", true);
            json.WriteString("maxNotional", "9000000.00000000");
            json.WriteBoolean("applyMaxToMarket", false);
            json.WriteNumber("avgPriceMins", 5);
        });
        Filter("MAX_NUM_ORDERS", () => json.WriteNumber("maxNumOrders", 200));
        Filter("MAX_NUM_ALGO_ORDERS", () => json.WriteNumber("maxNumAlgoOrders", 5));
        json.WriteEndArray();

        void Filter(string type, Action rest)
        {
            json.WriteStartObject();
            json.WriteString("filterType", type);
            rest();
            json.WriteEndObject();
        }

        // Market orders have no step of their own: theirs is written as zero.
        void WriteLot(long step, long largest)
        {
            json.WriteQuantity("minQty", instrument, step);
            json.WriteQuantity("maxQty", instrument, largest * (long)Math.Pow(10, instrument.QuantityDecimals));
            json.WriteQuantity("stepSize", instrument, step);
        }
    }

    static void WriteList(Utf8JsonWriter json, string name, IEnumerable<string> values)
    {
        json.WriteStartArray(name);
        foreach (var value in values)
        {
            json.WriteStringValue(value);
        }

        json.WriteEndArray();
    }
}
