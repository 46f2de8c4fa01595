package io.triggerquery.consumer.internal.engine;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A linked list from which an element can be removed in constant time. The elements carry the links, so it costs no
 * memory of its own, which a {@link java.util.LinkedHashSet} does: as much as what it would hold here. An element is
 * in one chain at most.
 *
 * <p>Threads: guarded by the engine's lock. Failure: what is not in the chain must not be removed from it.
 *
 * @param <T> the elements
 */
final class IntrusiveList<T extends IntrusiveList.Link<T>> {

    private @Nullable T first;
    private @Nullable T last;
    private int size;

    /** What an element knows of its neighbours. */
    abstract static class Link<T extends Link<T>> {

        private @Nullable T before;
        private @Nullable T after;

        /** The element behind this one, or null if it is the last. */
        @Nullable
        T after() {
            return after;
        }
    }

    /** The element that has been here longest, or null if there is none. */
    @Nullable
    T first() {
        return first;
    }

    void add(T element) {
        Link<T> added = element;
        T end = last;
        added.before = end;
        if (end == null) {
            first = element;
        } else {
            ((Link<T>) end).after = element;
        }
        last = element;
        size++;
    }

    /** The element that has come last, or null if there is none. */
    @Nullable
    T last() {
        return last;
    }

    void addFirst(T element) {
        Link<T> added = element;
        T next = first;
        added.after = next;
        if (next == null) {
            last = element;
        } else {
            ((Link<T>) next).before = element;
        }
        first = element;
        size++;
    }

    void remove(T element) {
        Link<T> removed = element;
        T before = removed.before;
        T after = removed.after;
        if (before == null) {
            first = after;
        } else {
            ((Link<T>) before).after = after;
        }
        if (after == null) {
            last = before;
        } else {
            ((Link<T>) after).before = before;
        }
        removed.before = null;
        removed.after = null;
        size--;
    }

    /** Removes the first element. */
    T removeFirst() {
        T removed = Objects.requireNonNull(first);
        remove(removed);
        return removed;
    }

    int size() {
        return size;
    }

    boolean isEmpty() {
        return first == null;
    }
}
