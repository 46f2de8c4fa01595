package io.triggerquery.consumer.test;

/** What a scripted source says of an id when it is asked. */
public interface SourceScript {

    /**
     * It answers with a state.
     *
     * @param state of the type that the source interface returns; for some questions only, it may be an old one
     * @throws IllegalArgumentException if it is of another type
     */
    void answers(String id, Object state);

    /**
     * It says by a 404 that it has no such id, and leaves it out of an answer for several ids. With {@code @Source(absence
     * = HEADER)} the 404 carries the header, empty.
     */
    void absent(String id);

    /**
     * As {@link #absent(String)}, with the version of the deletion in the header.
     *
     * @param version not negative
     */
    void absent(String id, long version);

    /**
     * The question fails as with a real client.
     *
     * @param status the HTTP status of the answer, from 400 to 599
     */
    void fails(String id, int status);

    /** The question fails with this exception. */
    void fails(String id, RuntimeException failure);
}
