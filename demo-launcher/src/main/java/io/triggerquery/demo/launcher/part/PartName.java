package io.triggerquery.demo.launcher.part;

import java.util.Locale;

/** The four parts, in the order in which they start. */
public enum PartName {
    BROKER,
    DATABASE,
    BILLING,
    PAYMENT;

    /** As a sentence names it. */
    public String inWords() {
        return switch (this) {
            case BROKER, DATABASE -> "the " + this;
            case BILLING, PAYMENT -> "the " + this + " service";
        };
    }

    /** As the user writes it. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
