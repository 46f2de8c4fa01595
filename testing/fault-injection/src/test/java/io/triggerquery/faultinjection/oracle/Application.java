package io.triggerquery.faultinjection.oracle;

/**
 * The owner of triggers. Each application of a run has a separate topic.
 *
 * @param name the prefix of its ids
 * @param destination its services' name of the topic
 */
record Application(String name, String topic, String destination) {

    /**
     * Creates an application of a run. Applications with the same relay service have different names of destinations.
     */
    static Application of(String name, String run, boolean byRelayService) {
        return new Application(name, run + "-" + name, byRelayService ? "changed-" + name : "changed");
    }

    boolean owns(String id) {
        return id.startsWith(name);
    }
}
