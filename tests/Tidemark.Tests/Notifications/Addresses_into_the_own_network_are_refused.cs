using System.Net;
using System.Net.Sockets;
using Microsoft.Extensions.Configuration;
using Tidemark.Platform.Http;
using Tidemark.Platform.Settings;
using Tidemark.Simulator.Messages;

namespace Tidemark.Notifications;

[Trait("Threat", "T34")]
public sealed class Addresses_into_the_own_network_are_refused
{
    static readonly string[] Private =
    [
        "0.0.0.0", "0.1.2.3", "10.0.0.1", "10.255.255.255", "100.64.0.1", "100.127.255.254", "127.0.0.1", "127.1.2.3", "169.254.0.1", "169.254.169.254", "172.16.0.1", "172.31.255.255",
        "192.0.0.1", "192.0.2.1", "192.31.196.1", "192.52.193.1", "192.88.99.1", "192.168.0.1", "192.168.255.255", "192.175.48.1", "198.18.0.1", "198.19.255.255", "198.51.100.1", "203.0.113.1",
        "224.0.0.1", "239.255.255.255", "240.0.0.1", "255.255.255.255",
        "::", "::1", "::ffff:127.0.0.1", "::ffff:10.0.0.1", "::ffff:169.254.169.254", "::127.0.0.1", "::192.168.0.1", "64:ff9b::7f00:1", "64:ff9b::a9fe:a9fe", "64:ff9b:1::1", "100::1", "2001::1", "2001:2::1",
        "2001:db8::1", "2002:7f00:1::", "2002:a00:1::", "2002:c0a8:101::", "2620:4f:8000::1", "3fff::1", "5f00::1", "fc00::1", "fd12:3456::1", "fe80::1", "febf::1", "fec0::1", "ff02::1",
        "2606:4700::5efe:7f00:1", "2606:4700::200:5efe:a00:1",
    ];

    public static TheoryData<string> Vectors => [.. Private.Select(address => address.Contains(':', StringComparison.Ordinal) ? $"https://[{address}]:PORT/" : $"https://{address}:PORT/"),
        "http://2130706433:PORT/", "http://0x7f000001:PORT/", "http://0177.0.0.1:PORT/", "http://127.1:PORT/", "http://localhost:PORT/", "http://LOCALHOST.:PORT/", "http://[::ffff:7f00:1]:PORT/",
        "http://name.of.loopback:PORT/", "http://mixed.name:PORT/", "file:///etc/passwd", "gopher://127.0.0.1:PORT/", "ftp://127.0.0.1/", "http://user:secret@127.0.0.1:PORT/", "//127.0.0.1:PORT/", "http://①②⑦.⓪.⓪.①:PORT/"];

    [Theory]
    [MemberData(nameof(Vectors))]
    public async Task Nothing_is_connected_to(string vector)
    {
        using var listener = new TcpListener(IPAddress.IPv6Any, 0);
        listener.Server.DualMode = true;
        listener.Start();
        var url = vector.Replace("PORT", $"{((IPEndPoint)listener.LocalEndpoint).Port}", StringComparison.Ordinal);
        using var guarded = Guarded();

        if (Uri.TryCreate(url, UriKind.Absolute, out var address))
        {
            await Should.ThrowAsync<AddressRefusedException>(() => guarded.Send(Request, address, CancellationToken.None));
        }
        else
        {
            guarded.Fault(url).ShouldNotBeNull();
        }
        listener.Pending().ShouldBeFalse("nobody came");
    }

    [Theory]
    [InlineData("8.8.8.8")]
    [InlineData("172.32.0.1")]
    [InlineData("100.128.0.1")]
    [InlineData("2606:4700::1111")]
    [InlineData("64:ff9b::808:808")]
    [InlineData("2002:808:808::1")]
    public void The_open_internet_is_not(string address) => SpecialNetworks.Holds(IPAddress.Parse(address)).ShouldBeFalse();

    [Fact]
    public async Task A_redirect_is_looked_at_like_the_first_address()
    {
        await using var world = await MessageServer.Start(new(), TimeProvider.System, CancellationToken.None);
        using var inner = new TcpListener(IPAddress.Parse("127.0.0.2"), 0);
        inner.Start();
        using var guarded = Guarded("127.0.0.1");
        var within = new Uri(world.Address, $"redirect?to={Uri.EscapeDataString($"http://127.0.0.2:{((IPEndPoint)inner.LocalEndpoint).Port}/")}");
        var onwards = new Uri(world.Address, $"redirect?to={Uri.EscapeDataString(new Uri(world.Address, "hook/x").AbsoluteUri)}");

        await Should.ThrowAsync<AddressRefusedException>(() => guarded.Send(Request, within, CancellationToken.None));
        inner.Pending().ShouldBeFalse();
        (await guarded.Send(Request, onwards, CancellationToken.None)).Status.ShouldBe(200);
    }

    static HttpRequestMessage Request(Uri to) => new(HttpMethod.Post, to) { Content = new StringContent("{}") };

    static GuardedHttp Guarded(string allowed = "") =>
        new(TidemarkSettings.Read(new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["OUTGOING_NETWORKS"] = allowed }).Build(), Path.GetTempPath()), Names, TimeProvider.System);

    static Task<IPAddress[]> Names(string host, CancellationToken stop) => Task.FromResult(host switch
    {
        "name.of.loopback" => [IPAddress.Loopback],
        "mixed.name" => new[] { IPAddress.Parse("93.184.216.34"), IPAddress.Loopback },
        _ => [IPAddress.Loopback],
    });
}
