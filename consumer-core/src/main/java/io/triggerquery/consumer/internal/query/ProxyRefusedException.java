package io.triggerquery.consumer.internal.query;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** The proxy of a source does not open a tunnel to it. */
final class ProxyRefusedException extends IOException {

    private static final int PROXY_AUTHENTICATION_REQUIRED = 407;

    ProxyRefusedException(int status, @Nullable String reason) {
        super("The proxy refuses the connection: " + status + (reason == null ? "" : " " + reason)
                + (status == PROXY_AUTHENTICATION_REQUIRED
                        ? "; see the settings proxy.username and proxy.password of the source"
                        : ""));
    }
}
