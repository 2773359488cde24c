import { canGrant, isAdmin, isGuest } from '../../core/people/policy.ts'
import { canManageSpace } from '../../core/spaces/policy.ts'
import type { SpaceView } from '../../core/spaces/schema.ts'

type Someone = { id: string; role: 'owner' | 'admin' | 'member' | 'guest' }
type Invitation = { role: 'admin' | 'member' | 'guest'; uses: number | null; spaces: unknown[] }

/**
 * Administrators invite anybody. Members bring one new member at a time, into spaces they host, and where the network says
 * that members may invite, also without one; guests nobody.
 */
export const canInvite = (actor: Someone, { role, uses, spaces }: Invitation, network: { members_invite: boolean }) =>
  isAdmin(actor) ? canGrant(actor, role) : !isGuest(actor) && role === 'member' && uses === 1 && (spaces.length > 0 || network.members_invite)

/** Into which spaces somebody may bring new people: those they host, and for administrators open ones too. */
export const canInviteTo = (actor: Someone, space: Pick<SpaceView, 'kind' | 'state' | 'visibility' | 'my'>) =>
  space.kind === 'community' && space.state === 'active' && space.my.may_read
  && (space.my.role === 'host'
    || (isAdmin(actor) && (space.visibility === 'open' || canManageSpace(actor, space, space.my))))
