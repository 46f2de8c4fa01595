package io.triggerquery.bench.peer;

import java.util.Map;

/** What carries our queries. */
enum OursTransport {

    /** What a user gets who sets nothing. */
    DEFAULT,

    /** Apache HttpClient 5. */
    HTTP_CLIENT_5;

    /** The one place that says by which properties it is chosen. */
    Map<String, Object> properties() {
        return switch (this) {
            case DEFAULT -> Map.of();
            case HTTP_CLIENT_5 -> Map.of(); // it is the default
        };
    }
}
