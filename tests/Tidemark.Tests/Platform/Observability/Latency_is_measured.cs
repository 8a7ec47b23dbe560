namespace Tidemark.Platform.Observability;

public sealed class Latency_is_measured
{
    sealed class Clock : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);
        public override DateTimeOffset GetUtcNow() => Now;
    }

    static void Record(LatencyWindow window, double seconds, string route = "/api/v1/status", int status = 200) =>
        window.Record(seconds, [new("http.route", route), new("http.response.status_code", status)]);

    [Fact]
    public void The_percentiles_are_within_four_percent_of_the_truth()
    {
        using var window = new LatencyWindow(new Clock());
        for (var i = 1; i <= 1_000; i++)
        {
            Record(window, i / 1_000.0);
        }

        var summary = window.Read();

        summary.Requests.ShouldBe(1_000);
        summary.P50Ms!.Value.ShouldBe(500, 500 * 0.04);
        summary.P95Ms!.Value.ShouldBe(950, 950 * 0.04);
        summary.P99Ms!.Value.ShouldBe(990, 990 * 0.04);
    }

    [Fact]
    public void What_is_older_than_the_window_no_longer_counts()
    {
        var clock = new Clock();
        using var window = new LatencyWindow(clock);
        Record(window, 0.5);
        clock.Now += TimeSpan.FromMinutes(10);
        Record(window, 0.001);

        window.Read().Requests.ShouldBe(2);
        clock.Now += TimeSpan.FromMinutes(6);
        window.Read().Requests.ShouldBe(1);
        clock.Now += TimeSpan.FromMinutes(60);
        window.Read().ShouldBe(new LatencyWindow.Summary(15, 0, 0, null, null, null));
    }

    [Fact]
    public void Errors_are_counted_and_pages_and_sockets_are_not()
    {
        using var window = new LatencyWindow(new Clock());
        Record(window, 0.1, status: 503);
        Record(window, 0.1, status: 404);
        Record(window, 0.1, "/status");
        Record(window, 900, "/api/v1/ws");

        var summary = window.Read();

        (summary.Requests, summary.Errors).ShouldBe((2, 1));
    }
}
