package io.triggerquery.demo.launcher.check;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** The billing of a payment in one of the services. */
record Billed(boolean billed, @Nullable String billId, long version) {

    /** Reads a service's answer, in which the version is 0 if there is none. */
    static Billed of(JsonNode answer, String version) {
        return new Billed(
                answer.path("billed").asBoolean(false),
                answer.path("billId").asStringOpt().orElse(null),
                answer.path(version).asLong(0));
    }

    @Override
    public String toString() {
        return (billed ? "billed by " + billId : "not billed") + ", version " + version;
    }
}
