/** One element of a DER encoding: where it starts, where its contents lie. Offsets in bytes. */
export interface Element {
  tag: number;
  start: number;
  contents: number;
  end: number;
}

/**
 * Reads the element at `start`: enough to take our own certificates apart, whose bytes must be copied as
 * they are into what refers to them. Whatever others wrote is read by pkijs.
 * @throws RangeError when the bytes end too early
 */
export const readElement = (der: Uint8Array, start = 0): Element => {
  const first = octet(der, start + 1);
  const many = first & 0x80 ? first & 0x7f : 0;
  let size = many ? 0 : first;
  for (let index = 0; index < many; index += 1) size = size * 256 + octet(der, start + 2 + index);
  const contents = start + 2 + many;
  if (contents + size > der.length) throw new RangeError('The encoding ends too early');
  return { tag: octet(der, start), start, contents, end: contents + size };
};

const octet = (der: Uint8Array, index: number): number => {
  const value = der[index];
  if (value === undefined) throw new RangeError('The encoding ends too early');
  return value;
};

/** The elements inside a constructed one. @throws RangeError when they do not end where it does */
export const readMembers = (der: Uint8Array, parent: Element): Element[] => {
  const members: Element[] = [];
  for (let at = parent.contents; at < parent.end; at = members.at(-1)!.end) members.push(readElement(der, at));
  if (members.some(({ end }) => end > parent.end)) throw new RangeError('An element is longer than what it is in');
  return members;
};
