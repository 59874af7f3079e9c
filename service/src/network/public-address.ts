import { BlockList, isIP, isIPv4 } from 'node:net';

/** IPv4 that is not unicast on the internet: IANA's special-purpose registry (RFC 6890), multicast, reserved. */
const closedIPv4: [string, number][] = [
  ['0.0.0.0', 8],
  ['10.0.0.0', 8],
  ['100.64.0.0', 10],
  ['127.0.0.0', 8],
  ['169.254.0.0', 16],
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24],
  ['192.168.0.0', 16],
  ['198.18.0.0', 15],
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 3],
];

/** The same of 2000::/3: IETF's own (Teredo among it), documentation, and 6to4, which holds an IPv4 address. */
const closedIPv6: [string, number][] = [
  ['2001::', 23],
  ['2001:db8::', 32],
  ['2002::', 16],
  ['3fff::', 20],
];

const closed = new BlockList();
for (const [network, prefix] of closedIPv4) closed.addSubnet(network, prefix, 'ipv4');
for (const [network, prefix] of closedIPv6) closed.addSubnet(network, prefix, 'ipv6');

// What is outside of it is refused without a list: loopback, link-local, unique local, multicast, and all that
// holds an IPv4 address (mapped, compatible, NAT64).
const globalIPv6 = new BlockList();
globalIPv6.addSubnet('2000::', 3, 'ipv6');

/** Whether an IP address may belong to somebody on the internet, as opposed to this machine or its network. */
export const isPublicAddress = (address: string): boolean => {
  if (isIPv4(address)) return !closed.check(address, 'ipv4');
  return isIP(address) === 6 && globalIPv6.check(address, 'ipv6') && !closed.check(address, 'ipv6');
};

/**
 * The IP address that stands in a URL in place of a name, or undefined. `URL` has normalised its decimal, octal,
 * hexadecimal and shortened spellings (WHATWG URL, 3.5).
 */
export const literalOf = (url: string): string | undefined => {
  const host = new URL(url).hostname.replace(/^\[(.*)\]$/, '$1');
  return isIP(host) === 0 ? undefined : host;
};
