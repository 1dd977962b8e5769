using System.Text;
using System.Text.Encodings.Web;

namespace WhistleActors.Server.CaseFiles;

/// <summary>Writes HTML in which every text is escaped: markup comes from this class and its caller's element names alone.</summary>
internal sealed class HtmlWriter
{
    // Chinese stays readable in the source; what means something to HTML never gets through.
    private static readonly HtmlEncoder Encoder = HtmlEncoder.Create(System.Text.Unicode.UnicodeRanges.All);

    private readonly StringBuilder html = new();

    /// <summary>Fixed markup.</summary>
    internal HtmlWriter Markup(string markup)
    {
        html.Append(markup);
        return this;
    }

    /// <summary>A text from wherever.</summary>
    internal HtmlWriter Text(string? text)
    {
        html.Append(Encoder.Encode(text ?? ""));
        return this;
    }

    /// <summary>An element with a text in it.</summary>
    internal HtmlWriter Element(string name, string? text, string? cssClass = null)
    {
        html.Append('<').Append(name);
        if (cssClass is not null)
            html.Append(" class=\"").Append(cssClass).Append('"');
        html.Append('>');
        Text(text);
        html.Append("</").Append(name).Append(">\n");
        return this;
    }

    /// <summary>A table; empty cells show a dash.</summary>
    internal HtmlWriter Table(IReadOnlyList<string> heads, IEnumerable<IReadOnlyList<string?>> rows)
    {
        html.Append("<table><thead><tr>");
        foreach (var head in heads)
            Element("th", head);
        html.Append("</tr></thead><tbody>\n");
        foreach (var row in rows)
        {
            html.Append("<tr>");
            foreach (var cell in row)
                Element("td", string.IsNullOrEmpty(cell) ? "—" : cell, WidthOf(cell));
            html.Append("</tr>\n");
        }

        html.Append("</tbody></table>\n");
        return this;
    }

    // Words and dates stay whole; what is long may break anywhere, so that no text can push a table off the paper.
    private static string? WidthOf(string? cell) => cell?.Length switch
    {
        null or <= 4 => "word",
        <= 20 => "line",
        _ => null,
    };

    public override string ToString() => html.ToString();
}
