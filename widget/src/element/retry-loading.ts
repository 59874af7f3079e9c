const firstPause = 1_000;
const longestPause = 30_000;

/** Loads a part of the element, again and again where the line is down. */
export async function retryLoading<T>(load: () => Promise<T>): Promise<T> {
  for (let pause = firstPause; ; pause = Math.min(pause * 2, longestPause)) {
    try {
      return await load();
    } catch {
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
}
