import { looks } from '../visibility-surfaces.ts'

// Exactly the invitations and requests that wait, and no others; that nothing else of them shows is read by rote.
looks.push(async (r) => {
  const { oracle, person } = r
  const items = await r.list('/waiting')
  const spaces = [...oracle.spaces.values()].filter((space) => space.kind === 'community')
  const of = (kind: string) => items.filter((item) => item.kind === kind)
  r.same('invitations that wait', of('space_invited').map(({ id }) => id), spaces.filter((space) => space.invited.has(person.id) && !space.archived).map(({ id }) => id))
  const asked = spaces.filter((space) => space.members.get(person.id)?.role === 'host')
    .flatMap((space) => [...space.requested].filter((one) => oracle.people.get(one)!.active).map((one) => `${space.id}/${one}`))
  r.equal('requests that wait', of('join_asked').map(({ id }) => id).sort(), asked.sort())
})
