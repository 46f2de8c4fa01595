package io.triggerquery.bench.peer;

import java.util.List;

/**
 * Closes several things one after the other, in the order given, each even if one before it failed.
 *
 * @param parts what is closed
 */
record Closing(List<AutoCloseable> parts) implements AutoCloseable {

    static Closing of(AutoCloseable... parts) {
        return new Closing(List.of(parts));
    }

    @Override
    public void close() {
        Exception failure = null;
        for (AutoCloseable part : parts) {
            try {
                part.close();
            } catch (Exception failed) {
                failure = failed;
            }
        }
        if (failure != null) {
            throw new IllegalStateException("could not be closed", failure);
        }
    }
}
