import { useMe } from '../../kernel/session.tsx'
import { Avatar } from '../../kernel/ui/Avatar.tsx'

export function PersonMenu() {
  const me = useMe()
  return <div><Avatar person={me} /> {me.name}</div>
}
