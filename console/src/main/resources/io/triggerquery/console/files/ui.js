// Preact, its hooks and the templates, in one place.
import { h, render } from './lib/preact.js';
import htm from './lib/htm.js';

export { render };
export { useEffect, useRef, useState } from './lib/hooks.js';
import { useEffect, useState } from './lib/hooks.js';

export const html = htm.bind(h);

/** A value that parts of the page follow. */
export function store(value) {
  const followers = new Set();
  return {
    get: () => value,
    set(next) {
      value = next;
      followers.forEach(follower => follower(value));
    },
    follow(follower) {
      followers.add(follower);
      return () => followers.delete(follower);
    },
  };
}

export function useStore(followed) {
  const [value, setValue] = useState(followed.get());
  useEffect(() => {
    setValue(followed.get());
    return followed.follow(next => setValue(() => next));
  }, [followed]);
  return value;
}
