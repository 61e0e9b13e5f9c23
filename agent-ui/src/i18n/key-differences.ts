type Tree = { readonly [key: string]: string | Tree }

const flatten = (tree: Tree, path = ''): Map<string, string> =>
  new Map(
    Object.entries(tree).flatMap(([key, value]) =>
      typeof value === 'string' ? [[path + key, value] as const] : [...flatten(value, `${path}${key}.`)],
    ),
  )
const placeholders = (text: string): string =>
  [...text.matchAll(/\{\{\s*(\w+)/g)]
    .map((m) => m[1])
    .toSorted()
    .join(',')

/** What two catalogues do not share: keys of only one, empty texts, and texts whose placeholders differ. */
export function keyDifferences(a: Tree, b: Tree): string[] {
  const left = flatten(a)
  const right = flatten(b)
  const differences: string[] = []
  for (const key of new Set([...left.keys(), ...right.keys()])) {
    const l = left.get(key)
    const r = right.get(key)
    if (!l || !r) differences.push(`${key}: missing in ${l ? 'the second' : 'the first'}`)
    else if (placeholders(l) !== placeholders(r)) differences.push(`${key}: other placeholders`)
  }
  return differences
}
