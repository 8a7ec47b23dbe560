using System.Globalization;
using Tidemark.Accounts.Sessions;
using Tidemark.Platform.Api;
using Tidemark.Platform.Mail;

namespace Tidemark.Accounts.Mails;

/// <summary>Every mail an account's owner may get from here.</summary>
public static class AccountMails
{
    const string NotYou = "If this was not you, reset your password now and look at your sessions: somebody else knows your password.";

    public static MailContent Verify(string token) => new("verify", "Confirm your address", ["Welcome to Tidemark. Confirm that this address is yours with the password you chose, and your account is open."])
    {
        Action = ("Confirm my address", $"/confirm?token={token}"),
        Otherwise = "The link works once, for 24 hours. If you did not register, ignore this mail: without the link there is no account.",
    };

    public static MailContent AlreadyRegistered() => new("alreadyRegistered", "You already have an account", ["Somebody, perhaps you, tried to register with this address. You have an account already; nothing was changed."])
    {
        Action = ("Sign in", "/login"),
        Otherwise = "If you forgot your password, ask for a new one on the sign-in page.",
    };

    public static MailContent Invited(string token) => new("invited", "Your Tidemark account", ["An administrator made an account for this address. Choose a password, and it is open. Nobody else knows or sets your password."])
    {
        Action = ("Choose my password", $"/reset?invited=yes&token={token}"),
        Otherwise = "The link works once, for 3 days. After that, ask for a new one with “Forgot the password?” on the sign-in page.",
    };

    public static MailContent Reset(string token) => new("reset", "Choose a new password", ["Somebody, perhaps you, asked for a new password for this account."])
    {
        Action = ("Choose a new password", $"/reset?token={token}"),
        Otherwise = "The link works once, for 30 minutes. If it was not you, ignore this mail; your password stays as it is.",
    };

    public static MailContent PasswordChanged(string from, DateTimeOffset at) => Notice("passwordChanged", "Your password was changed", "The password of your account was changed, and every other session was ended.", from, at);

    public static MailContent ConfirmEmail(string token) => new("confirmEmail", "Confirm your new address", ["Confirm that this is the new address of your Tidemark account."])
    {
        Action = ("Confirm the new address", $"/verify-email?token={token}"),
        Otherwise = "The link works once, for 24 hours. Until then your account keeps its old address.",
    };

    public static MailContent EmailChanging(Caller caller, string to, DateTimeOffset at) => Notice("emailChanging", "Your address is about to change", $"A change of your account's address to {Hidden(to)} was asked for. It happens once the new address is confirmed; a new password before that calls it off.", caller, at);

    public static MailContent EmailChanged(string to) => new("emailChanged", "Your address was changed", [$"Your account's address is now {Hidden(to)}. This is the last mail to the old one."]) { Otherwise = NotYou };

    public static MailContent SignedIn(HttpContext http, DateTimeOffset at) => Notice("signedIn", "A new browser signed in", "Your account was signed in to from a browser or program that had not done so before.", Caller.Of(http), at, Browser.Describe(http.Request.Headers.UserAgent));

    public static MailContent SecondFactorChanged(Caller caller, string what, DateTimeOffset at) => Notice("secondFactorChanged", "Your sign-in protection was changed", what, caller, at) with
    {
        Otherwise = $"{NotYou} A new password alone takes no passkey or authenticator away: remove under Security what is not yours.",
    };

    public static MailContent RecoveryCodeUsed(HttpContext http, int left, DateTimeOffset at) => Notice("recoveryCodeUsed", "A recovery code was used", $"One of your recovery codes was used to sign in. {left} are left; make new ones under Security.", Caller.Of(http), at);

    public static MailContent TokenStolen(DateTimeOffset at) => new("tokenStolen", "A session was ended for your safety", ["A refresh token of yours was used a second time. Somebody may have copied it, so its session was ended; the program that used it has to sign in again."])
    {
        Facts = [("When", When(at))],
        Action = ("Look at my sessions", "/profile/security"),
    };

    public static MailContent ApiKeyMade(Caller caller, string name, DateTimeOffset at) => Notice("apiKeyMade", "An API key was made", $"The API key \"{name}\" was made for your account.", caller, at) with { Otherwise = $"{NotYou} A new password alone ends no key: revoke it under API keys." };

    public static MailContent StandingChanged(Role role, Plan plan) => new("standingChanged", "Your account was changed by an administrator", [$"Your role is now {role}, your plan {plan}. If your role changed, you have to sign in again."]);

    public static MailContent SignedOut(DateTimeOffset at) => new("signedOut", "You were signed out everywhere", ["An administrator ended your sessions. Sign in again when you need to."]) { Facts = [("When", When(at))] };

    public static MailContent SecondFactorRemoved() => new("secondFactorRemoved", "Your second factor was removed by the operator", ["The operator of this server removed the second factor of your account, and every session was ended. Sign in and turn it on again."]) { Otherwise = "If you did not ask for this, tell the operator." };

    public static MailContent Deleted() => new(Mail.Farewell, "Your account was deleted", ["Your account and everything of yours was deleted, as asked. The audit log keeps the number of the account and the network addresses it was used from, not your name or e-mail address."]);

    public static MailContent Locked(string reason) => new("locked", "Your account was locked", ["An administrator locked your account and ended its sessions."]) { Facts = [("Reason", reason)], Otherwise = "If you think this is wrong, write to the operator of this server." };

    public static MailContent Unlocked() => new("unlocked", "Your account is open again", ["An administrator opened your account again. You can sign in."]) { Action = ("Sign in", "/login") };

    static MailContent Notice(string kind, string subject, string says, Caller caller, DateTimeOffset at, string? browser = null) => Notice(kind, subject, says, caller.Address, at, browser);

    static MailContent Notice(string kind, string subject, string says, string from, DateTimeOffset at, string? browser = null) => new(kind, subject, [says])
    {
        Facts = browser is null ? [("When", When(at)), ("From", from)] : [("When", When(at)), ("With", browser), ("From", from)],
        Otherwise = NotYou,
        Action = ("Look at my sessions", "/profile/security"),
    };

    static string When(DateTimeOffset at) => at.ToString("d MMMM yyyy, HH:mm 'UTC'", CultureInfo.InvariantCulture);

    /// <summary>Enough of an address to be recognised by its owner.</summary>
    static string Hidden(string email) => email.Split('@') is [{ Length: > 0 } name, var host] ? $"{name[0]}…@{host}" : "another address";
}
