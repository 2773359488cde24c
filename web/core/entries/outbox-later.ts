import { KEPT } from './sending.ts'

/** Sends it again and again, keeps it meanwhile, takes it back: fetched when there is something to send. */
export const outbox = () => import('./outbox.ts')

/** What an earlier page could not send any more goes now. */
export function sendWhatIsLeft(me: string) {
  if (Object.keys(localStorage).some((name) => name.startsWith(`${KEPT}${me}.`))) void outbox().then(({ resume }) => resume(), () => {})
}
