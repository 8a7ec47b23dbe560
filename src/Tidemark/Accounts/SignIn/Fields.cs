using System.Net.Mail;
using Tidemark.Platform.Api;

namespace Tidemark.Accounts.SignIn;

/// <summary>Checks fields by hand where a rule says more than an attribute can; every fault is told at once.</summary>
public sealed class Fields
{
    readonly Dictionary<string, object?> _faults = [];

    public Fields Must(string field, string? fault)
    {
        if (fault is not null)
        {
            _faults.TryAdd(field, new[] { fault });
        }
        return this;
    }

    public void Hold()
    {
        if (_faults.Count > 0)
        {
            throw new TidemarkException(
                ErrorCode.ValidationFailed,
                _faults.Count == 1 ? $"{_faults.Keys.First()} is not acceptable." : $"{_faults.Count} fields are not acceptable: {string.Join(", ", _faults.Keys)}.",
                new Dictionary<string, object?> { ["fields"] = _faults });
        }
    }

    public static string? Email(string text)
    {
        var email = User.Normal(text);
        return email.Length is >= 3 and <= 254 && !email.Any(char.IsControl) && !email.Any(char.IsWhiteSpace) && MailAddress.TryCreate(email, out var parsed) && parsed.Address == email && parsed.Host.Length > 0
            ? null
            : "This is not an e-mail address.";
    }

    public static string? Password(string text) => Passwords.Fault(text);

    public static string? Name(string text) => text.Length > 80 || text.Any(char.IsControl) ? "A name has at most 80 characters, and no control characters." : null;

    public static string? Language(string text) => text is "en" or "de" or "fr" or "id" ? null : "The languages are en, de, fr and id.";

    public static string? TimeZone(string text) =>
        text == "UTC" || (text.Length <= 60 && text.Contains('/', StringComparison.Ordinal) && text.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '/' or '_' or '-' or '+') && TimeZoneInfo.TryFindSystemTimeZoneById(text, out _))
            ? null
            : "This is no time zone; one is UTC or Europe/Zurich.";

    public static string? Said(bool yes, string what) => yes ? null : what;
}
