import type { PersonCard, Role } from '../../kernel/types.ts'

type Named = { id: string; name: string }

/** An invitation as administrators see it. */
export type Invitation = {
  id: string
  url: string | null
  role: Role
  email: string | null
  uses: number | null
  used: number
  expires_at: string | null
  created_at: string
  spaces: Named[]
  by?: PersonCard | null
}

/** What became of one address of a list. */
export type Invited = { email: string; state: 'invited' | 'here_already' | 'twice' | 'not_an_address' | 'too_many_letters'; url: string | null }

/** An invitation as the one who holds the link sees it. `claims`: the imported person that it is meant for. */
export type OpenInvitation = {
  network: { name: string } | string
  role: Role
  email?: string | null
  spaces: Named[]
  inviter: Pick<PersonCard, 'id' | 'name' | 'photo'> | null
  claims?: { name: string; handle: string } | null
}
