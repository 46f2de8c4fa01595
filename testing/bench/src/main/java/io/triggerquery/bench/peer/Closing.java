package io.triggerquery.bench.peer;

import java.util.List;

/** Closes its parts in the given order, each one also if an earlier one failed. */
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
            throw new IllegalStateException("a part could not be closed", failure);
        }
    }
}
