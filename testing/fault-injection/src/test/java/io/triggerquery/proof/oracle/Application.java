package io.triggerquery.proof.oracle;

/**
 * Whose triggers these are. Each application of a run has a topic of its own.
 *
 * @param name how its ids begin
 * @param destination what its services call the topic
 */
record Application(String name, String topic, String destination) {

    /** One of a run. Applications that share a relay service share its destinations' names, so these differ there. */
    static Application of(String name, String run, boolean byRelayService) {
        return new Application(name, run + "-" + name, byRelayService ? "changed-" + name : "changed");
    }

    boolean owns(String id) {
        return id.startsWith(name);
    }
}
