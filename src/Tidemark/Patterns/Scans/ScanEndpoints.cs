using Tidemark.Platform.Api;

namespace Tidemark.Patterns.Scans;

/// <summary>What operators have done at once instead of waiting for it.</summary>
public static class ScanEndpoints
{
    public static void Map(RouteGroupBuilder scan)
    {
        scan.MapGet("", static (ScanDesk desk) => desk.Latest ?? throw new TidemarkException(ErrorCode.NotFound, "Nothing was asked for since the start.")).Allow(Caller.Operator, "write:scan").WithSummary("The run that is under way, or the last one");
        scan.MapPost("", static (ScanDesk desk) => desk.Begin(ScanKind.Scan)).Allow(Caller.Operator, "write:scan").WithSummary("Look at all stored candles: what is new is looked at, what was is recomputed and compared");
        scan.MapPost("/run", static (ScanDesk desk) => desk.Begin(ScanKind.Cycle)).Allow(Caller.Operator, "write:scan").WithSummary("Fetch the newest candles, then scan");
    }

    public static void MapFetch(RouteGroupBuilder fetch) =>
        fetch.MapPost("", static (ScanDesk desk) => desk.Begin(ScanKind.Fetch)).Allow(Caller.Operator, "write:fetch").WithSummary("Fetch the newest candles of every watched symbol and look at them");
}
