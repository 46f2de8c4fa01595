package io.triggerquery.bench.source;

/**
 * Calls that are not answered with a state: those for more ids than {@code above} that contain at least one of the ids
 * from {@code first} to {@code last}.
 *
 * @param above 0 for calls of any size
 * @param first the first number
 * @param last the last number
 * @param reply the answer instead of a state
 */
public record Fault(int above, int first, int last, Reply reply) {

    /** A fault that hits no call. */
    public static final Fault NONE = new Fault(Integer.MAX_VALUE, 0, 0, Reply.NONE);

    /** Returns a fault that hits every call. */
    public static Fault ofAll(Reply reply) {
        return ofLarge(0, reply);
    }

    /** Returns a fault that hits calls for more than this number of ids. */
    public static Fault ofLarge(int above, Reply reply) {
        return new Fault(above, 0, Integer.MAX_VALUE, reply);
    }

    /** Returns a fault that hits every call for one of these ids, also if it contains other ids. */
    public static Fault ofIds(int first, int last, Reply reply) {
        return new Fault(0, first, last, reply);
    }

    boolean concerns(int number) {
        return number >= first && number <= last;
    }

    /**
     * Returns whether a call is hit.
     *
     * @param ids the number of its ids
     * @param concerned whether one of them is concerned
     */
    boolean hits(int ids, boolean concerned) {
        return concerned && ids > above;
    }
}
