package io.triggerquery.producer.internal.remote;

import java.net.URI;
import java.time.Duration;

/**
 * Settings of the relay service's client.
 *
 * @param url the base URL of the service, http or https
 * @param user the name of this service at the relay service
 * @param password the password of the user
 * @param connectTimeout the timeout of connecting, at least 1 ms
 * @param readTimeout the timeout of a response, at least 1 ms; a whole call takes no longer than both together
 */
public record RelayServiceSettings(
        URI url, String user, String password, Duration connectTimeout, Duration readTimeout) {

    /** Validates the settings; throws {@link IllegalArgumentException}. */
    public RelayServiceSettings {
        if (url.getHost() == null || !("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
            throw new IllegalArgumentException("the relay service's url must be an http or https address");
        }
        if (url.getUserInfo() != null) {
            throw new IllegalArgumentException("the relay service's user and password must not be part of its url");
        }
        if (connectTimeout.toMillis() < 1 || readTimeout.toMillis() < 1) {
            throw new IllegalArgumentException("the relay service's timeouts must be at least 1 ms");
        }
    }

    /** Returns the maximum duration of a call. */
    Duration deadline() {
        return connectTimeout.plus(readTimeout);
    }

    /** Returns the settings without the password. */
    @Override
    public String toString() {
        return "RelayServiceSettings[url=" + url + ", user=" + user + "]";
    }
}
