package io.triggerquery.producer.internal.remote;

/**
 * Told of activations that the relay service was not told of, to be counted. It sends these triggers by itself, later.
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
