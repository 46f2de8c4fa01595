package io.triggerquery.console.internal.part;

import org.jspecify.annotations.Nullable;

/** What the settings of the actuator permit on an endpoint. */
@FunctionalInterface
public interface EndpointAccess {

    /** Returns why the endpoint with this id cannot be operated, or null if it can. */
    @Nullable
    String readOnlyBecause(String endpoint);
}
