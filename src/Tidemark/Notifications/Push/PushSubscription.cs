using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Tidemark.Notifications.Push;

/// <summary>A browser that asked for pushes.</summary>
public sealed class PushSubscription
{
    public long Id { get; private set; }
    public required long UserId { get; init; }
    public required byte[] EndpointHash { get; init; }
    public required string Sealed { get; set; }
    public required string Browser { get; set; }
    public required DateTimeOffset CreatedAt { get; init; }

    internal sealed class Mapping : IEntityTypeConfiguration<PushSubscription>
    {
        public void Configure(EntityTypeBuilder<PushSubscription> subscription) => subscription.ToTable("push_subscriptions");
    }
}
