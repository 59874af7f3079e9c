/** Of each letter: how far it moves the pen, and its outline as an SVG path; a thousand units to the em. */
export type Outlines = Record<string, [advance: number, path: string]>;
