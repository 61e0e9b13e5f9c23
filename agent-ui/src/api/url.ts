type Part = Record<string, unknown>

/** Fills `{name}` of a path and appends the query; undefined and empty values are left out. */
export function urlOf(path: string, params: Part = {}, query: Part = {}): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(String(params[name])))
  const search = new URLSearchParams()
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined && value !== null && value !== '') search.set(key, String(value))
  }
  return search.size > 0 ? `${filled}?${search}` : filled
}
