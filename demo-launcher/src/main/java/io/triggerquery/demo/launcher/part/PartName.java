package io.triggerquery.demo.launcher.part;

import java.util.Locale;

/** All parts there can be, in the order in which they start. */
public enum PartName {
    BROKER,
    DATABASE,
    RELAY,
    BILLING,
    PAYMENT;

    /** Whether it is one of the services, which need the servers. */
    boolean isService() {
        return this != BROKER && this != DATABASE;
    }

    /** As a sentence names it. */
    public String inWords() {
        return "the " + this + (isService() ? " service" : "");
    }

    /** The module that a service is built from, and the name by which the relay service knows it. */
    String artifact() {
        return this == RELAY ? "relay-service" : this + "-demo";
    }

    /** As the user writes it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
