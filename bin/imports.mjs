import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { extname, join, posix } from 'node:path'

/** Every file under `folder` of `root`, as paths from the root with `/`, in a stable order. */
export function listFiles(root, folder) {
  if (!existsSync(join(root, folder))) return []
  return readdirSync(join(root, folder), { withFileTypes: true })
    .flatMap(entry => {
      const path = `${folder}/${entry.name}`
      return entry.isDirectory() ? listFiles(root, path) : [path]
    })
    .sort()
}

export const isCode = path => ['.ts', '.tsx'].includes(extname(path))

const statement = /^[ \t]*(?:import|export)\b(\s+type\b)?([^'"();]*?\bfrom)?\s*(['"])([^'"\n]+)\3/gm
const dynamic = /\bimport\(\s*(['"])([^'"\n]+)\1\s*\)/g

/**
 * What the code file `path` of `root` imports of ours: the target as a path from the root, the line, whether only
 * types are taken (such an import is gone at run time) and whether it waits until it is needed.
 */
export function importsOf(root, path, text = readFileSync(join(root, path), 'utf8')) {
  const target = name => posix.join(posix.dirname(path), name.replace(/\?.*$/, ''))
  const line = index => text.slice(0, index).split('\n').length
  const found = []
  for (const { 0: whole, 1: type, 2: names, 4: name, index } of text.matchAll(statement))
    if (name.startsWith('.'))
      found.push({
        target: target(name), type: Boolean(type) || onlyTypes(names), later: false,
        get line() { return line(index + whole.length) },
      })
  for (const { 2: name, index } of text.matchAll(dynamic))
    if (name.startsWith('.'))
      found.push({ target: target(name), type: false, later: true, get line() { return line(index) } })
  return found
}

/** `{ type A, type B } from` */
const onlyTypes = names => {
  const inner = names?.match(/^\s*\{([^}]*)\}\s*from$/)?.[1]
  return Boolean(inner) && inner.split(',').every(name => !name.trim() || /^type\s/.test(name.trim()))
}

/** The given code files and everything of ours they lead to. */
export function reachable(root, starts) {
  const seen = new Set(starts)
  for (const path of seen)
    if (isCode(path) && existsSync(join(root, path))) for (const { target } of importsOf(root, path)) seen.add(target)
  const given = new Set(starts)
  return [...seen].filter(path => given.has(path) || existsSync(join(root, path))).sort()
}
