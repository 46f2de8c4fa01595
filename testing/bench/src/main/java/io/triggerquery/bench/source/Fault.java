package io.triggerquery.bench.source;

/**
 * Calls that are not answered with a state: those for more ids than {@code above} that ask for at least one of the ids
 * from {@code first} to {@code last}.
 *
 * @param above 0 for calls of any size
 * @param first a number
 * @param last a number
 * @param reply what is answered instead
 */
public record Fault(int above, int first, int last, Reply reply) {

    /** Hits no call. */
    public static final Fault NONE = new Fault(Integer.MAX_VALUE, 0, 0, Reply.NONE);

    /** Hits every call. */
    public static Fault ofAll(Reply reply) {
        return ofLarge(0, reply);
    }

    /** Hits calls for more ids than so many. */
    public static Fault ofLarge(int above, Reply reply) {
        return new Fault(above, 0, Integer.MAX_VALUE, reply);
    }

    /** Hits every call for one of these ids, also if it asks for others too. */
    public static Fault ofIds(int first, int last, Reply reply) {
        return new Fault(0, first, last, reply);
    }

    boolean concerns(int number) {
        return number >= first && number <= last;
    }

    /**
     * Whether a call is hit.
     *
     * @param ids how many it asks for
     * @param concerned whether one of them is concerned
     */
    boolean hits(int ids, boolean concerned) {
        return concerned && ids > above;
    }
}
