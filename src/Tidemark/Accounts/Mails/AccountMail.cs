using System.Text;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Web;
using Tidemark.Platform.Mail;
using Tidemark.Platform.Settings;

namespace Tidemark.Accounts.Mails;

/// <summary>What a mail says, apart from how it looks.</summary>
public sealed record MailContent(string Kind, string Subject, IReadOnlyList<string> Says)
{
    /// <summary>What to do, as a button and a path of the app.</summary>
    public (string Label, string Path)? Action { get; init; }

    /// <summary>Facts to recognise it by: when, where, with what.</summary>
    public IReadOnlyList<(string Name, string Value)> Facts { get; init; } = [];

    /// <summary>What to do when it was somebody else.</summary>
    public string? Otherwise { get; init; }
}

/// <summary>Writes letters: the template for people whose program shows HTML, and the same in plain text.</summary>
public sealed class AccountMailer(Mailbox box, IServiceProvider services, ILoggerFactory logs, TidemarkSettings settings)
{
    public async Task<Mail> Send(string recipient, MailContent content)
    {
        // Links name the configured address; what the request called this host is hearsay.
        var link = content.Action is { } action ? new Uri(settings.PublicUrl, action.Path).AbsoluteUri : null;
        await using var renderer = new HtmlRenderer(services, logs);
        var parameters = ParameterView.FromDictionary(new Dictionary<string, object?> { [nameof(MailTemplate.Content)] = content, [nameof(MailTemplate.Link)] = link, [nameof(MailTemplate.Site)] = settings.PublicUrl.AbsoluteUri });
        var html = await renderer.Dispatcher.InvokeAsync(async () => (await renderer.RenderComponentAsync<MailTemplate>(parameters)).ToHtmlString());
        return box.Drop(content.Kind, recipient, content.Subject, new Letter(html, InText(content, link)));
    }

    static string InText(MailContent content, string? link)
    {
        var text = new StringBuilder();
        foreach (var sentence in content.Says)
        {
            text.Append(sentence).Append("\n\n");
        }
        if (link is not null)
        {
            text.Append(content.Action!.Value.Label).Append(":\n").Append(link).Append("\n\n");
        }
        foreach (var (name, value) in content.Facts)
        {
            text.Append(name).Append(": ").Append(value).Append('\n');
        }
        if (content.Otherwise is { } otherwise)
        {
            text.Append('\n').Append(otherwise).Append("\n\n");
        }
        return text.Append("-- \nTidemark. Trading crypto assets carries a substantial risk of loss.\n").ToString();
    }
}
