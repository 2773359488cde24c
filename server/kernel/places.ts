import { isIPv4, isIPv6 } from 'node:net'

/**
 * What one owner can easily have of the network: an IPv4 address, or the first 48 bits of an IPv6 one.
 * @example placeOf('2001:db8:7::1')  // '2001:db8:7::/48'
 */
export function placeOf(address: string): string {
  const inside = /^::ffff:(\d+\.\d+\.\d+\.\d+)$/i.exec(address)?.[1] ?? address
  if (isIPv4(inside) || !isIPv6(inside)) return inside
  const [head] = inside.split('::')
  return `${[...head.split(':'), '0', '0', '0'].slice(0, 3).map((group) => Number.parseInt(group || '0', 16).toString(16)).join(':')}::/48`
}
