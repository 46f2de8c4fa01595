package io.triggerquery.testbed;

/**
 * The ports of a broker on the loopback address.
 *
 * @param direct the port for direct clients
 * @param controller the port of its controller
 * @param outside the port for other clients, such as those through a proxy
 * @param advertised the port that is advertised to these
 */
public record BrokerPorts(int direct, int controller, int outside, int advertised) {

    /** Creates ports: one for clients, and the next one for the controller. */
    public static BrokerPorts at(int port) {
        return new BrokerPorts(port, port + 1, port, port);
    }

    /** Returns free ports. */
    public static BrokerPorts free() {
        int outside = FreePorts.next();
        return behind(outside, outside);
    }

    /**
     * Returns free ports, for a broker behind a proxy.
     *
     * @param outside the port for connections of the proxy
     * @param advertised the port of the proxy
     */
    public static BrokerPorts behind(int outside, int advertised) {
        return new BrokerPorts(FreePorts.next(), FreePorts.next(), outside, advertised);
    }
}
