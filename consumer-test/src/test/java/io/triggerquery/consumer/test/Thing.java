package io.triggerquery.consumer.test;

/** A state. */
public record Thing(String id, String text, long version) {

    public static Thing of(String id, long version) {
        return new Thing(id, "text " + version, version);
    }
}
