const kilobyte = 1_000;
const megabyte = 1_000_000;

/** Date and time as they are written in a language, in the reader's own time zone. */
export const formatTime = (time: string, language: string): string =>
  new Intl.DateTimeFormat(language, { dateStyle: 'long', timeStyle: 'short' }).format(new Date(time));

/** The size of a file, in steps that matter to who downloads it. */
export function formatBytes(bytes: number, language: string): string {
  const [value, unit] = bytes < megabyte ? [bytes / kilobyte, 'kilobyte'] : [bytes / megabyte, 'megabyte'];
  const maximumFractionDigits = value < 10 ? 1 : 0;
  return new Intl.NumberFormat(language, { style: 'unit', unit, maximumFractionDigits }).format(value);
}
