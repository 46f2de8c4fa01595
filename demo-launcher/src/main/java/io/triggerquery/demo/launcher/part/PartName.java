package io.triggerquery.demo.launcher.part;

import java.util.Locale;

/** The names of all parts, in the order in which they start. */
public enum PartName {
    BROKER,
    DATABASE,
    RELAY,
    BILLING,
    PAYMENT;

    /** Returns whether the part is a service, which needs the servers. */
    public boolean isService() {
        return this != BROKER && this != DATABASE;
    }

    /** Returns the name for use in a sentence. */
    public String inWords() {
        return "the " + this + (isService() ? " service" : "");
    }

    /** Returns the module of a service, which is also its name for the relay service. */
    String artifact() {
        return this == RELAY ? "relay-service" : this + "-demo";
    }

    /** Returns the name in the user's input. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
