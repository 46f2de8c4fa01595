package io.triggerquery.bench.peer;

import java.util.Properties;

/** Properties whose errors say what to do. */
record GivenProperties(Properties properties) {

    boolean has(String name) {
        return properties.containsKey(name);
    }

    String text(String name) {
        String value = properties.getProperty(name);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException("Say -D" + name + "=…: a peer needs it.");
        }
        return value;
    }

    long number(String name) {
        String value = text(name);
        try {
            return Long.parseLong(value);
        } catch (NumberFormatException notANumber) {
            throw new IllegalArgumentException("-D" + name + "=" + value + " is no whole number.", notANumber);
        }
    }
}
