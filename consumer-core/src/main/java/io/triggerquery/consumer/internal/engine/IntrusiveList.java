package io.triggerquery.consumer.internal.engine;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A linked list from which an element can be removed in constant time. The elements carry the links, so that the list
 * needs no nodes of its own; a {@link java.util.LinkedHashSet} would double the memory. An element is in one list at
 * most.
 *
 * <p>Threads: guarded by the engine's lock. Failure: only an element of the list may be removed from it; this is not
 * checked.
 *
 * @param <T> the elements
 */
final class IntrusiveList<T extends IntrusiveList.Link<T>> {

    private @Nullable T first;
    private @Nullable T last;
    private int size;

    /** The links of an element. */
    abstract static class Link<T extends Link<T>> {

        private @Nullable T before;
        private @Nullable T after;

        /** Returns the element after this one, or null if it is the last. */
        @Nullable
        T after() {
            return after;
        }
    }

    /** Returns the first element, or null if the list is empty. */
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

    /** Returns the last element, or null if the list is empty. */
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

    /** Removes and returns the first element. */
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
