import type { Plugin } from 'vite'

const MARK = '?writing'

/**
 * Reading and writing Markdown are functions of the same modules. Readers are part of the first view, writers belong to
 * the editor: it gets copies of its own, and from those of the first view the writing half is shaken out.
 */
export function markdownWriters(): Plugin {
  return {
    name: 'markdown-writers',
    enforce: 'pre',
    async resolveId(id, importer = '') {
      const isCopy = importer.endsWith(MARK)
      const isWanted = id.startsWith('mdast-util-gfm') ? isCopy || importer.includes('/entries/composer/') : isCopy && (id.startsWith('.') || id === 'markdown-table')
      if (!isWanted) return null
      const found = await this.resolve(id, importer.replace(MARK, ''), { skipSelf: true })
      return found && { ...found, id: found.id + MARK }
    },
  }
}
