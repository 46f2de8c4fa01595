package io.triggerquery.producer.internal.outbox;

/**
 * Is notified of registrations.
 *
 * <p>Threads: that of the relay loop and those that activate, after the commit.
 */
public interface RegistrationListener {

    /** Does nothing. */
    RegistrationListener NONE = new RegistrationListener() {};

    /** Called with the number of triggers sent without an activation: their service died, or its call was lost. */
    default void sentUnactivated(int triggers) {}

    /** Called with the number of triggers activated after they were sent, or unknown; they are sent once more. */
    default void activatedLate(int triggers) {}
}
