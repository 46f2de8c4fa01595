package io.triggerquery.producer.internal.outbox;

/**
 * Is notified of registrations.
 *
 * <p>Threads: the relay's and those that activate; after the database has committed.
 */
public interface RegistrationListener {

    /** Tells nobody. */
    RegistrationListener NONE = new RegistrationListener() {};

    /** So many were sent without having been activated: their service died, or its call was lost. */
    default void firedByItself(int triggers) {}

    /** So many were activated after they had been sent, or without being known, and are sent once more. */
    default void activatedLate(int triggers) {}
}
