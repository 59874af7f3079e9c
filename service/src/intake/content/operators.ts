/** The operators of content streams (ISO 32000-2, annex A), by how many operands they have. */
const byCount: Readonly<Record<number, string>> = {
  0: 'b B b* B* f F f* s S n h W W* BI ID q Q BT ET T* BX EX EMC',
  1: "sh Do EI gs i j J M ri w CS cs G g Tc TJ Tj TL Tr Ts Tw Tz ' BMC MP",
  2: 'l m d d0 TD Td Tf BDC DP',
  3: 'RG rg "',
  4: 're v y K k',
  6: 'c cm d1 Tm',
};

/** Colours have as many as their space wants: these at most. */
const atMost: Readonly<Record<string, number>> = { SC: 4, sc: 4, SCN: 33, scn: 33 };

interface Operands {
  count: number;
  atMost: boolean;
}

export const operandsOf: ReadonlyMap<string, Operands> = new Map<string, Operands>([
  ...Object.entries(byCount).flatMap(([count, names]) =>
    names.split(' ').map((name): [string, Operands] => [name, { count: Number(count), atMost: false }]),
  ),
  ...Object.entries(atMost).map(([name, count]): [string, Operands] => [name, { count, atMost: true }]),
]);
