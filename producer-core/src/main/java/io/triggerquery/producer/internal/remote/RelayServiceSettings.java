package io.triggerquery.producer.internal.remote;

import java.net.URI;
import java.time.Duration;

/**
 * Settings of the relay service's client.
 *
 * @param url its base address, http or https
 * @param user the name under which it knows this service
 * @param password the one that goes with it
 * @param connectTimeout how long a connection may take, at least 1 ms
 * @param readTimeout how long an answer may take, at least 1 ms; a whole call takes no longer than both together
 */
public record RelayServiceSettings(
        URI url, String user, String password, Duration connectTimeout, Duration readTimeout) {

    /** Refuses what cannot work. */
    public RelayServiceSettings {
        if (url.getHost() == null || !("http".equals(url.getScheme()) || "https".equals(url.getScheme()))) {
            throw new IllegalArgumentException("the relay service's url is an http or https address");
        }
        if (url.getUserInfo() != null) {
            throw new IllegalArgumentException("the relay service's user and password are not part of its url");
        }
        if (connectTimeout.toMillis() < 1 || readTimeout.toMillis() < 1) {
            throw new IllegalArgumentException("the relay service's timeouts are at least 1 ms");
        }
    }

    /** How long a call may take in all. */
    Duration deadline() {
        return connectTimeout.plus(readTimeout);
    }

    /** Leaves the password out. */
    @Override
    public String toString() {
        return "RelayServiceSettings[url=" + url + ", user=" + user + "]";
    }
}
