export const undo = 'M7 4 3.5 7.5 7 11M4 7.5h7a4.5 4.5 0 0 1 0 9H8';
export const cross = 'm5 5 10 10M15 5 5 15';
export const check = 'm4 10.5 4 4 8-9';
export const page = 'M5 2.5h7l3.5 3.5v11.5H5zM12 2.5V6h3.5M7.5 10h5M7.5 13h5';
export const key = 'M3 13.5a3.5 3.5 0 1 0 7 0 3.5 3.5 0 1 0-7 0M9 11l8-8M14 6l2.5 2.5M12 8l1.5 1.5';
export const seal = 'M4.5 8a5.5 5.5 0 1 0 11 0 5.5 5.5 0 1 0-11 0M7 13l-1 5 4-2 4 2-1-5M8 8l1.5 1.5L12.5 6.5';
export const picture = 'M3 4h14v12H3zM3 13l4-4 3.5 3.5L13 10l4 4M12.5 7.5v.01';
export const alert = 'M10 3 2 17h16zM10 8v4M10 14.5v.01';
