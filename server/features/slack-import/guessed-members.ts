import type { Directory, SlackChannel } from './directory.ts'
import type { SlackMessage } from './model.ts'
import { type Raw, string } from './raw.ts'
import type { Tally } from './report.ts'

/** Who wrote in a channel and did not leave it. */
export class Writers {
  readonly people = new Set<string>()

  see({ author, removed }: SlackMessage, row: Raw): void {
    if (/^(channel|group)_leave$/.test(string(row.subtype))) this.people.delete(author)
    else if (!removed) this.people.add(author)
  }
}

/**
 * Decides who is in a channel whose members the archive does not tell, and tells when nobody is. A name such as
 * `mpdm-ann--bob-1` is made by Slack, of the people who are in it.
 */
export function settleMembers(channel: SlackChannel, { people }: Writers, directory: Directory, tally: Tally): void {
  if (channel.visibility === 'open') return
  if (channel.isGuessed) {
    channel.members = [...new Set([...channel.members, ...namedIn(channel.name, directory), ...people])]
    tally.lose('guessed_members', channel.external_id)
  }
  const isReadable = channel.members.some((id) => directory.people.get(id)?.kind === 'person')
  if (!isReadable) tally.lose('unreadable_spaces', channel.external_id)
}

function namedIn(name: string, directory: Directory): string[] {
  const [, inside] = /^mpdm-(.+)-\d+$/.exec(name) ?? []
  return (inside?.split('--') ?? []).flatMap((handle) => directory.ofName(handle) ?? [])
}
