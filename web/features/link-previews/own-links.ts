import { MOST_LINKS, ownEntry } from '../../../server/features/link-previews/policy.ts'
import { findAddresses } from '../../../server/kernel/text.ts'

/** The entries of our own that a text leads to, each once. */
export function ownLinks(body: string, but: string): string[] {
  const addresses = findAddresses(body).flatMap((address) => URL.parse(address, location.origin) ?? [])
  const ids = addresses.flatMap((url) => ownEntry(url, location.origin) ?? []).filter((id) => id !== but)
  return [...new Set(ids)].slice(0, MOST_LINKS)
}
