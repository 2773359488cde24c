import type { Archive } from './archive.ts'

/**
 * Where the lists of an archive stand: at its top, and in an organisation's export also in a folder for each of its
 * workspaces. Each is '' or ends in a slash.
 */
export const workspacesOf = (archive: Archive): string[] =>
  ['', ...archive.folders.filter(isWorkspace).map((folder) => `${folder}/`)]

export const isWorkspace = (folder: string) => /^teams\/[^/]+$/.test(folder)

/** The name of a workspace; '' for what belongs to the whole. */
export const teamOf = (home: string) => home.replace(/^teams\//, '').replace(/\/$/, '')
