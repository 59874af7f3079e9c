/** A number as content streams write it. */
export const format = (value: number): string => String(Number(value.toFixed(3)));
