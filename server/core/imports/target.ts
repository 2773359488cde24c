import { findReadableSpace } from '../spaces/queries.ts'
import type { Ctx } from '../../kernel/context.ts'
import { allow, conflict, invalid } from '../../kernel/errors.ts'
import { cleanName } from '../../kernel/names.ts'
import type { Importer } from './importers.ts'

/**
 * Where what comes into one space shall go: into one that is here, whose host the actor is, or into a new one of a name.
 * @throws Refusal 404, 403, 409 `space_archived`, 422 `brings_spaces`, `no_community`
 */
export async function findTarget(ctx: Ctx, { hasOneSpace, title }: Importer, wish: { space?: string; name: string | null }) {
  if (!wish.space) return { space_id: null, name: hasOneSpace ? wish.name : null }
  if (!hasOneSpace) throw invalid('brings_spaces', `A ${title} brings spaces of its own. Leave out \`space\`.`)
  const space = await findReadableSpace(ctx, wish.space)
  if (space.kind !== 'community') throw invalid('no_community', 'An archive goes into a space for many, not into a conversation or a profile.')
  allow(space.my.may_manage, 'Only hosts of the space bring an archive into it.', 'hosts_only')
  if (space.state === 'archived') throw conflict('space_archived', 'The space is archived. Open it again first, or choose another one.')
  return { space_id: space.id, name: null }
}

/** What a file that is called as the site that it holds says of it; `export.zip` says nothing. */
export function nameIn(file: string): string | null {
  const name = cleanName(file.replace(/^.*[\\/]/, '').replace(/\.zip$/i, ''))
  return /^[a-z0-9-]+(\.[a-z0-9-]+)+$/i.test(name) && name.length <= 80 ? name : null
}
