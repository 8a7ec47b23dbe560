using System.Globalization;
using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Tidemark.Accounts.SignIn;
using Tidemark.Platform.Api;
using Tidemark.Platform.Database;

namespace Tidemark.Accounts.SecondFactor;

/// <summary>The two ceremonies of WebAuthn: making a passkey and signing in with one. The framework checks, we keep the state between.</summary>
public sealed class Passkeys(IPasskeyHandler<User> handler, IUserPasskeyStore<User> store, Ceremonies ceremonies, TidemarkDb db, ILogger<Passkeys> log)
{
    public sealed record Begun(string Ceremony, JsonElement Options);

    public Task<bool> Has(long user, CancellationToken stop) => db.Set<Passkey>().AnyAsync(own => own.UserId == user, stop);

    public async Task<Begun> BeginNew(User user, HttpContext http, CancellationToken stop)
    {
        var made = await handler.MakeCreationOptionsAsync(
            new PasskeyUserEntity { Id = user.Id.ToString(CultureInfo.InvariantCulture), Name = user.Email, DisplayName = user.Called }, http);
        return new Begun(await ceremonies.Begin(CeremonyKind.PasskeyNew, user.Id, made.AttestationState ?? "", stop), JsonElement.Parse(made.CreationOptionsJson));
    }

    public async Task<UserPasskeyInfo> FinishNew(User user, string ceremony, JsonElement credential, string name, HttpContext http, CancellationToken stop)
    {
        if (await ceremonies.End(CeremonyKind.PasskeyNew, ceremony, stop) is not { } begun || begun.UserId != user.Id)
        {
            throw new TidemarkException(ErrorCode.PasskeyRefused);
        }
        var result = await handler.PerformAttestationAsync(new PasskeyAttestationContext { HttpContext = http, CredentialJson = credential.GetRawText(), AttestationState = begun.State });
        if (!result.Succeeded)
        {
            log.LogInformation("A new passkey was refused: {Reason}", result.Failure.Message);
            throw new TidemarkException(ErrorCode.PasskeyRefused, "The passkey could not be checked; try again.");
        }
        result.Passkey.Name = name;
        await store.AddOrUpdatePasskeyAsync(user, result.Passkey, stop);
        return result.Passkey;
    }

    /// <summary>A challenge for whoever comes: which passkeys an account has is told to nobody.</summary>
    public async Task<Begun> BeginSignIn(HttpContext http, CancellationToken stop)
    {
        var made = await handler.MakeRequestOptionsAsync(null, http);
        return new Begun(await ceremonies.Begin(CeremonyKind.PasskeySignIn, null, made.AssertionState ?? "", stop), JsonElement.Parse(made.RequestOptionsJson));
    }

    /// <summary>Whose passkey answered the challenge, and whether its holder was recognised by it; null when it does not fit.</summary>
    public async Task<(User User, bool IsVerified)?> FinishSignIn(string ceremony, JsonElement credential, HttpContext http, CancellationToken stop)
    {
        if (await ceremonies.End(CeremonyKind.PasskeySignIn, ceremony, stop) is not { } begun)
        {
            return null;
        }
        var result = await handler.PerformAssertionAsync(new PasskeyAssertionContext { HttpContext = http, CredentialJson = credential.GetRawText(), AssertionState = begun.State });
        if (!result.Succeeded)
        {
            log.LogInformation("A passkey was refused: {Reason}", result.Failure.Message);
            return null;
        }
        await store.AddOrUpdatePasskeyAsync(result.User, result.Passkey, stop);
        return (result.User, result.Passkey.IsUserVerified);
    }
}
