import { toLatin1 } from '#bytes.ts';
import { contentsOf, tagOf, tags } from './read.ts';

/** Year, month, day, hour, minute; second, its fraction; zone. Seconds may be missing in old certificates. */
const pattern = /^(\d{4})(\d\d)(\d\d)(\d\d)([0-5]\d)(?:([0-5]\d)(?:\.(\d+))?)?(?:Z|([+-])(\d\d)(\d\d))$/;

/** UTCTime has two digits of a year, from 1950 on (RFC 5280, 4.1.2.5.1). */
const withCentury = (text: string): string => (Number(text.slice(0, 2)) < 50 ? '20' : '19') + text;

const offsetMs = (sign: string | undefined, hours: string, minutes: string): number =>
  sign ? (sign === '-' ? 1 : -1) * (Number(hours) * 60 + Number(minutes)) * 60_000 : 0;

/** UTCTime or GeneralizedTime (X.690, 11.7 and 11.8). @throws RangeError where it is neither, or no time of a calendar */
export const readTime = (der: Uint8Array | undefined): Date => {
  const tag = tagOf(der);
  if (tag !== tags.utcTime && tag !== tags.generalizedTime) throw new RangeError('It is no time');
  const text = toLatin1(contentsOf(der!));
  const match = pattern.exec(tag === tags.utcTime ? withCentury(text) : text);
  if (!match) throw new RangeError('The time is not written as it should be');
  const [, year, month, day, hour, minute, second = '00', fraction = '', sign, hours, minutes] = match;
  const date = [Number(year), Number(month) - 1, Number(day)] as const;
  const ms = Number(fraction.slice(0, 3).padEnd(3, '0'));
  const time = new Date(Date.UTC(...date, Number(hour), Number(minute), Number(second), ms));
  // February 30 would be another day, and 24 hours the next one
  if (time.getUTCMonth() !== date[1] || time.getUTCDate() !== date[2] || time.getUTCHours() !== Number(hour))
    throw new RangeError('There is no such time');
  return new Date(time.getTime() + offsetMs(sign, hours!, minutes!));
};
