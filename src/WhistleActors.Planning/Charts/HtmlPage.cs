using System.Net;
using System.Text;
using WhistleActors.Domain;

namespace WhistleActors.Planning.Charts;

/// <summary>One self-contained page of tables and charts, in both languages with a button between them; it opens without network.</summary>
public sealed class HtmlPage(LocalizedText title)
{
    private const string Style = """
        :root{color-scheme:light}body{font:15px/1.5 system-ui,"Noto Sans CJK SC",sans-serif;max-width:960px;margin:0 auto;padding:24px 16px 64px;color:#1c2733;background:#fff}
        h1{font-size:24px;margin:0 72px 4px 0}h2{font-size:18px;margin:32px 0 8px;border-bottom:1px solid #d5dde5;padding-bottom:4px}
        html[lang=zh] [lang=en],html[lang=en] [lang=zh]{display:none}.note{color:#52606d;margin:4px 0}.warn{background:#fff4d6;border-left:4px solid #e69f00;padding:8px 12px}
        table{border-collapse:collapse;margin:8px 0;width:100%}th,td{padding:4px 10px;border-bottom:1px solid #e4eaf0;text-align:right;font-variant-numeric:tabular-nums}
        th{font-weight:600;color:#52606d}th:first-child,td:first-child{text-align:left}figure{margin:16px 0}figcaption{font-weight:600}small{font-weight:400;color:#52606d}
        svg{width:100%;height:auto;display:block}.rule{stroke:#e4eaf0}.line{fill:none;stroke-width:2}.interval{fill:none;stroke:#1c2733;stroke-width:1.2}
        text{font-size:11px;fill:#1c2733}.tick{fill:#52606d}.end{text-anchor:end}.middle{text-anchor:middle}
        .legend>span{margin-right:16px;white-space:nowrap}.legend i{display:inline-block;width:12px;height:12px;margin-right:6px;border-radius:2px;vertical-align:-1px}
        button{position:absolute;top:24px;right:max(16px,calc(50% - 464px));font:inherit;padding:2px 10px}@media print{button{display:none}}
        """;

    private readonly StringBuilder body = new();

    /// <summary>Begins a section.</summary>
    public HtmlPage Heading(LocalizedText text) => Add($"<h2>{SvgChart.Spans(text)}</h2>\n");

    /// <summary>Adds a sentence; one that warns stands out.</summary>
    public HtmlPage Note(LocalizedText text, bool warns = false) => Add($"<p class=\"{(warns ? "warn" : "note")}\">{SvgChart.Spans(text)}</p>\n");

    /// <summary>Adds a chart of <see cref="SvgChart"/>.</summary>
    public HtmlPage Chart(string svg) => Add(svg);

    /// <summary>Adds a table; cells are texts.</summary>
    public HtmlPage Table(IReadOnlyList<LocalizedText> columns, IEnumerable<IReadOnlyList<LocalizedText>> rows)
    {
        Add($"<table><thead><tr>{string.Concat(columns.Select(column => $"<th>{SvgChart.Spans(column)}</th>"))}</tr></thead><tbody>\n");
        foreach (var row in rows)
            Add($"<tr>{string.Concat(row.Select(cell => $"<td>{Cell(cell)}</td>"))}</tr>\n");
        return Add("</tbody></table>\n");
    }

    /// <summary>The whole page.</summary>
    /// <param name="chinese">True to show the Chinese texts first.</param>
    public string ToHtml(bool chinese) =>
        $"""
        <!doctype html>
        <html lang="{(chinese ? "zh" : "en")}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>{WebUtility.HtmlEncode(chinese ? title.Zh : title.En)}</title>
        <style>{Style}</style></head><body>
        <button onclick="document.documentElement.lang=document.documentElement.lang==='zh'?'en':'zh'">中文 / English</button>
        <h1>{SvgChart.Spans(title)}</h1>
        {body}</body></html>

        """;

    private static string Cell(LocalizedText cell) => cell.Zh == cell.En ? WebUtility.HtmlEncode(cell.En) : SvgChart.Spans(cell);

    private HtmlPage Add(string html)
    {
        body.Append(html);
        return this;
    }
}
