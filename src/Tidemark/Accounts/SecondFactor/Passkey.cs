using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace Tidemark.Accounts.SecondFactor;

/// <summary>A key pair that lives in a person's phone, computer or security key; this is its public half.</summary>
public sealed class Passkey
{
    public required byte[] CredentialId { get; init; }
    public long Id { get; private set; }
    public required long UserId { get; init; }
    public required string Name { get; set; }
    public required byte[] PublicKey { get; init; }
    public required long SignCount { get; set; }
    public string[]? Transports { get; init; }
    public required bool IsUserVerified { get; set; }
    public required bool IsBackupEligible { get; init; }
    public required bool IsBackedUp { get; set; }
    public required byte[] AttestationObject { get; init; }
    public required byte[] ClientDataJson { get; init; }
    public required DateTimeOffset CreatedAt { get; init; }
    public DateTimeOffset? LastUsedAt { get; set; }

    public static Passkey Of(User user, string name, UserPasskeyInfo known) => new()
    {
        CredentialId = known.CredentialId,
        UserId = user.Id,
        Name = name,
        PublicKey = known.PublicKey,
        SignCount = known.SignCount,
        Transports = known.Transports,
        IsUserVerified = known.IsUserVerified,
        IsBackupEligible = known.IsBackupEligible,
        IsBackedUp = known.IsBackedUp,
        AttestationObject = known.AttestationObject,
        ClientDataJson = known.ClientDataJson,
        CreatedAt = known.CreatedAt,
    };

    public UserPasskeyInfo ToInfo() =>
        new(CredentialId, PublicKey, CreatedAt, (uint)SignCount, Transports, IsUserVerified, IsBackupEligible, IsBackedUp, AttestationObject, ClientDataJson) { Name = Name };

    internal sealed class Mapping : IEntityTypeConfiguration<Passkey>
    {
        public void Configure(EntityTypeBuilder<Passkey> passkey)
        {
            passkey.ToTable("passkeys");
            passkey.HasKey(p => p.CredentialId);
            passkey.Property(p => p.Id).ValueGeneratedOnAdd();
        }
    }
}
