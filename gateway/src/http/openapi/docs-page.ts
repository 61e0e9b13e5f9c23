type Doc = { info: { title: string; description: string }; paths: Record<string, Record<string, DocOperation>> }
type DocOperation = {
  summary: string
  tags: string[]
  'x-role': string
  parameters?: { name: string; in: string; required: boolean; schema: unknown }[]
  requestBody?: { content: Record<string, { schema: unknown }> }
  responses: Record<string, { content?: Record<string, { schema?: unknown }> }>
}

/** A readable page of the OpenAPI document: no script, so it works under the strictest content policy. */
export function docsPage(document: unknown): string {
  const doc = document as Doc
  const groups = Map.groupBy(
    Object.entries(doc.paths).flatMap(([path, methods]) =>
      Object.entries(methods).map(([method, op]) => ({ path, method, op })),
    ),
    ({ op }) => op.tags[0] ?? 'other',
  )
  const sections = [...groups].map(
    ([tag, list]) => `<section id="${tag}"><h2>${escapeHtml(tag)}</h2>${list.map(renderOperation).join('')}</section>`,
  )
  const nav = [...groups.keys()].map((tag) => `<a href="#${tag}">${escapeHtml(tag)}</a>`).join('')
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<title>${escapeHtml(doc.info.title)} API</title><style>${CSS}</style></head><body><header><h1>${escapeHtml(doc.info.title)} API</h1>
<p>${escapeHtml(doc.info.description)} Machine-readable: <a href="/api/openapi.json">openapi.json</a></p><nav>${nav}</nav></header><main>${sections.join('')}</main></body></html>`
}

function renderOperation({ path, method, op }: { path: string; method: string; op: DocOperation }): string {
  const params = (op.parameters ?? [])
    .map(
      (p) =>
        `<tr><td><code>${escapeHtml(p.name)}</code></td><td>${p.in}${p.required ? ', required' : ''}</td><td><code>${escapeHtml(brief(p.schema))}</code></td></tr>`,
    )
    .join('')
  const body = op.requestBody?.content['application/json']?.schema
  const output = op.responses['200']?.content?.['application/json']?.schema
  return `<details><summary><b class="${method}">${method.toUpperCase()}</b> <code>${escapeHtml(path)}</code> <span>${escapeHtml(op.summary)}</span> <i>${escapeHtml(op['x-role'])}</i></summary>
${params && `<h3>Parameters</h3><table>${params}</table>`}${body ? `<h3>Body</h3><pre>${pretty(body)}</pre>` : ''}${output ? `<h3>Answer</h3><pre>${pretty(output)}</pre>` : ''}</details>`
}

const brief = (schema: unknown): string => JSON.stringify(schema)?.slice(0, 160) ?? ''
const pretty = (schema: unknown): string => escapeHtml(JSON.stringify(schema, null, 2))
const escapeHtml = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')

const CSS = `:root{color-scheme:light dark}body{font:14px/1.5 system-ui,sans-serif;max-width:1040px;margin:0 auto;padding:24px}
nav a{margin-right:12px}details{border:1px solid #8884;border-radius:6px;margin:6px 0;padding:6px 12px}summary{cursor:pointer}summary span{opacity:.75}summary i{float:right;opacity:.6}
b{display:inline-block;width:56px;font-size:12px}.get{color:#1668dc}.post{color:#3c8618}.put,.patch{color:#b35c00}.delete{color:#cf1322}
pre{background:#8881;padding:10px;overflow:auto;border-radius:6px}table{border-spacing:12px 2px}h3{margin:10px 0 4px;font-size:13px}`
