using Microsoft.AspNetCore.Http.Metadata;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Tidemark.Running;

namespace Tidemark.Platform.Api;

public sealed class Every_endpoint_declares_itself(RunningServer server) : IClassFixture<RunningServer>
{
    IEnumerable<RouteEndpoint> ApiEndpoints =>
        server.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>()
            .Where(endpoint => endpoint.RoutePattern.RawText!.StartsWith("/api/v1", StringComparison.Ordinal));

    [Fact]
    public void Who_may_call_it() =>
        ApiEndpoints.Where(endpoint => endpoint.Metadata.GetMetadata<AccessRule>() is null).Select(endpoint => endpoint.DisplayName).ShouldBeEmpty();

    [Fact]
    public void What_it_is_for() =>
        ApiEndpoints.Where(endpoint => endpoint.Metadata.GetMetadata<IEndpointSummaryMetadata>() is null).Select(endpoint => endpoint.DisplayName).ShouldBeEmpty();

    [Fact]
    public void The_error_codes_have_one_status_and_one_name_each()
    {
        var fields = typeof(ErrorCode).GetFields().Where(field => field.FieldType == typeof(ErrorCode)).Select(field => (ErrorCode)field.GetValue(null)!);

        ErrorCode.All.ShouldBe(fields, ignoreOrder: true);
        ErrorCode.All.Select(code => code.Name).ShouldBeUnique();
    }
}
