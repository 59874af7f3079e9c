/** A member that is kept as JSON in a column of text. */
interface Json<Column extends string> {
  readonly json: Column;
}

/** Says that a member is kept as JSON; null stays the database's own null. */
export const json = <const Column extends string>(column: Column): Json<Column> => ({ json: column });

/** Columns of a row that can hold such a value as it is. */
type ColumnFor<Row, Value> = {
  [Column in keyof Row & string]: Value extends Row[Column] ? Column : never;
}[keyof Row & string];

/** Where a row keeps a value: in a column as it is, in one as JSON, or each of its own members somewhere. */
type Place<Row, Value> =
  | ColumnFor<Row, Value>
  | Json<ColumnFor<Row, string>>
  | (Value extends readonly unknown[] ? never : Value extends object ? Places<Row, Value> : never);

/** For every member of a thing, where a row keeps it. */
type Places<Row, Thing> = { readonly [Member in keyof Thing]-?: Place<Row, Thing[Member]> };

/** The columns that are named by such places. */
type ColumnsOf<Place> = Place extends string
  ? Place
  : Place extends Json<infer Column>
    ? Column
    : { [Member in keyof Place]: ColumnsOf<Place[Member]> }[keyof Place];

/**
 * Says once where a row keeps each member of a thing, and writes and reads by it. A member without a place, or in a
 * column that cannot hold it, does not compile.
 */
export const defineRows =
  <Row, Thing extends object>() =>
  <const Table extends Places<Row, Thing>>(table: Table) => ({
    /** The columns that the table names; what else a row has is the caller's. */
    toRow: (thing: Thing) => writeAll(table, thing) as Pick<Row, ColumnsOf<Table> & keyof Row>,
    fromRow: (row: Pick<Row, ColumnsOf<Table> & keyof Row>) => readAll(table, row) as Thing,
  });

type AnyPlaces = { readonly [member: string]: AnyPlace };
type AnyPlace = string | Json<string> | AnyPlaces;
type Values = Record<string, unknown>;

const isJson = (place: Json<string> | AnyPlaces): place is Json<string> => typeof place['json'] === 'string';

const writeAll = (places: object, thing: object): Values => {
  const written = Object.entries(places as AnyPlaces).map(([member, place]) => write(place, (thing as Values)[member]));
  return Object.assign({}, ...written) as Values;
};

const write = (place: AnyPlace, value: unknown): Values => {
  if (typeof place === 'string') return { [place]: value };
  if (!isJson(place)) return writeAll(place, value as object);
  return { [place.json]: value === null ? null : JSON.stringify(value) };
};

const readAll = (places: object, row: object): object => {
  const read = Object.entries(places as AnyPlaces).map(([member, place]) => [member, readOne(place, row as Values)]);
  return Object.fromEntries(read) as object;
};

const readOne = (place: AnyPlace, row: Values): unknown => {
  if (typeof place === 'string') return row[place];
  if (!isJson(place)) return readAll(place, row);
  const text = row[place.json] as string | null;
  return text === null ? null : JSON.parse(text);
};
