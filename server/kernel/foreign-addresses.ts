import { BlockList, isIP, isIPv4 } from 'node:net'

/** An exception that whoever has the machine made: a name or addresses, and ports. */
export type Exception = { name: string | null; addresses: BlockList; isOne: boolean; ports: 'usual' | 'all' | number }

// IANA's registry of special IPv4 addresses, multicast, and what is reserved: none of them is a machine on the internet.
const SPECIAL_4 = ['0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24', '192.0.2.0/24',
  '192.31.196.0/24', '192.52.193.0/24', '192.88.99.0/24', '192.168.0.0/16', '192.175.48.0/24', '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/3']
// Of IPv6 only what is given out to machines on the internet (2000::/3) is let through, and of that not what carries an IPv4 address
// (Teredo, 6to4), nor documentation and benchmarks. So ::1, fe80::, fc00::, fec0::, ff00::, ::ffff:0:0/96, ::/96 and 64:ff9b:: are out.
const GLOBAL_6 = ['2000::/3']
const SPECIAL_6 = ['2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20']
// Where clouds keep the keys of a machine: no range that is let through takes these along, only their own name does.
const METADATA = ['169.254.169.254', '169.254.170.2', '100.100.100.200', 'fd00:ec2::254']

const [special4, global6, special6, metadata] = [SPECIAL_4, GLOBAL_6, SPECIAL_6, METADATA].map(listOf)

function listOf(networks: string[]): BlockList {
  const list = new BlockList()
  for (const network of networks) addTo(list, network)
  return list
}

function familyOf(address: string) {
  return isIPv4(address) ? 'ipv4' : 'ipv6'
}

function addTo(list: BlockList, network: string): void {
  const [address, bits] = network.split('/')
  if (bits === undefined) list.addAddress(address, familyOf(address))
  else list.addSubnet(address, Number(bits), familyOf(address))
}

const isIn = (list: BlockList, address: string) => list.check(address, familyOf(address))

/** Whether an address is one of a machine on the open internet. */
export function isOnInternet(address: string): boolean {
  if (isIPv4(address)) return !isIn(special4, address)
  return isIP(address) === 6 && isIn(global6, address) && !isIn(special6, address)
}

/**
 * Reads one exception: `wiki.intern`, `wiki.intern:8080`, `10.1.0.0/16`, `[fd00:1::]/32`, `127.0.0.1:*`.
 * Null for what is none.
 */
export function readException(text: string): Exception | null {
  const [, host, bits, port] = /^(\[[0-9a-f:.]+\]|[a-z0-9._-]+)(\/\d{1,3})?(?::(\d{1,5}|\*))?$/i.exec(text) ?? []
  if (!host || Number(port ?? 0) > 65_535) return null
  const address = host.replace(/^\[|\]$/g, '')
  const most = { 4: 32, 6: 128 }[isIP(address)]
  if (bits && (!most || Number(bits.slice(1)) > most)) return null
  const ports = port === undefined ? 'usual' : port === '*' ? 'all' : Number(port)
  return { name: most ? null : host.toLowerCase(), addresses: most ? listOf([address + (bits ?? '')]) : new BlockList(), isOne: !bits, ports }
}

const USUAL_PORTS = [80, 443]
const allowsPort = ({ ports }: Exception, port: number) => (typeof ports === 'number' ? ports === port : ports === 'all' || USUAL_PORTS.includes(port))

/**
 * Whether a request may go to this address on this port: a machine on the internet on the usual ports, or what an exception
 * names, by the name that was asked for or by the address. Keys of clouds are named one by one or not at all.
 */
export function mayReach(exceptions: Exception[], name: string, address: string, port: number): boolean {
  const fitting = exceptions.filter((one) => allowsPort(one, port))
  if (isIn(metadata, address)) return fitting.some((one) => one.name === null && one.isOne && isIn(one.addresses, address))
  if (USUAL_PORTS.includes(port) && isOnInternet(address)) return true
  return fitting.some((one) => one.name === name || (one.name === null && isIn(one.addresses, address)))
}
