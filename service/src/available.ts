import { Problem } from './problem.ts';

type Methods<Store> = { [Name in keyof Store]: Store[Name] };

/**
 * The same store, whose failures are told as what they are to whoever asks: storage that cannot be had now
 * (disk full, database away, network cut).
 * @throws Problem storage-unavailable
 */
export const tellUnavailable = <Store extends object>(store: Store): Methods<Store> => {
  const told = Object.entries(store).map(([name, member]) => [
    name,
    typeof member === 'function' ? tell(member as (...parameters: unknown[]) => unknown) : member,
  ]);
  return Object.fromEntries(told) as Methods<Store>;
};

const tell =
  (method: (...parameters: unknown[]) => unknown) =>
  async (...parameters: unknown[]) => {
    try {
      return await method(...parameters);
    } catch (cause) {
      throw cause instanceof Problem ? cause : new Problem('storage-unavailable', undefined, { cause });
    }
  };
