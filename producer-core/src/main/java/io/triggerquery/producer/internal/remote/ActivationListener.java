package io.triggerquery.producer.internal.remote;

/**
 * Is notified of activations that the relay service did not receive. The service sends these triggers by itself, later.
 *
 * <p>Threads: the activation thread and publishing threads.
 */
@FunctionalInterface
public interface ActivationListener {

    /** Does nothing. */
    ActivationListener NONE = triggers -> {};

    /** Called with the number of triggers that could not be activated. */
    void notActivated(int triggers);
}
