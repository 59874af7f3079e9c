export const plus = 'M10 4v12M4 10h12';
export const minus = 'M4 10h12';
export const width = 'M3 4v12M17 4v12M6 10h8M8 7.5 5.8 10 8 12.5M12 7.5l2.2 2.5-2.2 2.5';
export const done = 'm4 10.5 4 4 8-9';
