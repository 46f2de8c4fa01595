package io.triggerquery.consumer.test;

/** Scripts how a source reacts to queries of an id. */
public interface SourceScript {

    /**
     * Answers with a state.
     *
     * @param state a state of the type that the source interface returns; it may be an old one, to script a stale
     *     answer
     * @throws IllegalArgumentException if the state is of another type
     */
    void answers(String id, Object state);

    /**
     * Answers with a 404 that the id does not exist, and leaves it out of an answer for several ids. With {@code
     * @Source(absence = HEADER)} the 404 has the header, without a value.
     */
    void absent(String id);

    /**
     * Answers as {@link #absent(String)}, with the version of the deletion in the header.
     *
     * @param version the version of the deletion; not negative
     */
    void absent(String id, long version);

    /**
     * Fails the query as a real client does.
     *
     * @param status the HTTP status of the answer, from 400 to 599
     */
    void fails(String id, int status);

    /** Fails the query with the given exception. */
    void fails(String id, RuntimeException failure);
}
