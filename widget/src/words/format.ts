const kilobyte = 1_000;
const megabyte = 1_000_000;

/**
 * Date and time as they are written in a language, in the zone in which the signed document tells them: both say the
 * same to the second.
 */
export function formatTime(time: string, language: string, timeZone: string): string {
  const date = new Date(time);
  const format = new Intl.DateTimeFormat(language, {
    timeZone,
    dateStyle: 'long',
    timeStyle: 'medium',
    hourCycle: 'h23',
  });
  return `${format.format(date)} ${offsetOf(date, timeZone)}`;
}

export const formatDay = (time: string, language: string, timeZone: string): string =>
  new Intl.DateTimeFormat(language, { timeZone, dateStyle: 'long' }).format(new Date(time));

function offsetOf(date: Date, timeZone: string): string {
  const parts = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' }).formatToParts(date);
  const { value = '' } = parts.find(({ type }) => type === 'timeZoneName') ?? {};
  return value.replace('GMT', 'UTC').replace('-', '−');
}

/** The size of a file, in steps that matter to who downloads it. */
export function formatBytes(bytes: number, language: string): string {
  const [value, unit] = bytes < megabyte ? [bytes / kilobyte, 'kilobyte'] : [bytes / megabyte, 'megabyte'];
  const maximumFractionDigits = value < 10 ? 1 : 0;
  return new Intl.NumberFormat(language, { style: 'unit', unit, maximumFractionDigits }).format(value);
}
