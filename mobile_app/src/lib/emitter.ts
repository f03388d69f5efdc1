type Listener<Value> = (value: Value) => void | Promise<void>;

/** Tells its listeners that something has happened. */
export class Emitter<Value = void> {
  readonly #listeners = new Set<Listener<Value>>();

  /** Call `listener` from now on; returns the function that ends it. */
  on(listener: Listener<Value>): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Call all listeners, and wait until the last of them is done. */
  async emit(value: Value): Promise<void> {
    await Promise.all([...this.#listeners].map((listener) => listener(value)));
  }
}
