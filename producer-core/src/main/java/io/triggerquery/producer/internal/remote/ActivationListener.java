package io.triggerquery.producer.internal.remote;

/**
 * Is notified of activations that the relay service did not receive. It sends these triggers by itself, later.
 *
 * <p>Threads: that of the activations, and any that publishes.
 */
@FunctionalInterface
public interface ActivationListener {

    /** Tells nobody. */
    ActivationListener NONE = triggers -> {};

    /** So many triggers are left to the service's own time. */
    void leftToTheService(int triggers);
}
