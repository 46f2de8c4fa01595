package io.triggerquery.bench.peer;

import java.util.Properties;

/** Properties that are validated when they are read. */
record ValidatedProperties(Properties properties) {

    boolean has(String name) {
        return properties.containsKey(name);
    }

    String text(String name) {
        String value = properties.getProperty(name);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException("Set -D" + name + "=…: a peer needs it.");
        }
        return value;
    }

    long number(String name) {
        String value = text(name);
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException("-D" + name + "=" + value + " must be a whole number.", notANumber);
        }
    }
}
