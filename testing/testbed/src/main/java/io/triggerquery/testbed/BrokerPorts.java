package io.triggerquery.testbed;

/**
 * Where a broker listens, all on the loopback address.
 *
 * @param direct for clients that reach it directly
 * @param controller for itself
 * @param outside for clients that come another way, through a proxy for example
 * @param advertised what those are told to connect to
 */
public record BrokerPorts(int direct, int controller, int outside, int advertised) {

    /** One for clients, and the next for the broker itself. */
    public static BrokerPorts at(int port) {
        return new BrokerPorts(port, port + 1, port, port);
    }

    /** Free ones. */
    public static BrokerPorts free() {
        int outside = FreePorts.next();
        return behind(outside, outside);
    }

    /**
     * Free ones, for a broker with something in front.
     *
     * @param outside where it listens for what comes through that
     * @param advertised where clients reach that
     */
    public static BrokerPorts behind(int outside, int advertised) {
        return new BrokerPorts(FreePorts.next(), FreePorts.next(), outside, advertised);
    }
}
