/** In which all times are told that are put into a document (IANA). */
export const timeZone = 'America/Mexico_City';
