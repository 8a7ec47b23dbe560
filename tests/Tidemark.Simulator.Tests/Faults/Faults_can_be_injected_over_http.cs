using System.Net;
using System.Text;

namespace Tidemark.Simulator.Faults;

public sealed class Faults_can_be_injected_over_http : ExchangeTest
{
    internal override SimulatorOptions Options => base.Options with { HasControlEndpoints = true };

    [Fact]
    public async Task They_strike_are_counted_and_can_be_cleared()
    {
        (await Post("/simulator/faults", """{"kind":"serverError","on":"ping","status":500,"lasts":"00:10:00"}""")).ShouldBe(HttpStatusCode.OK);
        (await Try("/api/v3/ping")).Status.ShouldBe(HttpStatusCode.InternalServerError);
        (await Get("/simulator/faults"))[0].GetProperty("kind").GetString().ShouldBe("serverError");

        var sightings = await Get("/simulator/sightings");
        sightings.GetProperty("sightings").GetProperty("requests").GetProperty("/api/v3/ping").GetInt64().ShouldBe(1);
        sightings.GetProperty("faults").GetProperty("serverError").GetInt64().ShouldBe(1);

        await Http.DeleteAsync(new Uri("/simulator/faults", UriKind.Relative));
        (await Try("/api/v3/ping")).Status.ShouldBe(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_schedule_is_asked_for_by_its_seed()
    {
        (await Post("/simulator/faults/schedule", """{"seed":5,"length":"01:00:00"}""")).ShouldBe(HttpStatusCode.OK);
        var first = FaultSchedule.Seeded(5, TimeSpan.FromHours(1))[0];
        Time.Advance(first.At + TimeSpan.FromMilliseconds(1));

        Server.Faults.InForce.ShouldBe([first.Fault]);
    }

    [Theory]
    [InlineData("""{"kind":"earthquake"}""")]
    [InlineData("""{"kind":"slow","depth":3}""")]
    [InlineData("nonsense")]
    public async Task What_is_no_fault_is_refused(string body) => (await Post("/simulator/faults", body)).ShouldBe(HttpStatusCode.BadRequest);

    async Task<HttpStatusCode> Post(string path, string body)
    {
        using var content = new StringContent(body, Encoding.UTF8, "application/json");
        using var answer = await Http.PostAsync(new Uri(path, UriKind.Relative), content);
        return answer.StatusCode;
    }
}
