package io.triggerquery.bench.peer;

import java.util.Map;

/** What carries our queries: the one place that says by which properties it is chosen. */
enum OursTransport {

    /** What a user gets who sets nothing. */
    DEFAULT(Map.of()),

    /** Apache HttpClient 5, which is also the default. */
    HTTP_CLIENT_5(Map.of());

    private final Map<String, Object> properties;

    OursTransport(Map<String, Object> properties) {
        this.properties = properties;
    }

    Map<String, Object> properties() {
        return properties;
    }
}
